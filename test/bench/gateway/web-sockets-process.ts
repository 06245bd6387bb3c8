/**
 * Holds many WebSocket connections: opens those of its task (the environment's BENCH_TASK), reports that it is ready, and
 * when all were closed by the other side prints when the first and the last were (ms since 1970).
 */
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

export interface WebSocketsTask {
  /** In turn. */
  urls: readonly string[];
  authorization: string;
  connections: number;
}

export interface WebSocketsOutcome {
  firstClosedAt: number;
  lastClosedAt: number;
}

const AT_ONCE = 50;

const { urls, authorization, connections } = JSON.parse(process.env['BENCH_TASK']!) as WebSocketsTask;
const closedAt: number[] = [];
const sockets: Socket[] = [];

async function open(url: string): Promise<void> {
  const { hostname, port, host, pathname } = new URL(url);
  const socket = connect(Number(port), hostname);
  await once(socket, 'connect');
  const fields = [
    `Host: ${host}`,
    'Connection: Upgrade',
    'Upgrade: websocket',
    'Sec-WebSocket-Version: 13',
    `Sec-WebSocket-Key: ${randomBytes(16).toString('base64')}`,
    `Authorization: ${authorization}`,
  ];
  socket.write(`GET ${pathname} HTTP/1.1\r\n${fields.join('\r\n')}\r\n\r\n`);
  const [head] = (await once(socket, 'data')) as [Buffer];
  if (!head.toString('latin1').startsWith('HTTP/1.1 101')) throw new Error(head.toString('latin1'));
  sockets.push(socket);
  socket.on('error', () => undefined).resume();
  socket.once('close', () => closedAt.push(Date.now()));
}

for (let opened = 0; opened < connections; opened += AT_ONCE)
  await Promise.all(
    Array.from({ length: Math.min(AT_ONCE, connections - opened) }, (_, i) =>
      open(urls[(opened + i) % urls.length]!),
    ),
  );
const all = Promise.all(sockets.map((socket) => once(socket, 'close')));
process.send?.({ type: 'ready' });
await all;
const outcome: WebSocketsOutcome = {
  firstClosedAt: Math.min(...closedAt),
  lastClosedAt: Math.max(...closedAt),
};
console.log(JSON.stringify(outcome));
process.exit(0);
