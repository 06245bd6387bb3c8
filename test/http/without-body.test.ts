/** What has no body in the contract has none as bytes either, and whatever fails leaves as a problem document. */
import { expect } from 'chai';
import Koa from 'koa';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { loadContract } from '../../src/contract/load-contract.ts';
import { lastResort } from '../../src/http/last-resort.ts';
import { newApiKey } from '../support/api-keys.ts';
import { operator, user } from '../support/callers.ts';
import { call } from '../support/client.ts';
import { rawRequest } from '../support/raw-request.ts';
import { aTenant } from '../support/tenants.ts';
import { startReceiver } from '../support/webhook-receiver.ts';
import { aWebhook } from '../support/webhooks.ts';
import { world, WORLD_MS } from '../support/world.ts';

describe('an answer', () => {
  before(async function () {
    this.timeout(WORLD_MS);
    await world();
  });

  describe('without a body', () => {
    const send = async (
      method: string,
      path: string,
      as: string | undefined,
      body?: object,
      ...fields: string[]
    ) => {
      const text = body === undefined ? '' : JSON.stringify(body);
      const lines = [`${method} ${path} HTTP/1.1`, 'Host: x', `Content-Length: ${Buffer.byteLength(text)}`];
      const type = body === undefined ? [] : ['Content-Type: application/json'];
      const caller = as === undefined ? [] : [`Authorization: ${as}`];
      return rawRequest([...lines, ...type, ...caller, ...fields], text);
    };

    it('(202 of a webhook’s test and replay) has none, nor a type of one', async () => {
      const { key } = await aTenant();
      const receiver = await startReceiver();
      try {
        const { path } = await aWebhook(key, receiver.url);
        const from = new Date().toISOString();
        for (const answer of [
          await send('POST', `${path}/test`, key),
          await send('POST', `${path}/replay`, key, { from }),
        ]) {
          expect([answer.status, answer.text]).to.deep.equal([202, '']);
          expect([answer.field('Content-Length'), answer.field('Content-Type')]).to.deep.equal([
            '0',
            undefined,
          ]);
        }
      } finally {
        await receiver.close();
      }
    });

    it('(302 to the authority) has none', async () => {
      const answer = await send('GET', '/oauth/authorize?client_id=x', undefined);
      expect([answer.status, answer.text, answer.field('Content-Type')]).to.deep.equal([302, '', undefined]);
      expect(answer.field('Location')).to.include('client_id=x');
    });

    it('(204) has none', async () => {
      const { path } = await newApiKey('acme');
      const answer = await send('DELETE', path, await user('acme'));
      expect([answer.status, answer.text, answer.field('Content-Type')]).to.deep.equal([204, '', undefined]);
    });

    it('(304) has none, and the entity tag', async () => {
      const tenant = await aTenant();
      for (const [path, as] of [
        ['/v1/tenant', tenant.key],
        [tenant.path, await operator()],
      ] as const) {
        const tag = (await call('GET', path, { as })).headers.get('etag')!;
        for (const method of ['GET', 'HEAD']) {
          const answer = await send(method, path, as, undefined, `If-None-Match: ${tag}`);
          expect([answer.status, answer.text, answer.field('ETag')]).to.deep.equal([304, '', tag]);
          expect([answer.field('Content-Type'), answer.field('Cache-Control')]).to.deep.equal([
            undefined,
            'no-store',
          ]);
        }
      }
    });
  });

  describe('to whoever has it already', () => {
    it('is 304 for the current tag, weak or strong, among others or as any', async () => {
      const { key: as } = await aTenant();
      const read = async (tag: string) =>
        call('GET', '/v1/tenant', { as, headers: { 'if-none-match': tag } });
      const tag = (await call('GET', '/v1/tenant', { as })).headers.get('etag')!;
      for (const same of [tag, `W/${tag}`, `"x", ${tag}`, `"a,b",W/${tag}`, '*', ` ${tag} `])
        expect((await read(same)).status, same).to.equal(304);
      for (const other of ['"x"', `W/"x"`, tag.slice(1, -1), tag.toUpperCase(), `"x${tag.slice(1)}`, ','])
        expect((await read(other)).status, other).to.equal(200);
      const changed = await call('PATCH', '/v1/tenant', {
        as,
        body: { name: 'Other' },
        headers: { 'if-match': tag },
      });
      expect((await read(tag)).status).to.equal(200);
      expect((await read(changed.headers.get('etag')!)).status).to.equal(304);
    });

    it('is 304 wherever an entity tag is shown to a reader, by the contract', () => {
      const reads = [...loadContract().operations.values()].filter(({ method }) => method === 'get');
      const tagged = reads.filter(({ answers }) => answers.get(200)?.fields.has('ETag'));
      expect(tagged.map(({ id }) => id)).to.include.members(['getTenant', 'getTenantById']);
      for (const { id, answers, parameters } of tagged) {
        expect(answers.get(304)?.fields.has('ETag'), id).to.equal(true);
        expect(
          parameters.map(({ name }) => name),
          id,
        ).to.include('If-None-Match');
      }
    });
  });

  it('to what fails where nobody else catches it is a problem document, with the id of its request', async () => {
    for (const requestId of ['0123456789', undefined]) {
      const app = new Koa<{ requestId?: string }>();
      app.context.onerror = lastResort('https://api.example');
      const errors: unknown[] = [];
      app.on('error', (error) => errors.push(error));
      app.use((ctx) => {
        ctx.set('ETag', '"x"');
        if (requestId !== undefined) ctx.state.requestId = requestId;
        ctx.body = 'half of an answer';
        throw new TypeError('what nobody must see');
      });
      const answer = app.callback();
      const server = createServer((request, response) => void answer(request, response)).listen(
        0,
        '127.0.0.1',
      );
      await once(server, 'listening');
      const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
      const { status, body, field, text } = await rawRequest(['GET / HTTP/1.1', 'Host: x'], '', url);
      server.close();
      expect([status, field('Content-Type')]).to.deep.equal([500, 'application/problem+json']);
      expect([field('ETag'), errors.length]).to.deep.equal([undefined, 1]);
      expect(body).to.include({
        code: 'internal_error',
        type: 'https://api.example/problems/internal_error',
      });
      expect(body.request_id).to.equal(field('X-Request-Id'));
      if (requestId !== undefined) expect(body.request_id).to.equal(requestId);
      expect(text).to.not.include('nobody');
    }
  });
});
