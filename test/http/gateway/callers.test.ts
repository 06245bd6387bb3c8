/** Callers that hang up, stand still or read slowly hold nothing at a service, and little memory here. */
import { expect } from 'chai';
import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { closeServices, closing, httpService } from '../../gateway/service-servers.ts';
import { closeGateways, gateway } from './gateway-app.ts';
import { get, rawCaller } from './raw-caller.ts';

const HOST = 'Host: api.example';
const MIB = 1_048_576;

describe('a caller of a service that', () => {
  afterEach(closeGateways);
  afterEach(closeServices);

  async function silentService() {
    const { server, url } = await httpService((req) => req.on('error', () => undefined).resume());
    return { url, request: once(server, 'request') as Promise<[IncomingMessage, ServerResponse]> };
  }

  for (const [name, head, isOutcomeUnknown] of [
    ['before a read is answered', get('/orders'), false],
    ['before a write is answered', `POST /orders HTTP/1.1\r\n${HOST}\r\nContent-Length: 2\r\n\r\nab`, true],
    ['within its body', `POST /orders HTTP/1.1\r\n${HOST}\r\nContent-Length: 200\r\n\r\nab`, true],
  ] as const)
    it(`hangs up ${name} cancels it at the service`, async () => {
      const { url, request } = await silentService();
      const { port, upstream, ended } = await gateway({ urls: [url] });
      const caller = await rawCaller(port, head);
      const [, res] = await request;
      caller.socket.destroy();
      await closing(res);
      expect(await ended(1)).to.deep.equal({ status: 499, code: undefined, isOutcomeUnknown });
      expect(upstream.state().open).to.equal(0);
    });

  it('hangs up within an answer cancels it at the service', async () => {
    const { url } = await httpService((_req, res) => {
      const fill = () => {
        while (res.write('x'.repeat(10_000)));
      };
      res.on('drain', fill);
      fill();
      res.once('close', () => closed());
    });
    let closed!: () => void;
    const isClosed = new Promise<void>((resolve) => (closed = resolve));
    const { port, upstream, lines, ended } = await gateway({ urls: [url] });
    const caller = await rawCaller(port, get('/orders'));
    await caller.sees('xxx');
    caller.socket.destroy();
    await isClosed;
    expect((await ended(1)).status).to.equal(200);
    expect(upstream.state().open).to.equal(0);
    expect(lines.filter(({ msg }) => msg === 'answer of a service broke off')).to.deep.equal([]);
  });

  it('hangs up while its request waits behind another one cancels that, too', async () => {
    const { server, url } = await httpService((req) => req.resume());
    const both = (async () => [await once(server, 'request'), await once(server, 'request')])();
    const { port, ended } = await gateway({ urls: [url] });
    const caller = await rawCaller(port, get('/orders/1') + get('/orders/2'));
    const all = (await both) as [IncomingMessage, ServerResponse][];
    caller.socket.destroy();
    await Promise.all(all.map(([, res]) => closing(res)));
    expect((await ended(2)).status).to.equal(499);
  });

  it('stops sending its body is told so', async () => {
    const { url } = await silentService();
    const { port, ended } = await gateway({ urls: [url], operation: { idleMs: 100 } });
    const caller = await rawCaller(port, `POST /orders HTTP/1.1\r\n${HOST}\r\nContent-Length: 200\r\n\r\nab`);
    await caller.sees(/408 Request Timeout[^]*Connection: close[^]*request_timeout/i);
    expect(await ended(1)).to.deep.equal({ status: 408, code: 'request_timeout', isOutcomeUnknown: false });
    caller.socket.destroy();
  });

  it('sends its body byte by byte is told so, and the place at the service is free', async () => {
    const { url } = await silentService();
    // No gap is near the longest one that is allowed; sent whole, the body would take ten times as long.
    const { port, ended, upstream } = await gateway({ urls: [url], operation: { idleMs: 2_000 } });
    const caller = await rawCaller(port, `POST /orders HTTP/1.1\r\n${HOST}\r\nContent-Length: 1000\r\n\r\n`);
    const drip = setInterval(() => caller.socket.write('x'), 20);
    await caller.sees(/408 Request Timeout[^]*request_timeout/i);
    clearInterval(drip);
    expect(await ended(1)).to.deep.equal({ status: 408, code: 'request_timeout', isOutcomeUnknown: false });
    expect(upstream.state().open).to.equal(0);
    caller.socket.destroy();
  });

  it('waits for a slow service to take its body has time', async () => {
    const { url } = await httpService((req, res) => {
      req.pause();
      // Longer than the caller itself may take.
      setTimeout(() => req.resume().once('end', () => res.end('all')), 600);
    });
    const { url: at } = await gateway({ urls: [url], operation: { idleMs: 300, maxBytes: 64 * MIB } });
    const answer = await fetch(`${at}/orders`, { method: 'POST', body: Buffer.alloc(16 * MIB) });
    expect([answer.status, await answer.text()]).to.deep.equal([200, 'all']);
  });

  it('does not read its answer is disconnected, after the service has waited', async () => {
    const { url } = await httpService((_req, res) => void res.end(Buffer.alloc(64 * MIB)));
    const { port, upstream, lines } = await gateway({ urls: [url], operation: { idleMs: 200 } });
    const caller = await rawCaller(port);
    caller.socket.pause();
    caller.socket.write(get('/orders'));
    while (!lines.some(({ reason }) => reason === 'not_read')) await new Promise(setImmediate);
    caller.socket.resume();
    // libuv may report a reset that comes with data as an end.
    await caller.ended;
    expect(caller.text().length).to.be.lessThan(64 * MIB);
    while (upstream.state().open > 0) await new Promise(setImmediate);
  });

  it('reads slowly makes the service wait: its answer does not collect in memory', async () => {
    let written = 0;
    const total = 256 * MIB;
    const piece = Buffer.alloc(MIB);
    const { url } = await httpService((_req, res) => {
      const fill = () => {
        while (written < total) {
          written += piece.length;
          if (!res.write(piece)) return void res.once('drain', fill);
        }
        res.end();
      };
      fill();
    });
    const { port } = await gateway({ urls: [url] });
    const caller = await rawCaller(port);
    caller.socket.removeAllListeners('data').pause();
    caller.socket.write(get('/orders', 'Connection: close'));
    // The service has stopped writing when its count does not change any more while all else may go on.
    for (let before = -1, quiet = 0; quiet < 50; quiet = before === written && written > 0 ? quiet + 1 : 0) {
      before = written;
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
    expect(written).to.be.lessThan(total / 4);
    let read = 0;
    caller.socket.on('data', (chunk) => (read += chunk.length)).resume();
    expect(await caller.ended).to.equal('end');
    expect(read).to.be.greaterThan(total);
  });

  it('sends faster than the service reads has to wait, too', async () => {
    const total = 256 * MIB;
    let received = 0;
    const { url, server } = await httpService((req, res) => {
      req.on('end', () => res.end('done')).pause();
      req.on('data', (chunk: Buffer) => (received += chunk.length)).pause();
    });
    const arrived = once(server, 'request') as Promise<[IncomingMessage]>;
    const { port } = await gateway({ urls: [url], operation: { maxBytes: total } });
    const caller = await rawCaller(
      port,
      `POST /orders HTTP/1.1\r\n${HOST}\r\nContent-Length: ${total}\r\n\r\n`,
    );
    const piece = Buffer.alloc(MIB);
    let sent = 0;
    const more = () => {
      while (sent < total) {
        sent += piece.length;
        if (!caller.socket.write(piece)) return void caller.socket.once('drain', more);
      }
    };
    more();
    const [req] = await arrived;
    for (let before = -1, quiet = 0; quiet < 50; quiet = before === sent ? quiet + 1 : 0) {
      before = sent;
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
    expect(sent).to.be.lessThan(total / 4);
    req.resume();
    await caller.sees('done');
    expect(received).to.equal(total);
    caller.socket.destroy();
  });
});
