/** WebSocket connections through the gateway (RFC 6455). */
import { expect } from 'chai';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { closeServices, closing, httpService } from '../../gateway/service-servers.ts';
import { closeGateways, gateway } from './gateway-app.ts';
import { rawCaller } from './raw-caller.ts';

const HOST = 'Host: api.example';
const KEY = 'dGhlIHNhbXBsZSBub25jZQ==';
const ACCEPT = 's3pPLMBiTxaQ9kYGzzhZRbK+xOo=';

const upgrade = (path = '/orders', ...lines: string[]): string =>
  [
    `GET ${path} HTTP/1.1`,
    HOST,
    'Connection: keep-alive, Upgrade',
    'Upgrade: websocket',
    'Sec-WebSocket-Version: 13',
    `Sec-WebSocket-Key: ${KEY}`,
    ...lines,
  ].join('\r\n') + '\r\n\r\n';

describe('a WebSocket connection to a service', () => {
  afterEach(closeGateways);
  afterEach(closeServices);

  const declared = { isWebSocket: true };

  /** Accepts, greets, and sends back what it gets. */
  async function echo(greeting = '') {
    const { server, url } = await httpService((_req, res) => res.writeHead(400).end('no upgrade'));
    server.on('upgrade', (_req: IncomingMessage, socket: Socket, head: Buffer) => {
      socket.on('error', () => undefined);
      const fields = `Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Accept: ${ACCEPT}\r\nServer: x\r\n`;
      socket.write(`HTTP/1.1 101 Switching Protocols\r\n${fields}\r\n${greeting}`, 'latin1');
      socket.write(head);
      socket.pipe(socket);
    });
    return { url, upgraded: once(server, 'upgrade') as Promise<[IncomingMessage, Socket]> };
  }

  it('passes both ways, with fields as clean as those of other requests', async () => {
    const { url, upgraded } = await echo('hello');
    const { port, upstream, ended } = await gateway({ urls: [url], operation: declared });
    const caller = await rawCaller(port, `${upgrade('/orders/live?a=1', 'Authorization: Bearer x')}early`);
    const head = await caller.sees(/\r\n\r\n[^]*hello[^]*early/);
    expect(head).to.match(/^HTTP\/1\.1 101 Switching Protocols\r\n/);
    expect(head).to.include(`Sec-WebSocket-Accept: ${ACCEPT}`).and.not.include('Server: x');
    expect(head).to.include('X-Request-Id: request-1');
    const [req] = await upgraded;
    expect([req.url, req.headers.authorization, req.headers['trivium-principal']]).to.deep.equal([
      '/live?a=1',
      undefined,
      'signed',
    ]);
    caller.socket.write('again');
    await caller.sees('again');
    expect([await ended(1), upstream.state().open]).to.deep.equal([
      { status: 101, code: undefined, isOutcomeUnknown: false },
      0,
    ]);
    caller.socket.destroy();
  });

  it('ends at the service when the caller hangs up, and the other way round', async () => {
    const { url, upgraded } = await echo();
    const { port } = await gateway({ urls: [url], operation: declared });
    const caller = await rawCaller(port, upgrade());
    const [, socket] = await upgraded;
    await caller.sees('101');
    caller.socket.destroy();
    await closing(socket);

    const second = await echo('bye');
    const other = await gateway({ urls: [second.url], operation: declared });
    const left = await rawCaller(other.port, upgrade());
    const [, its] = await second.upgraded;
    await left.sees('bye');
    its.destroy();
    expect(await left.ended).to.equal('end');
  });

  it('ends with code 1008 when the caller is revoked, or without one within a frame', async () => {
    for (const [frame, last] of [
      ['\x81\x02hi', '\x88\x11\x03\xf0invalid_api_key'],
      ['\x81\x05hi', ''],
    ] as const) {
      const { url, upgraded } = await echo(frame);
      const { port, revoke, lines } = await gateway({ urls: [url], operation: declared });
      const caller = await rawCaller(port, upgrade());
      const [, socket] = await upgraded;
      await caller.sees('hi');
      revoke();
      await caller.ended;
      expect(caller.text().slice(-2 - last.length)).to.equal(`hi${last}`);
      await closing(socket);
      expect(lines.find(({ msg }) => msg === 'stream cut off')).to.include({ reason: 'invalid_api_key' });
    }
  });

  it('ends with code 1001 when the process stops, after the frame that is under way', async () => {
    const { url, upgraded } = await echo('\x81\x04hi');
    const { port, shutdown, lines } = await gateway({ urls: [url], operation: declared });
    const caller = await rawCaller(port, upgrade());
    const [, socket] = await upgraded;
    await caller.sees('hi');
    shutdown.begin();
    socket.write('!!');
    expect(await caller.ended).to.equal('end');
    expect(caller.text().slice(-16)).to.equal('hi!!\x88\x0a\x03\xe9stopping');
    await closing(socket);
    expect(lines.find(({ msg }) => msg === 'stream cut off')).to.include({ reason: 'stopping' });
    const late = await rawCaller(port, upgrade());
    await late.sees('\x88\x0a\x03\xe9stopping');
    late.socket.destroy();
  });

  for (const isTold of [true, false])
    it(`is not asked for any more once its caller ${isTold ? 'ends its side' : 'has sent too much'}`, async () => {
      const { server, url } = await httpService(() => undefined);
      let left: Promise<void> | undefined;
      const asked = new Promise<void>((resolve) =>
        server.on('upgrade', (_req: IncomingMessage, socket: Socket) => {
          socket.on('error', () => undefined).resume();
          left = new Promise((done) => void socket.once('end', done).once('close', done));
          resolve();
        }),
      );
      const { port, upstream, ended } = await gateway({ urls: [url], operation: declared });
      const caller = await rawCaller(port, upgrade());
      await asked;
      if (isTold) caller.socket.end();
      else caller.socket.write('x'.repeat(65_537));
      await caller.ended;
      await left;
      expect([(await ended(1)).status, upstream.state().open]).to.deep.equal([499, 0]);
    });

  it('has an answer other than the switch sent whole, though its caller has ended its side by then', async () => {
    const { server, url } = await httpService(() => undefined);
    // It takes no notice of `Upgrade`.
    const request = once(server, 'request') as Promise<[IncomingMessage, ServerResponse]>;
    const { port } = await gateway({ urls: [url], operation: declared });
    const caller = await rawCaller(port, upgrade());
    const [, res] = await request;
    res.writeHead(403, { 'Content-Length': 200_003 }).write('no!');
    await caller.sees('no!');
    caller.socket.end();
    res.end('x'.repeat(200_000));
    expect(await caller.ended).to.equal('end');
    expect(caller.text()).to.match(/x{200000}$/);
  });

  it('takes a place, until it ends', async () => {
    const { url } = await echo();
    const { port } = await gateway({ urls: [url], operation: declared, places: 1 });
    const first = await rawCaller(port, upgrade());
    await first.sees('101');
    const second = await rawCaller(port, upgrade());
    await second.sees('429 Too Many Requests');
    expect(await second.ended).to.equal('end');
    first.socket.destroy();
    await first.ended;
    let third = await rawCaller(port, upgrade());
    while (!(await third.sees(/HTTP\/1\.1 \d+/)).includes('101')) third = await rawCaller(port, upgrade());
    third.socket.destroy();
  });

  it('waits for the answers before it on its connection', async () => {
    const { url, server } = await httpService((_req, res) => void held.push(res));
    const held: ServerResponse[] = [];
    server.on('upgrade', (_req: IncomingMessage, socket: Socket) => {
      socket.on('error', () => undefined);
      socket.resume().once('end', () => socket.end());
      socket.write(
        `HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Accept: ${ACCEPT}\r\n\r\nhello`,
      );
    });
    const { port } = await gateway({ urls: [url], operation: declared });
    const h2c = `GET /orders/2 HTTP/1.1\r\n${HOST}\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n`;
    const first = once(server, 'request');
    const caller = await rawCaller(port, `GET /orders/1 HTTP/1.1\r\n${HOST}\r\n\r\n${h2c}${upgrade()}`);
    await first;
    const second = once(server, 'request');
    held[0]?.end('first');
    await second;
    held[1]?.end('second');
    await caller.sees(/first[^]*second[^]*101 Switching Protocols[^]*hello/);
    caller.socket.destroy();
  });

  it('is not made when the service answers otherwise, or where none is declared', async () => {
    const { url } = await httpService((_req, res) => res.writeHead(426, { Upgrade: 'h3' }).end('not here'));
    for (const isWebSocket of [true, false]) {
      const { port } = await gateway({ urls: [url], operation: { isWebSocket } });
      const caller = await rawCaller(port, upgrade());
      await caller.sees(/^HTTP\/1\.1 426 [^]*not here/);
      expect(await caller.ended).to.equal('end');
    }
  });
});

describe('a request that asks for another protocol', () => {
  afterEach(closeGateways);
  afterEach(closeServices);

  it('is answered as if it did not, body included, and its connection goes on', async () => {
    const { url } = await httpService((req, res) => {
      let body = '';
      req
        .on('data', (chunk) => (body += String(chunk)))
        .once('end', () => res.end(`<${req.method} ${body}>`));
    });
    const { port } = await gateway({ urls: [url] });
    const h2c =
      'Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQCAAAAAAIAAAAA';
    const post = `POST /orders HTTP/1.1\r\n${HOST}\r\n${h2c}\r\nContent-Length: 6\r\n\r\n`;
    const caller = await rawCaller(port, `${post}abc`);
    caller.socket.write('def');
    await caller.sees('<POST abcdef>');
    caller.socket.write(`GET /orders HTTP/1.1\r\n${HOST}\r\n${h2c}\r\n\r\n`);
    await caller.sees('<GET >');
    caller.socket.destroy();
  });

  it('would have its connection closed by Node otherwise', async () => {
    // The reason for reading it again: as soon as Node can do without, so can we.
    const server = createServer((_req, res) => res.end()).on('upgrade', (_req, socket) => socket.destroy());
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as { port: number };
    const caller = await rawCaller(
      port,
      `GET / HTTP/1.1\r\n${HOST}\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n`,
    );
    await caller.ended;
    expect(caller.text()).to.equal('');
    server.close();
  });
});
