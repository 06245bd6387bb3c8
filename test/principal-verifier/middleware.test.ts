/** The middleware in the frameworks that it is made for, as their users have them. */
import { expect } from 'chai';
import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import Fastify from 'fastify';
import Koa from 'koa';
import {
  createPrincipalVerifier,
  expressPrincipal,
  fastifyPrincipal,
  koaPrincipal,
  principalOf,
  requireScopes,
  type Principal,
  type PrincipalVerifier,
} from '../../src/principal-verifier/index.ts';
import { startPrincipalIssuer, TENANT, USER, type PrincipalIssuer } from '../support/principal-issuer.ts';

interface Service {
  url: string;
  close(): Promise<unknown>;
}

/** What the handlers answer: who called. `/report` needs a scope more. */
function report(principal: Principal, path: string): { tenant: string; client: string } {
  if (path === '/report') requireScopes(principal, 'read:orders', 'write:orders');
  return { tenant: principal.tenantId, client: principal.clientId };
}

async function listening(server: Server): Promise<Service> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => new Promise((resolve) => server.close(resolve).closeAllConnections()),
  };
}

function onKoa(verifier: PrincipalVerifier): Promise<Service> {
  const app = new Koa();
  app.silent = true;
  app.use(koaPrincipal(verifier));
  app.use((ctx) => {
    ctx.body = report(principalOf(ctx.state), ctx.path);
  });
  const answer = app.callback();
  return listening(createServer((req, res) => void answer(req, res)));
}

function onExpress(verifier: PrincipalVerifier): Promise<Service> {
  const app = express();
  // Errors are answered, and not written to stderr.
  app.set('env', 'test');
  app.use(expressPrincipal(verifier));
  app.use((req, res) => {
    res.json(report(principalOf(req), req.path));
  });
  return listening(createServer(app as RequestListener));
}

async function onFastify(verifier: PrincipalVerifier): Promise<Service> {
  const app = Fastify();
  app.addHook('onRequest', fastifyPrincipal(verifier));
  app.get('/*', (request) => report(principalOf(request), request.url));
  const url = await app.listen({ port: 0, host: '127.0.0.1' });
  return { url, close: () => app.close() };
}

const frameworks = { Koa: onKoa, Express: onExpress, Fastify: onFastify };

for (const [name, start] of Object.entries(frameworks))
  describe(`the middleware for ${name}`, () => {
    let issuer: PrincipalIssuer;
    let service: Service;
    beforeEach(async () => {
      issuer = await startPrincipalIssuer();
      service = await start(createPrincipalVerifier({ issuer: issuer.url, audience: 'orders' }));
    });
    afterEach(() => Promise.all([service.close(), issuer.close()]));

    const get = (path: string, token?: string) =>
      fetch(service.url + path, token === undefined ? {} : { headers: { 'Trivium-Principal': token } });

    it('lets in who has a token, and hands over who it is', async () => {
      for (const { principal, client } of [
        { principal: USER, client: 'spa-1' },
        { principal: TENANT, client: 'key-1' },
      ]) {
        const answer = await get('/orders', issuer.tokenFor(principal));
        expect(answer.status).to.equal(200);
        expect(await answer.json()).to.deep.equal({ tenant: 'acme', client });
      }
    });

    it('answers 401 without one, and with another one', async () => {
      for (const [token, code] of [
        [undefined, 'missing_token'],
        ['made.up.token', 'malformed_token'],
        [`${issuer.tokenFor(USER)}x`, 'wrong_signature'],
      ] as const) {
        const answer = await get('/orders', token);
        expect([answer.status, answer.headers.get('cache-control')]).to.deep.equal([401, 'no-store']);
        // Fastify adds a charset.
        expect(answer.headers.get('content-type')).to.match(/^application\/problem\+json(;|$)/);
        expect(answer.headers.get('www-authenticate')).to.equal(`Trivium-Principal error="${code}"`);
        expect(await answer.json()).to.include({ status: 401, code, title: 'Unauthorized' });
      }
    });

    it('answers 503 while the keys cannot be fetched', async () => {
      issuer.answerWith(500);
      const answer = await get('/orders', issuer.tokenFor(USER));
      expect([answer.status, answer.headers.get('retry-after')]).to.deep.equal([503, '1']);
      expect(await answer.json()).to.include({ code: 'keys_unavailable' });
    });

    it('has 403 answered where a handler needs a scope that is missing', async () => {
      expect((await get('/report', issuer.tokenFor(USER))).status).to.equal(200);
      expect((await get('/report', issuer.tokenFor(TENANT))).status).to.equal(403);
    });
  });

describe('a principal in a handler', () => {
  it('is what a verifier has returned, and nothing that looks like it', () => {
    expect(() => principalOf({})).to.throw('no verified principal');
    expect(() => principalOf({ principal: { ...USER } })).to.throw('no verified principal');
  });
});
