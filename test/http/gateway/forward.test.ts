/** Requests pass to a service, and its answers back. */
import { expect } from 'chai';
import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { generate } from 'selfsigned';
import { rawRequest, chunked } from '../../support/raw-request.ts';
import {
  closedPort,
  closing,
  closeServices,
  httpService,
  httpsService,
  rawService,
} from '../../gateway/service-servers.ts';
import { closeGateways, gateway } from './gateway-app.ts';
import { get, rawCaller } from './raw-caller.ts';

const HOST = 'Host: api.example';

async function textOf(req: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of req) text += String(chunk);
  return text;
}

describe('a request to a service', () => {
  afterEach(closeGateways);
  afterEach(closeServices);

  /** Answers with what it got. */
  const echo = () =>
    httpService((req, res) => {
      void textOf(req).then((body) => {
        const { method, url, headers, rawTrailers } = req;
        res.end(JSON.stringify({ method, url, headers, body, rawTrailers }));
      });
    });

  it('arrives with method, path, query and body, and with who calls', async () => {
    const { url, port } = await echo();
    const { url: at } = await gateway({ urls: [url] });
    const { status, body } = await rawRequest(
      [
        'PUT /orders/a%2Fb/../c?x=1&x=%20 HTTP/1.1',
        HOST,
        'Content-Length: 4',
        'X-A: 1',
        'Authorization: Bearer x',
      ],
      'abcd',
      at,
    );
    expect(status).to.equal(200);
    expect(body).to.deep.include({ method: 'PUT', url: '/a%2Fb/../c?x=1&x=%20', body: 'abcd' });
    expect(body.headers).to.deep.equal({
      host: `127.0.0.1:${port}`,
      connection: 'keep-alive',
      'x-request-id': 'request-1',
      forwarded: 'for=192.0.2.7;host="api.example";proto=https',
      'x-forwarded-for': '192.0.2.7',
      'x-forwarded-host': 'api.example',
      'x-forwarded-proto': 'https',
      'x-forwarded-prefix': '/orders',
      via: '1.1 trivium',
      'x-a': '1',
      'trivium-principal': 'signed',
      'content-length': '4',
    });
  });

  for (const [name, path, seen] of [
    ['the root', '/orders', '/'],
    ['a query at the root', '/orders?a=1', '/?a=1'],
    ['a path', '/orders/1', '/1'],
  ] as const)
    it(`asks for ${name} without the prefix`, async () => {
      const { url } = await echo();
      const { url: at } = await gateway({ urls: [`${url}/base`] });
      const { body } = await rawRequest([`GET ${path} HTTP/1.1`, HOST], '', at);
      expect(body.url).to.equal(`/base${seen}`);
    });

  it('keeps the prefix where the service wants to see it', async () => {
    const { url } = await echo();
    const { url: at } = await gateway({ urls: [url], service: { stripsPrefix: false } });
    const { body } = await rawRequest(['GET /orders/1 HTTP/1.1', HOST], '', at);
    expect([body.url, body.headers['x-forwarded-prefix']]).to.deep.equal(['/orders/1', undefined]);
  });

  it('has a body of unknown length in chunks, and none where it is empty', async () => {
    const { url } = await echo();
    const { url: at } = await gateway({ urls: [url] });
    const post = ['POST /orders HTTP/1.1', HOST, 'Transfer-Encoding: chunked'];
    const { body } = await rawRequest(post, chunked('abc'), at);
    expect([body.body, body.headers['transfer-encoding']]).to.deep.equal(['abc', 'chunked']);
    const { body: empty } = await rawRequest(post, chunked(''), at);
    expect([empty.body, empty.headers['content-length']]).to.deep.equal(['', '0']);
    const { body: none } = await rawRequest(['GET /orders HTTP/1.1', HOST], '', at);
    expect(none.headers).to.not.have.any.keys('content-length', 'transfer-encoding');
  });

  it('has the body that was read before', async () => {
    const { url } = await echo();
    const { url: at } = await gateway({
      urls: [url],
      before: async (ctx) => void (ctx.state.bytes = Buffer.from(await textOf(ctx.req))),
    });
    const { body } = await rawRequest(['POST /orders HTTP/1.1', HOST, 'Content-Length: 2'], '{}', at);
    expect([body.body, body.headers['content-length']]).to.deep.equal(['{}', '2']);
  });

  it('is told to go on where it expects 100', async () => {
    const { url } = await echo();
    const { port } = await gateway({ urls: [url] });
    const caller = await rawCaller(
      port,
      `POST /orders HTTP/1.1\r\n${HOST}\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\n`,
    );
    await caller.sees('HTTP/1.1 100 Continue\r\n\r\n');
    caller.socket.write('abc');
    const text = await caller.sees('"body":"abc"');
    expect(text).to.not.include('expect');
    caller.socket.destroy();
  });

  describe('with too long a body', () => {
    const bounds = { maxBytes: 10 };
    const refused = ['HTTP/1.1 413', 'body_too_large'];

    it('is refused before anything is sent, when it says its length', async () => {
      const heads: string[] = [];
      const { url } = await rawService((_socket, head) => heads.push(head));
      const { url: at, upstream } = await gateway({ urls: [url], operation: bounds });
      const { body, status } = await rawRequest(
        ['POST /orders HTTP/1.1', HOST, 'Content-Length: 11'],
        'x'.repeat(11),
        at,
      );
      expect([status, body.code, body.detail]).to.deep.equal([413, 'body_too_large', 'At most 10 bytes.']);
      expect([heads.length, upstream.state().open]).to.deep.equal([0, 0]);
    });

    it('is ended at the service, when it does not', async () => {
      const { server, url } = await httpService((req) => req.on('error', () => undefined).resume());
      const arrived = once(server, 'request') as Promise<[IncomingMessage]>;
      const { port, ended } = await gateway({ urls: [url], operation: bounds });
      const caller = await rawCaller(
        port,
        `POST /orders HTTP/1.1\r\n${HOST}\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nabcde\r\n`,
      );
      const [req] = await arrived;
      const closed = closing(req);
      caller.socket.write('6\r\nabcdef\r\n');
      for (const text of refused) await caller.sees(text);
      await closed;
      expect(req.complete).to.equal(false);
      expect(await ended(1)).to.deep.equal({ status: 413, code: 'body_too_large', isOutcomeUnknown: false });
      caller.socket.destroy();
    });
  });

  it('trusts the certificate authority of the service, and no other', async () => {
    const { private: key, cert } = await generate([{ name: 'commonName', value: 'localhost' }], {
      algorithm: 'sha256',
      keyType: 'ec',
      extensions: [
        { name: 'basicConstraints', cA: true },
        { name: 'subjectAltName', altNames: [{ type: 7, ip: '127.0.0.1' }] },
      ],
    });
    const { url } = await httpsService({ key, cert }, (_req, res) => res.end('secure'));
    const trusting = await gateway({ urls: [url], service: { ca: cert } });
    expect((await rawRequest(['GET /orders HTTP/1.1', HOST], '', trusting.url)).text).to.include('secure');
    const other = await gateway({ urls: [url] });
    const { status, body } = await rawRequest(['GET /orders HTTP/1.1', HOST], '', other.url);
    expect([status, body.code]).to.deep.equal([503, 'service_unavailable']);
  });

  it('goes to another address when one refuses the connection, whatever it asks for', async () => {
    const { url } = await echo();
    const dead = `http://127.0.0.1:${await closedPort()}`;
    const { url: at, upstream, ended } = await gateway({ urls: [dead, url] });
    for (let i = 0; i < 6; i += 1) {
      const { body } = await rawRequest(['POST /orders HTTP/1.1', HOST, 'Content-Length: 3'], 'abc', at);
      expect(body.body).to.equal('abc');
    }
    expect(upstream.state()).to.deep.include({ open: 0, addresses: 2, out: 1 });
    expect((await ended(6)).isOutcomeUnknown).to.equal(false);
  });

  it('is refused at once when no address takes it, and when the service has too many', async () => {
    const dead = `http://127.0.0.1:${await closedPort()}`;
    const alone = await gateway({ urls: [dead] });
    for (let i = 0; i < 4; i += 1) {
      const { status, body, field } = await rawRequest(['POST /orders HTTP/1.1', HOST], '', alone.url);
      expect([status, body.code, field('Retry-After')]).to.deep.equal([503, 'service_unavailable', '1']);
    }
    expect(alone.upstream.state().out).to.equal(1);
    expect((await alone.ended(4)).isOutcomeUnknown).to.equal(false);

    const { url } = await rawService(() => undefined);
    const { port, url: at, upstream } = await gateway({ urls: [url], service: { concurrency: 1 } });
    const caller = await rawCaller(port, get('/orders'));
    while (upstream.state().open === 0) await new Promise(setImmediate);
    const { status, body } = await rawRequest(['GET /orders HTTP/1.1', HOST], '', at);
    expect([status, body.code]).to.deep.equal([503, 'service_unavailable']);
    caller.socket.destroy();
    while (upstream.state().open > 0) await new Promise(setImmediate);
  });
});
