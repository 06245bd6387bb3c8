/** Answers of a service pass as they are. */
import { expect } from 'chai';
import { rawRequest } from '../../support/raw-request.ts';
import { closeServices, httpService, rawService } from '../../gateway/service-servers.ts';
import { closeGateways, gateway } from './gateway-app.ts';
import { get, rawCaller } from './raw-caller.ts';

const HOST = 'Host: api.example';

describe('an answer of a service', () => {
  afterEach(closeGateways);
  afterEach(closeServices);

  it('has its status, its fields with ours, and its body', async () => {
    const { url } = await httpService((_req, res) => {
      res.writeHead(409, { 'Content-Type': 'text/plain', Location: '/1', 'Content-Length': 4, Server: 'x' });
      res.end('mine');
    });
    const { url: at, ended } = await gateway({ urls: [url] });
    const { status, field, text } = await rawRequest(['GET /orders HTTP/1.1', HOST], '', at);
    expect([status, text]).to.deep.equal([409, 'mine']);
    const names = [
      'Content-Type',
      'Location',
      'Content-Length',
      'Server',
      'X-Request-Id',
      'Vary',
      'Cache-Control',
    ];
    expect(names.map(field)).to.deep.equal([
      'text/plain',
      '/orders/1',
      '4',
      undefined,
      'request-1',
      'Origin, Authorization',
      'no-store',
    ]);
    expect(await ended(1)).to.deep.equal({ status: 409, code: undefined, isOutcomeUnknown: false });
  });

  for (const theirs of [401, 407])
    it(`is not ${theirs}: it would be about a credential that no caller has`, async () => {
      const { url } = await httpService((_req, res) => {
        const challenge = 'Bearer realm="theirs"';
        res.writeHead(theirs, { 'WWW-Authenticate': challenge, 'Proxy-Authenticate': challenge }).end('who?');
      });
      const { url: at, ended, lines } = await gateway({ urls: [url] });
      for (const method of ['GET', 'DELETE']) {
        const { status, field, body } = await rawRequest([`${method} /orders HTTP/1.1`, HOST], '', at);
        expect([status, body.code]).to.deep.equal([502, 'service_failed']);
        expect(body.detail).to.include('did not accept the credential of this API');
        expect([field('WWW-Authenticate'), field('Proxy-Authenticate')]).to.deep.equal([
          undefined,
          undefined,
        ]);
      }
      // It has not been carried out, and the log says who is wrong.
      expect(await ended(2)).to.deep.equal({ status: 502, code: 'service_failed', isOutcomeUnknown: false });
      expect(JSON.stringify(lines)).to.include(`orders answered ${theirs}`);
    });

  for (const theirs of [403, 404])
    it(`may be ${theirs}, without a challenge`, async () => {
      const { url } = await httpService((_req, res) => {
        const fields = {
          'Content-Length': 2,
          'WWW-Authenticate': 'Basic',
          'Authentication-Info': 'nextnonce="x"',
        };
        res.writeHead(theirs, fields).end('no');
      });
      const { url: at } = await gateway({ urls: [url] });
      const { status, field, text } = await rawRequest(['GET /orders HTTP/1.1', HOST], '', at);
      expect([status, text]).to.deep.equal([theirs, 'no']);
      for (const name of ['WWW-Authenticate', 'Authentication-Info'])
        expect(field(name), name).to.equal(undefined);
    });

  it('to HEAD has the length of the content, and none', async () => {
    const methods: (string | undefined)[] = [];
    const { url } = await httpService((req, res) => {
      methods.push(req.method);
      res.setHeader('Content-Length', 1234).end();
    });
    const { url: at } = await gateway({ urls: [url] });
    const { status, field, text } = await rawRequest(['HEAD /orders HTTP/1.1', HOST], '', at);
    expect([methods, status, field('Content-Length'), text]).to.deep.equal([['HEAD'], 200, '1234', '']);
  });

  it('to a range is that part', async () => {
    const { url } = await httpService((req, res) => {
      expect(req.headers.range).to.equal('bytes=2-4');
      res.writeHead(206, { 'Content-Range': 'bytes 2-4/9', 'Content-Length': 3 }).end('cde');
    });
    const { url: at } = await gateway({ urls: [url] });
    const { status, field, text } = await rawRequest(
      ['GET /orders HTTP/1.1', HOST, 'Range: bytes=2-4'],
      '',
      at,
    );
    expect([status, field('Content-Range'), text]).to.deep.equal([206, 'bytes 2-4/9', 'cde']);
  });

  for (const status of [204, 304])
    it(`with ${status} has no content, and its connection goes on`, async () => {
      const { url } = await httpService((_req, res) => res.writeHead(status, { ETag: '"1"' }).end());
      const { port } = await gateway({ urls: [url] });
      const caller = await rawCaller(port, get('/orders') + get('/orders'));
      const head = `HTTP/1\\.1 ${status} [^]*?ETag: "1"[^]*?\r\n\r\n`;
      await caller.sees(new RegExp(`^${head}${head}$`, 'i'));
      caller.socket.destroy();
    });

  it('of unknown length comes in chunks, with its trailers', async () => {
    const { url } = await httpService((_req, res) => {
      res.writeHead(200, { Trailer: 'X-Checksum' });
      res.write('one');
      res.addTrailers({ 'X-Checksum': 'abc', 'Set-Cookie': 'a=1' });
      res.end('two');
    });
    const { url: at } = await gateway({ urls: [url] });
    const { field, text } = await rawRequest(['GET /orders HTTP/1.1', HOST, 'TE: trailers'], '', at);
    expect([field('Transfer-Encoding'), field('Content-Length')]).to.deep.equal(['chunked', undefined]);
    expect(text)
      .to.match(/one[^]*two[^]*0\r\nX-Checksum: abc\r\n\r\n$/)
      .and.not.include('Set-Cookie');
  });

  it('that lasts until its connection closes is whole', async () => {
    const { url } = await rawService((socket) =>
      socket.end('HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nall of it'),
    );
    const { url: at } = await gateway({ urls: [url] });
    const { text } = await rawRequest(['GET /orders HTTP/1.1', HOST], '', at);
    expect(text).to.equal('9\r\nall of it\r\n0\r\n\r\n');
  });

  it('comes after early hints, for those who know them', async () => {
    const { url } = await httpService((_req, res) => {
      res.writeProcessing();
      res.writeEarlyHints({ link: '</style.css>; rel=preload; as=style' });
      res.end('done');
    });
    const { port, url: at } = await gateway({ urls: [url] });
    const caller = await rawCaller(port, get('/orders', 'Connection: close'));
    await caller.ended;
    expect(caller.text()).to.match(
      /^HTTP\/1\.1 102 Processing\r\n\r\nHTTP\/1\.1 103 Early Hints\r\nLink: <\/orders\/style\.css>; rel=preload; as=style\r\n\r\nHTTP\/1\.1 200 /,
    );
    const old = await rawCaller(Number(new URL(at).port), 'GET /orders HTTP/1.0\r\n\r\n');
    await old.ended;
    expect(old.text()).to.match(/^HTTP\/1\.1 200 [^]*\r\n\r\ndone$/);
  });

  it('before the end of the request is passed on, and the rest of the request goes nowhere', async () => {
    const { url } = await httpService((_req, res) =>
      res.writeHead(400, { Connection: 'close' }).end('enough'),
    );
    const { port, upstream, ended } = await gateway({ urls: [url] });
    const caller = await rawCaller(
      port,
      `POST /orders HTTP/1.1\r\n${HOST}\r\nContent-Length: 200000\r\n\r\nbegin`,
    );
    await caller.sees(/400 Bad Request[^]*enough/);
    expect(await ended(1)).to.deep.equal({ status: 400, code: undefined, isOutcomeUnknown: false });
    expect(upstream.state().open).to.equal(0);
    // The connection goes on after the rest.
    caller.socket.write('x'.repeat(199_995) + get('/orders'));
    await caller.sees(/enough[^]*enough/);
    caller.socket.destroy();
  });

  it('may begin while the request goes on, and answer each part of it', async () => {
    const { url } = await httpService((req, res) => {
      res.flushHeaders();
      req.on('data', (chunk: Buffer) => res.write(`got ${String(chunk)};`)).once('end', () => res.end('all'));
    });
    const { port, ended } = await gateway({ urls: [url], operation: { isStream: true } });
    const caller = await rawCaller(
      port,
      `POST /orders HTTP/1.1\r\n${HOST}\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n3\r\none\r\n`,
    );
    await caller.sees('got one;');
    caller.socket.write('3\r\ntwo\r\n');
    await caller.sees('got two;');
    caller.socket.write('0\r\n\r\n');
    expect(await caller.ended).to.equal('end');
    expect(caller.text()).to.include('all');
    expect((await ended(1)).status).to.equal(200);
  });

  it('uses a connection to the service again', async () => {
    const ports = new Set<number | undefined>();
    const { url } = await httpService((req, res) => {
      ports.add(req.socket.remotePort);
      req.resume();
      res.end('x');
    });
    const { url: at } = await gateway({ urls: [url] });
    for (let i = 0; i < 5; i += 1) {
      await rawRequest(['GET /orders HTTP/1.1', HOST], '', at);
      await rawRequest(['POST /orders HTTP/1.1', HOST, 'Content-Length: 2'], 'ab', at);
    }
    expect(ports.size).to.equal(1);
  });
});
