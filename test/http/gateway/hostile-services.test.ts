/** Services that fail in every way: callers get a problem document, or a connection that is reset, never a wrong answer. */
import { expect } from 'chai';
import { once } from 'node:events';
import type { Socket } from 'node:net';
import { rawRequest } from '../../support/raw-request.ts';
import { closeServices, httpService, rawService } from '../../gateway/service-servers.ts';
import { closeGateways, gateway } from './gateway-app.ts';
import { get, rawCaller } from './raw-caller.ts';

const HOST = 'Host: api.example';
const MAY_BE_DONE = 'The request was sent to the service, and may have been carried out.';
const IS_SENT = 'The request was sent to the service.';

type Behave = (socket: Socket) => void;

/** What services do instead of an answer. `repeats`: how often a read is sent. */
const withoutAnswer: [name: string, code: string, status: number, repeats: number, behave: Behave][] = [
  ['resets the connection', 'service_failed', 502, 2, (socket) => socket.resetAndDestroy()],
  ['closes the connection', 'service_failed', 502, 2, (socket) => socket.end()],
  ['closes it within the head', 'service_failed', 502, 2, (socket) => socket.end('HTTP/1.1 200 OK\r\nA: ')],
  ['speaks another protocol', 'service_failed', 502, 1, (socket) => socket.end('SSH-2.0-OpenSSH_9.2p1\r\n')],
  [
    'answers with a malformed head',
    'service_failed',
    502,
    1,
    (socket) => socket.write('HTTP/1.1 200 OK\r\n: x\r\n\r\n'),
  ],
  [
    'answers with a head of 20 KiB',
    'service_failed',
    502,
    1,
    (socket) => socket.write(`HTTP/1.1 200 OK\r\nX-A: ${'a'.repeat(20_480)}\r\n\r\n`),
  ],
  [
    'gives two lengths',
    'service_failed',
    502,
    1,
    (socket) => socket.write('HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab'),
  ],
  [
    'sends informational answers without end',
    'service_failed',
    502,
    1,
    (socket) => {
      const storm = () =>
        socket.writable &&
        socket.write('HTTP/1.1 103 Early Hints\r\n\r\n'.repeat(5), () => setImmediate(storm));
      storm();
    },
  ],
  [
    'switches protocols unasked',
    'service_failed',
    502,
    2,
    (socket) => socket.write('HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: x\r\n\r\n'),
  ],
  ['says nothing', 'service_timeout', 504, 1, () => undefined],
  ['stops within the head', 'service_timeout', 504, 1, (socket) => socket.write('HTTP/1.1 200 OK\r\nA: ')],
];

/** How answers go wrong after they have begun. */
const brokenAnswers: [name: string, behave: Behave][] = [
  [
    'has less than its length',
    (socket) => socket.end('HTTP/1.1 200 OK\r\nContent-Length: 10\r\nConnection: close\r\n\r\npart'),
  ],
  [
    'is reset, of known length',
    (socket) =>
      socket.write('HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\npart', () =>
        setImmediate(() => socket.resetAndDestroy()),
      ),
  ],
  [
    'is closed within its chunks',
    (socket) => socket.end('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\npart\r\n'),
  ],
  [
    'has malformed chunks',
    (socket) => socket.write('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\npart\r\nxyz\r\n'),
  ],
  [
    'stops within its chunks',
    (socket) => socket.write('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\npart\r\n'),
  ],
];

describe('a service that', () => {
  afterEach(closeGateways);
  afterEach(closeServices);

  const impatient = { firstByteMs: 200, idleMs: 200 };
  const forStatus = (status: number) => (status === 504 ? impatient : {});

  for (const [name, code, status, repeats, behave] of withoutAnswer) {
    it(`${name}: a read is answered ${status}`, async () => {
      let count = 0;
      const { url } = await rawService((socket) => {
        count += 1;
        behave(socket);
      });
      const { url: at, ended, upstream } = await gateway({ urls: [url], operation: forStatus(status) });
      const { status: seen, body } = await rawRequest(['GET /orders HTTP/1.1', HOST], '', at);
      expect([seen, body.code, body.detail, count]).to.deep.equal([status, code, IS_SENT, repeats]);
      expect((await ended(1)).isOutcomeUnknown).to.equal(false);
      expect(upstream.state()).to.deep.include({ open: 0, out: 0 });
    });

    it(`${name}: a write is sent once, and may have been carried out`, async () => {
      let count = 0;
      const { url } = await rawService((socket) => {
        count += 1;
        behave(socket);
      });
      const { url: at, ended, upstream } = await gateway({ urls: [url], operation: forStatus(status) });
      const { status: seen, body } = await rawRequest(
        ['POST /orders HTTP/1.1', HOST, 'Content-Length: 2'],
        'ab',
        at,
      );
      expect([seen, body.code, body.detail, count]).to.deep.equal([status, code, MAY_BE_DONE, 1]);
      expect((await ended(1)).isOutcomeUnknown).to.equal(true);
      expect(upstream.state().open).to.equal(0);
    });
  }

  for (const [name, behave] of brokenAnswers)
    it(`sends an answer that ${name}: it never looks whole`, async () => {
      const { url } = await rawService(behave);
      const operation = name.startsWith('stops') ? impatient : {};
      const { port, lines, upstream } = await gateway({ urls: [url], operation });
      const caller = await rawCaller(port, get('/orders'));
      // libuv may report a reset that comes with data as an end.
      await caller.ended;
      expect(caller.text()).to.match(/part(\r\n)?$/);
      expect(upstream.state().open).to.equal(0);
      expect(lines.map(({ msg }) => msg)).to.include('answer of a service broke off');
    });

  it('resets an answer that lasts until its connection closes: it never looks whole', async () => {
    const { url, server } = await rawService((socket) =>
      socket.write('HTTP/1.1 200 OK\r\nConnection: close\r\n\r\npart'),
    );
    const connected = once(server, 'connection') as Promise<[Socket]>;
    const { port } = await gateway({ urls: [url] });
    const caller = await rawCaller(port, get('/orders'));
    const [socket] = await connected;
    await caller.sees('part');
    socket.resetAndDestroy();
    expect(await caller.ended).to.equal('reset');
    expect(caller.text()).to.not.include('0\r\n\r\n');
  });

  it('sends more than its length: the caller gets the length, and the connection is not used again', async () => {
    let connections = 0;
    const { url, server } = await rawService((socket) =>
      socket.write(
        'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nokHTTP/1.1 200 OK\r\nX-Smuggled: 1\r\nContent-Length: 3\r\n\r\nbad',
      ),
    );
    server.on('connection', () => (connections += 1));
    const { url: at } = await gateway({ urls: [url] });
    for (let i = 1; i <= 3; i += 1) {
      const { status, text, head } = await rawRequest(['GET /orders HTTP/1.1', HOST], '', at);
      expect([status, text]).to.deep.equal([200, 'ok']);
      expect(head).to.not.include('Smuggled');
      expect(connections).to.equal(i);
    }
  });

  it('closes an idle connection just when a request is sent: a read is sent again', async () => {
    let count = 0;
    const { url } = await rawService((socket) => {
      count += 1;
      if (count === 2) socket.resetAndDestroy();
      else socket.write('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok');
    });
    const { url: at } = await gateway({ urls: [url] });
    for (let i = 0; i < 2; i += 1) {
      const { status } = await rawRequest(['GET /orders HTTP/1.1', HOST], '', at);
      expect(status).to.equal(200);
    }
    expect(count).to.equal(3);
  });

  it('fails with a read that has a body: it is not sent again', async () => {
    let count = 0;
    const { url } = await rawService((socket) => {
      count += 1;
      socket.resetAndDestroy();
    });
    const { url: at } = await gateway({ urls: [url] });
    const { status } = await rawRequest(['GET /orders HTTP/1.1', HOST, 'Content-Length: 2'], 'ab', at);
    expect([status, count]).to.deep.equal([502, 1]);
  });

  it('does not take a body: the request ends with a timeout', async () => {
    const { url } = await httpService((req) => req.pause());
    const { port, ended } = await gateway({
      urls: [url],
      operation: { ...impatient, idleMs: 60_000, maxBytes: 64_000_000 },
    });
    const caller = await rawCaller(
      port,
      `POST /orders HTTP/1.1\r\n${HOST}\r\nContent-Length: 64000000\r\n\r\n`,
    );
    const piece = Buffer.alloc(1_000_000);
    const more = () => {
      while (caller.socket.writable && caller.socket.write(piece));
    };
    caller.socket.on('drain', more);
    more();
    await caller.sees('service_timeout');
    expect(await ended(1)).to.deep.equal({ status: 504, code: 'service_timeout', isOutcomeUnknown: true });
    caller.socket.destroy();
  });
});
