/**
 * The way of one worker to Redis, with a gate in it: everything passes until a command that a test waits for, and from then on
 * nothing, so that a process can be killed at exactly that point. The bytes are those of the real thing on both sides.
 */
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { once } from 'node:events';

type Pass = boolean | 'unanswered';

export interface RedisGate {
  url: string;
  /**
   * Holds all commands from the first that matches on.
   * @param pass whether that one is let through; `unanswered`: it is done, and its answer is kept back
   * @returns resolves when they are held
   */
  holdAt(command: RegExp, pass: Pass): Promise<void>;
  /** Lets everything through again; what was held is lost with the process or the server that was killed. */
  open(): void;
  /** As `open`, and every connection is lost: what was held never comes, and what was not answered is not answered any more. */
  cut(): void;
  close(): Promise<void>;
}

export async function openGate(redisUrl: string): Promise<RedisGate> {
  const { hostname, port } = new URL(redisUrl);
  let waiting: { command: RegExp; pass: Pass; held: () => void } | undefined;
  let isHeld = false;
  /** Of the one connection whose answers are kept back; called with the first. */
  let unanswered: { upstream: Socket; done: () => void } | undefined;
  const sockets = new Set<Socket>();

  /** @returns whether the chunk goes through now */
  function passes(chunk: string, upstream: Socket): boolean {
    if (isHeld) return false;
    if (!waiting?.command.test(chunk)) return true;
    const { pass, held } = waiting;
    isHeld = true;
    waiting = undefined;
    if (pass === 'unanswered') unanswered = { upstream, done: held };
    else held();
    return pass !== false;
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
    upstream.on('data', (chunk) => {
      if (unanswered?.upstream === upstream) unanswered.done();
      else client.write(chunk);
    });
    client.on('data', (chunk) => {
      if (passes(chunk.toString('latin1'), upstream)) upstream.write(chunk);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const open = () => {
    isHeld = false;
    waiting = undefined;
    unanswered = undefined;
  };
  return {
    url: `redis://127.0.0.1:${(server.address() as AddressInfo).port}`,
    holdAt: (command, pass) =>
      new Promise<void>((held) => {
        waiting = { command, pass, held };
      }),
    open,
    cut: () => {
      open();
      for (const socket of sockets) socket.destroy();
    },
    close: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
