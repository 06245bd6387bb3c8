/**
 * What the gateway and its baselines stand in front of: 200 bytes at `/orders`, as many bytes as are asked for at
 * `/export?bytes=`, a body of any length at `/import`, and WebSocket connections on which nothing is said.
 */
import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { sendBytes } from '../gateway/send-bytes.ts';

const body = Buffer.from(process.env['BENCH_BODY']!);
const SMALL = ['Content-Type', 'application/json', 'Content-Length', String(body.length)];
/** RFC 6455 section 1.3. */
const WEB_SOCKET = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';

function answer(req: IncomingMessage, res: ServerResponse): void {
  if (req.url?.startsWith('/export')) return exportBytes(req.url, res);
  if (req.url?.startsWith('/import')) return importBytes(req, res);
  res.writeHead(200, SMALL).end(body);
}

function exportBytes(url: string, res: ServerResponse): void {
  const bytes = Number(new URL(url, 'http://service').searchParams.get('bytes'));
  res.writeHead(200, { 'Content-Type': 'application/octet-stream', 'Content-Length': bytes });
  sendBytes(res, bytes);
}

function importBytes(req: IncomingMessage, res: ServerResponse): void {
  let bytes = 0;
  req.on('data', (chunk: Buffer) => (bytes += chunk.length));
  req.on('end', () =>
    res.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify({ bytes })),
  );
}

const server = createServer(answer);
server.on('upgrade', ({ headers }: IncomingMessage, socket: Duplex) => {
  const accept = createHash('sha1')
    .update(headers['sec-websocket-key']! + WEB_SOCKET)
    .digest('base64');
  const fields = `Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Accept: ${accept}\r\n`;
  socket.on('error', () => undefined).resume();
  socket.write(`HTTP/1.1 101 Switching Protocols\r\n${fields}\r\n`);
});
server.listen({ port: 0, host: 'localhost', backlog: 4_096 }, () => {
  process.send?.({ type: 'ready', url: `http://localhost:${(server.address() as AddressInfo).port}` });
});
process.on('SIGTERM', () => process.exit(0));
