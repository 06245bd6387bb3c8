/** Requests to switch to WebSocket (RFC 6455) go through the same pipeline as all others. */
import { ServerResponse, type IncomingMessage, type Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { Socket } from 'node:net';
import type { AnswersOf } from '../answers-under-way.ts';
import { whenOver } from '../streams/when-over.ts';

/** Those that may be switched. */
const upgrades = new WeakSet<IncomingMessage>();

export const isUpgrade = (req: IncomingMessage): boolean => upgrades.has(req);

/** Once somebody listens, Node takes every request with `Upgrade` for one that is not HTTP any more. */
export function acceptUpgrades(
  server: Server,
  answersOf: AnswersOf,
  answer: (req: IncomingMessage, res: ServerResponse) => unknown,
): void {
  server.on('upgrade', (req: IncomingMessage, socket: Duplex, head: Buffer) => {
    if (!(socket instanceof Socket)) return void socket.destroy();
    // Node has detached its own listener: without one here, a socket error would end the process.
    socket.on('error', destroyed);
    const goOn = () => {
      if (socket.destroyed) return;
      if (!isWebSocket(req)) return asPlainRequest(server, req, socket, head);
      upgrade(req, socket, head, answer);
    };
    const before = answersOf(socket).latest;
    // Answers leave in the order of their requests (pipelining); a connection has one at a time.
    if (before && !before.closed) whenOver({ req, res: before }, goOn);
    else goOn();
  });
}

function destroyed(this: Duplex): void {
  this.destroy();
}

function upgrade(
  req: IncomingMessage,
  socket: Socket,
  head: Buffer,
  answer: (req: IncomingMessage, res: ServerResponse) => unknown,
): void {
  // Of the answer before, while no other request was expected.
  socket.setTimeout(0);
  if (head.length > 0) socket.unshift(head);
  upgrades.add(req);
  const res = new ServerResponse(req);
  res.assignSocket(socket);
  // Node has detached the listener that tells an answer of it, and a long one would wait forever.
  socket.on('drain', () => res.emit('drain'));
  // Nobody reads further requests from this connection.
  res.shouldKeepAlive = false;
  res.once('finish', () => socket.destroySoon());
  void answer(req, res);
}

function isWebSocket({ method, headers }: IncomingMessage): boolean {
  const hasBody = headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
  return method === 'GET' && !hasBody && headers.upgrade?.trim().toLowerCase() === 'websocket';
}

/**
 * RFC 9110 section 7.8: a server may ignore `Upgrade`. Java's client asks for HTTP/2 with each first request, whatever it
 * sends; Node can ignore it only as long as nobody listens, so the request is read once more, without that field.
 */
function asPlainRequest(server: Server, req: IncomingMessage, socket: Socket, head: Buffer): void {
  const lines = [`${req.method} ${req.url} HTTP/${req.httpVersion}`];
  for (let i = 0; i < req.rawHeaders.length; i += 2) {
    const name = req.rawHeaders[i]!;
    const value = req.rawHeaders[i + 1]!;
    if (/^upgrade$/i.test(name)) continue;
    lines.push(`${name}: ${/^connection$/i.test(name) ? withoutUpgrade(value) : value}`);
  }
  const text = Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1');
  socket.off('error', destroyed);
  socket.unshift(Buffer.concat([text, head]));
  server.emit('connection', socket);
  socket.resume();
}

const withoutUpgrade = (connection: string): string =>
  connection
    .split(',')
    .filter((option) => option.trim().toLowerCase() !== 'upgrade')
    .join(',');
