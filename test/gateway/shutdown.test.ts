/** An API process that is told to stop, with connections open that would outlast it. */
import { expect } from 'chai';
import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { apiKey } from '../support/callers.ts';
import { WORLD_MS } from '../support/world.ts';
import { rawCaller } from '../http/gateway/raw-caller.ts';
import { ordersDeployment, type OrdersDeployment } from './orders-deployment.ts';

const KEY = 'dGhlIHNhbXBsZSBub25jZQ==';
const ACCEPT = createHash('sha1').update(`${KEY}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest('base64');

describe('an API process that stops', () => {
  let own: OrdersDeployment;
  before(async function () {
    this.timeout(WORLD_MS);
    own = await ordersDeployment({
      services: (services) =>
        services
          .replace(/getOrder: \{/, 'getOrder: { websocket: true,')
          .replace('idleTimeout: 500ms', 'idleTimeout: 2m'),
    });
  });
  after(() => own.end());

  it('says so on WebSockets, ends event streams whole, lets others end, and exits by itself', async () => {
    const { server } = own.service;
    server.on('upgrade', (_req: IncomingMessage, socket: Socket) => {
      socket
        .on('error', () => undefined)
        .once('end', () => socket.end())
        .resume();
      const fields = `Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Accept: ${ACCEPT}`;
      socket.write(`HTTP/1.1 101 Switching Protocols\r\n${fields}\r\n\r\n\x81\x02hi`, 'latin1');
    });
    let report: ServerResponse | undefined;
    own.service.answerBy((req, res) => {
      if (req.url === '/orders/export') {
        report = res.writeHead(200, { 'content-type': 'text/csv' });
        report.write('a,b\n');
      } else res.writeHead(200, { 'content-type': 'text/event-stream' }).write('data: 1\n\n');
    });
    const third = await own.startApi('api-3', { PORT: '0', HOST: '127.0.0.1', STOP_DELAY_SECONDS: '0' });
    const port = Number(new URL(third.url).port);
    const as = await apiKey('acme');
    const open = (path: string, ...lines: string[]) =>
      rawCaller(
        port,
        `${[`GET ${path} HTTP/1.1`, 'Host: localhost', `Authorization: ${as}`, ...lines].join('\r\n')}\r\n\r\n`,
      );
    const [upgrade, version] = ['Connection: Upgrade', 'Sec-WebSocket-Version: 13'];
    const webSocket = await open(
      '/orders/orders/7',
      upgrade,
      'Upgrade: websocket',
      version,
      `Sec-WebSocket-Key: ${KEY}`,
    );
    const events = await open('/orders/orders');
    const stream = await open('/orders/orders/export');
    await webSocket.sees('hi');
    await events.sees('data: 1\n\n');
    await stream.sees('a,b\n');

    process.kill(third.pid, 'SIGTERM');
    await webSocket.sees('\x88\x0a\x03\xe9stopping');
    await events.sees(/data: 1\n\n\r\n0\r\n\r\n$/);
    report!.end('1,2\n');
    await stream.sees(/1,2\n\r\n0\r\n\r\n$/);
    expect(await Promise.all([webSocket.ended, events.ended, stream.ended])).to.deep.equal([
      'end',
      'end',
      'end',
    ]);
    await third.ended;
    expect(third.exitCode()).to.equal(0);
  });

  it('exits by itself, too, when a stream has no end', async () => {
    own.service.answerBy((_, res) => res.writeHead(200, { 'content-type': 'text/csv' }).write('a,b\n'));
    const fourth = await own.startApi('api-4', { PORT: '0', HOST: '127.0.0.1', STOP_DELAY_SECONDS: '0' });
    const fields = `Host: localhost\r\nAuthorization: ${await apiKey('acme')}`;
    const stream = await rawCaller(
      Number(new URL(fourth.url).port),
      `GET /orders/orders/export HTTP/1.1\r\n${fields}\r\n\r\n`,
    );
    await stream.sees('a,b\n');
    process.kill(fourth.pid, 'SIGTERM');
    expect(await stream.ended).to.equal('reset');
    await fourth.ended;
    expect(fourth.exitCode()).to.equal(0);
  });
});
