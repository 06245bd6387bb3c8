/**
 * The way of one worker to Redis, with a gate in it: everything passes until a command that a test waits for, and from then on
 * nothing, so that a process can be killed at exactly that point. The bytes are those of the real thing on both sides.
 */
import { connect, createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import { once } from 'node:events';

export interface RedisGate {
  url: string;
  /**
   * Holds all commands from the first that matches on.
   * @param pass whether that one is let through
   * @returns resolves when they are held
   */
  holdAt(command: RegExp, pass: boolean): Promise<void>;
  /** Lets everything through again; what was held is lost with the process or the server that was killed. */
  open(): void;
  close(): Promise<void>;
}

export async function openGate(redisUrl: string): Promise<RedisGate> {
  const { hostname, port } = new URL(redisUrl);
  let waiting: { command: RegExp; pass: boolean; held: () => void } | undefined;
  let isHeld = false;
  const sockets = new Set<Socket>();

  /** @returns how much of the chunk goes through now */
  function passes(chunk: string): boolean {
    if (isHeld) return false;
    if (!waiting?.command.test(chunk)) return true;
    const { pass, held } = waiting;
    isHeld = true;
    waiting = undefined;
    held();
    return pass;
  }

  const server = createServer((client) => {
    const upstream = connect(Number(port), hostname);
    for (const socket of [client, upstream]) {
      sockets.add(socket.setNoDelay());
      socket.on('error', () => undefined);
      socket.on('close', () => {
        sockets.delete(socket);
        client.destroy();
        upstream.destroy();
      });
    }
    upstream.pipe(client);
    client.on('data', (chunk) => {
      if (passes(chunk.toString('latin1'))) upstream.write(chunk);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `redis://127.0.0.1:${(server.address() as AddressInfo).port}`,
    holdAt: (command, pass) =>
      new Promise<void>((held) => {
        waiting = { command, pass, held };
      }),
    open: () => {
      isHeld = false;
      waiting = undefined;
    },
    close: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
