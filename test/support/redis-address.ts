/** An address of Redis that is none of a server's own. */
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

export interface RedisAddress {
  url: string;
  /** @param next port of the server that new connections are led to */
  leadTo(next: number): void;
  close(): void;
}

/** One address that leads to one server or another, as that of a managed Redis does. */
export async function redisAddress(port: number): Promise<RedisAddress> {
  let current = port;
  const sockets = new Set<Socket>();
  const server: Server = createServer((client) => {
    const upstream = connect(current, '127.0.0.1');
    for (const [one, other] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      sockets.add(one.setNoDelay());
      one.on('error', () => other.destroy()).on('close', () => other.destroy());
      one.pipe(other);
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `redis://127.0.0.1:${(server.address() as AddressInfo).port}`,
    // Connections that are there stay where they are.
    leadTo: (next) => void (current = next),
    close: () => {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}
