/** Callers who may not call any more are cut off within their requests to services. */
import { expect } from 'chai';
import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { rawRequest } from '../../support/raw-request.ts';
import { closeServices, closing, httpService } from '../../gateway/service-servers.ts';
import { closeGateways, gateway } from './gateway-app.ts';
import { get, rawCaller } from './raw-caller.ts';

const HOST = 'Host: api.example';

describe('a caller who is revoked', () => {
  afterEach(closeGateways);
  afterEach(closeServices);

  /** Begins an answer, and leaves the rest to the test. */
  async function beginning(fields: Record<string, string>, first: string) {
    const { server, url } = await httpService((_req, res) => {
      res.writeHead(200, fields);
      res.write(first);
    });
    return { url, request: once(server, 'request') as Promise<[IncomingMessage, ServerResponse]> };
  }

  it('reads the reason at the end of an event stream', async () => {
    const { url, request } = await beginning({ 'Content-Type': 'text/event-stream' }, 'data: 1\n\n');
    const { port, revoke, lines, ended } = await gateway({ urls: [url] });
    const caller = await rawCaller(port, get('/orders'));
    await caller.sees('data: 1\n\n');
    // A stream is answered when it has begun.
    expect((await ended(1)).status).to.equal(200);
    const [, res] = await request;
    revoke();
    await caller.sees('event: end\ndata: {"code":"invalid_api_key","title":"API key refused"}\n\n');
    await caller.sees('\r\n0\r\n\r\n');
    await closing(res);
    expect(lines.find(({ msg }) => msg === 'stream cut off')).to.include({ reason: 'invalid_api_key' });
    caller.socket.destroy();
  });

  for (const [name, fields, first, isStream] of [
    ['an event stream within an event', { 'Content-Type': 'text/event-stream' }, 'data: par', false],
    [
      'an event stream that is encoded',
      { 'Content-Type': 'text/event-stream', 'Content-Encoding': 'gzip' },
      'gzip',
      false,
    ],
    ['another stream', { 'Content-Type': 'application/x-ndjson' }, '{}\n', true],
    ['an answer that takes long', { 'Content-Type': 'application/json' }, '[', false],
  ] as const)
    it(`sees ${name} reset`, async () => {
      const { url, request } = await beginning(fields, first);
      const { port, revoke, upstream } = await gateway({ urls: [url], operation: { isStream } });
      const caller = await rawCaller(port, get('/orders'));
      const [, res] = await request;
      await caller.sees(first);
      revoke();
      expect(await caller.ended).to.equal('reset');
      expect(caller.text()).to.not.include('0\r\n\r\n');
      await closing(res);
      expect(upstream.state().open).to.equal(0);
    });

  it('is refused while the service has not answered, and a write may have been carried out', async () => {
    for (const [method, isOutcomeUnknown] of [
      ['GET', false],
      ['POST', true],
    ] as const) {
      const { server, url } = await httpService((req) => void req.resume());
      const request = once(server, 'request') as Promise<[IncomingMessage, ServerResponse]>;
      const { url: at, revoke, ended } = await gateway({ urls: [url] });
      const answer = rawRequest([`${method} /orders HTTP/1.1`, HOST], '', at);
      const [, res] = await request;
      revoke();
      const { status, body } = await answer;
      expect([status, body.code]).to.deep.equal([401, 'invalid_api_key']);
      await closing(res);
      expect(await ended(1)).to.deep.equal({ status: 401, code: 'invalid_api_key', isOutcomeUnknown });
    }
  });

  it('is cut off within a body', async () => {
    const { server, url } = await httpService((req) => void req.on('error', () => undefined).resume());
    const request = once(server, 'request') as Promise<[IncomingMessage]>;
    const { port, revoke } = await gateway({ urls: [url] });
    const caller = await rawCaller(port, `POST /orders HTTP/1.1\r\n${HOST}\r\nContent-Length: 200\r\n\r\nab`);
    const [req] = await request;
    revoke();
    await caller.sees('401 Unauthorized');
    await closing(req);
    expect(req.complete).to.equal(false);
    caller.socket.destroy();
  });
});

describe('a process that stops', () => {
  afterEach(closeGateways);
  afterEach(closeServices);

  it('ends an event stream after its last whole event, so that its reader connects again', async () => {
    for (const [first, rest] of [
      ['data: 1\n\n', ''],
      ['data: 1\n\ndata: par', 't\n\n'],
    ] as const) {
      const { server, url } = await httpService((_req, res) => {
        res.writeHead(200, { 'Content-Type': 'text/event-stream' }).write(first);
      });
      const request = once(server, 'request') as Promise<[IncomingMessage, ServerResponse]>;
      const { port, shutdown, upstream, lines } = await gateway({ urls: [url] });
      const caller = await rawCaller(port, get('/orders'));
      await caller.sees(first);
      const [, res] = await request;
      shutdown.begin();
      if (rest !== '') res.write(rest);
      await caller.sees(/\r\n0\r\n\r\n$/);
      expect(caller.text()).to.not.include('event: end');
      if (rest !== '') expect(caller.text()).to.include(rest);
      await closing(res);
      expect(upstream.state().open).to.equal(0);
      expect(lines.find(({ msg }) => msg === 'stream cut off')).to.include({ reason: 'stopping' });
      caller.socket.destroy();
    }
  });

  it('lets another stream come to its end', async () => {
    const { server, url } = await httpService((_req, res) => {
      res.writeHead(200, { 'Content-Type': 'text/csv' }).write('a,b\n');
    });
    const request = once(server, 'request') as Promise<[IncomingMessage, ServerResponse]>;
    const { port, shutdown } = await gateway({ urls: [url], operation: { isStream: true } });
    const caller = await rawCaller(port, get('/orders'));
    await caller.sees('a,b\n');
    shutdown.begin();
    (await request)[1].end('1,2\n');
    await caller.sees(/1,2\n\r\n0\r\n\r\n$/);
    caller.socket.destroy();
  });
});

describe('a caller with as many streams as it may have', () => {
  afterEach(closeGateways);
  afterEach(closeServices);

  for (const isStream of [true, false])
    it(`gets no more of them (${isStream ? 'declared' : 'found by their media type'})`, async () => {
      let count = 0;
      const { url } = await httpService((_req, res) => {
        count += 1;
        res.writeHead(200, { 'Content-Type': 'text/event-stream' }).write('data: 1\n\n');
      });
      const { port, url: at, upstream } = await gateway({ urls: [url], operation: { isStream }, places: 1 });
      const caller = await rawCaller(port, get('/orders'));
      await caller.sees('data: 1');
      const { status, body } = await rawRequest(['GET /orders HTTP/1.1', HOST], '', at);
      expect([status, body.code, count]).to.deep.equal([429, 'too_many_streams', isStream ? 1 : 2]);
      caller.socket.destroy();
      while (upstream.state().open > 0) await new Promise(setImmediate);
      const again = await rawCaller(port, get('/orders'));
      await again.sees('data: 1');
      again.socket.destroy();
    });
});
