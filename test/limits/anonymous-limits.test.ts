/** What nobody in particular does is bounded for each address and summed up; whoever has a good credential is not held up by it. */
import { expect } from 'chai';
import { loadContract } from '../../src/contract/load-contract.ts';
import { createAnonymousLimits } from '../../src/limits/anonymous-limits.ts';
import type { StartedProcess } from '../../src/start/processes.ts';
import { until } from '../support/api-keys.ts';
import { registerApp } from '../support/apps.ts';
import { aMoment, auditEvents } from '../support/audit.ts';
import { apiKey, basic, operator } from '../support/callers.ts';
import { world, WORLD_MS } from '../support/world.ts';

/** So few that none is given back while a test runs: one in twenty seconds. */
const PER_MINUTE = 3;

describe('requests of nobody in particular', () => {
  describe('as they are counted', () => {
    it('may come at once as many as in a minute, and then one after the other', () => {
      let now = 0;
      const limits = createAnonymousLimits(60, () => now);
      for (let i = 0; i < 60; i += 1) expect(limits.take('a')).to.equal(0);
      expect(limits.take('a')).to.equal(1);
      expect(limits.take('b')).to.equal(0);
      now = 1_000;
      expect([limits.take('a'), limits.take('a')]).to.deep.equal([0, 1]);
      now = 61_000;
      for (let i = 0; i < 60; i += 1) expect(limits.take('a')).to.equal(0);
      expect(limits.take('a')).to.be.above(0);
    });
  });

  describe('at the API', () => {
    let api: StartedProcess;
    let network = 0;
    /** A /64 that nobody has used, with any number of addresses. */
    const newNetwork = () => {
      const prefix = `2001:db8:a:${(network += 1).toString(16)}`;
      let host = 0;
      return () => `${prefix}::${(host += 1).toString(16)}`;
    };
    before(async function () {
      this.timeout(WORLD_MS);
      const settings = {
        ANONYMOUS_REQUESTS_PER_MINUTE_PER_ADDRESS: String(PER_MINUTE),
        TRUSTED_PROXIES: '1',
      };
      api = await (await world()).startApi('api-anonymous', settings);
    });
    after(() => api.stop());

    async function send(method: string, path: string, from: string, headers: Record<string, string> = {}) {
      const response = await fetch(api.url + path, {
        method,
        redirect: 'manual' as const,
        headers: { 'x-forwarded-for': from, ...headers },
        ...(method === 'POST' || method === 'PUT' || method === 'PATCH' ? { body: '{}' } : {}),
      });
      const text = await response.text();
      const { status, headers: fields } = response;
      const type = fields.get('content-type')?.split(';')[0];
      return { status, text, type, retryAfter: fields.get('retry-after'), fields };
    }

    const paths: [name: string, method: string, path: string, headers: Record<string, string>][] = [
      ['an authorization', 'GET', '/oauth/authorize?client_id=x', {}],
      ['a registration that is none', 'POST', '/oauth/register', { 'content-type': 'application/json' }],
      ['metadata', 'GET', '/.well-known/oauth-protected-resource', {}],
      ['the contract', 'GET', '/openapi.json', {}],
      ['a probe', 'GET', '/healthz', {}],
      ['a preflight', 'OPTIONS', '/v1/users', { origin: 'https://a.example' }],
      ['no address of ours', 'GET', '/nowhere', {}],
      ['a wrong method', 'DELETE', '/healthz', {}],
      ['no credential', 'GET', '/v1/users', {}],
      ['a token that is none', 'GET', '/v1/users', { authorization: 'Bearer x' }],
      ['a key that is none', 'GET', '/v1/users', { authorization: 'Basic !' }],
      ['another scheme', 'GET', '/v1/users', { authorization: 'Digest x' }],
      ['a credential that nobody asks for', 'GET', '/openapi.json', { authorization: 'Bearer x' }],
      ['a registration that is not its own', 'GET', '/oauth/register/x', { authorization: 'Bearer x' }],
    ];
    for (const [name, method, path, headers] of paths) {
      it(`are bounded for their /64 with ${name}`, async () => {
        const address = newNetwork();
        const statuses: number[] = [];
        for (let i = 0; i < PER_MINUTE; i += 1)
          statuses.push((await send(method, path, address(), headers)).status);
        expect(statuses).to.not.include(429);
        const refused = await send(method, path, address(), headers);
        expect(refused.status).to.equal(429);
        expect(Number(refused.retryAfter)).to.be.within(1, 60);
        expect((await send(method, path, newNetwork()(), headers)).status).to.equal(statuses[0]);
      });
    }

    it('are refused as each operation refuses, and so that a page can read it', async () => {
      const address = newNetwork();
      for (let i = 0; i < PER_MINUTE; i += 1) await send('GET', '/v1/users', address());
      const kinds: [string, string, Record<string, string>, string][] = [
        ['POST', '/oauth/register', {}, 'application/json'],
        ['GET', '/oauth/register/x', {}, 'application/json'],
        ['DELETE', '/oauth/register/x', { authorization: 'Bearer x' }, 'application/json'],
        ['GET', '/oauth/authorize?client_id=x', { accept: 'application/json' }, 'application/json'],
        ['GET', '/oauth/authorize?client_id=x', { accept: 'text/html' }, 'text/html'],
        ['GET', '/.well-known/oauth-protected-resource', {}, 'application/problem+json'],
        ['GET', '/v1/users', { authorization: 'Bearer x' }, 'application/problem+json'],
        ['GET', '/nowhere', {}, 'application/problem+json'],
      ];
      for (const [method, path, headers, expected] of kinds) {
        const origin = 'https://app.example';
        const { status, type, text, fields } = await send(method, path, address(), { ...headers, origin });
        expect([status, type], `${method} ${path}`).to.deep.equal([429, expected]);
        if (expected === 'application/json')
          expect(JSON.parse(text)).to.include({ error: 'temporarily_unavailable' });
        expect(fields.get('access-control-allow-origin'), path).to.equal('*');
        expect(fields.get('access-control-expose-headers'), path).to.include('Retry-After');
      }
    });

    it('are bounded for an app that reads its own registration, too', async () => {
      const app = await registerApp();
      const address = newNetwork();
      const read = () => send('GET', app.path, address(), { authorization: app.manages });
      for (let i = 0; i < PER_MINUTE; i += 1) expect((await read()).status).to.equal(200);
      expect((await read()).status).to.equal(429);
    });

    it('hold nobody up whose credential is good, and no probe', async () => {
      const address = newNetwork();
      for (let i = 0; i <= PER_MINUTE; i += 1) await send('GET', '/oauth/authorize?client_id=x', address());
      expect((await send('GET', '/oauth/authorize?client_id=x', address())).status).to.equal(429);
      for (const authorization of [await apiKey('acme'), await operator()])
        for (let i = 0; i < 3; i += 1) {
          const { status } = await send('GET', '/v1/me', address(), { authorization });
          expect(status).to.be.oneOf([200, 403]);
        }
      expect((await send('GET', '/healthz', address())).status).to.equal(200);
      const wrong = await send('GET', '/v1/me', address(), { authorization: basic('nobody', 'x') });
      expect(wrong.status).to.equal(429);
    });

    it('leave few events, however many they are', async () => {
      const since = await aMoment();
      for (let i = 0; i < 150; i += 1) {
        await send('GET', '/oauth/authorize?client_id=x', newNetwork()());
        await send('POST', '/oauth/register', newNetwork()(), { 'content-type': 'application/json' });
        await send('POST', '/oauth/authorize/tenant', newNetwork()());
      }
      const of = async (operation: string) =>
        (await auditEvents({ from: since.toISOString(), principal_kind: 'nobody' })).filter(
          (event) => event.operation === operation,
        );
      for (const operation of ['startAuthorization', 'registerApp', 'chooseTenant']) {
        const total = async () => (await of(operation)).reduce((sum, { count = 1 }) => sum + count, 0);
        await until(async () => (await total()) >= 150);
        expect((await of(operation)).length).to.be.below(40);
      }
    });
  });

  it('may be refused so by every operation: its contract says so', () => {
    const without = [...loadContract().operations.values()].filter(({ answers }) => !answers.has(429));
    expect(without.map(({ id }) => id)).to.deep.equal([]);
  });
});
