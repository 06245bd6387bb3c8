/** Where the API listens. `localhost` leads to IPv4 or IPv6, as the caller's system likes: then it is both. */
import type { Server } from 'node:http';
import { createServer } from 'node:net';
import type { AddressInfo, Server as NetServer } from 'node:net';

const LOOPBACK = ['127.0.0.1', '::1'] as const;
/** With port 0 the second address has to take the first one's port, which somebody else may have there. */
const ATTEMPTS = 20;

export interface Listening {
  port: number;
  /** Takes no connection any more. Resolves when those that there are have ended. */
  close(): Promise<void>;
}

/** @param port 0: any free one */
export async function listen(server: Server, host: string, port: number): Promise<Listening> {
  const hosts = host === 'localhost' ? LOOPBACK : [host];
  for (let attempt = 1; ; attempt += 1) {
    const listening: NetServer[] = [];
    const close = async () => void (await Promise.all(listening.map(closed)));
    try {
      let chosen = port;
      for (const one of hosts) {
        const next = listening.length === 0 ? server : forwarding(server);
        if (!(await listensAt(next, one, chosen, hosts.length > 1))) continue;
        listening.push(next);
        chosen = (next.address() as AddressInfo).port;
      }
      if (listening.length === 0) throw new Error(`there is no address ${hosts.join(' or ')} here`);
      return { port: chosen, close };
    } catch (error) {
      await close();
      const isTaken = (error as NodeJS.ErrnoException).code === 'EADDRINUSE';
      if (!isTaken || port !== 0 || attempt === ATTEMPTS) throw error;
    }
  }
}

/** Hands its connections to an HTTP server, with whose own they then share timeouts and end. Half open, as that one's are. */
function forwarding(server: Server): NetServer {
  return createServer(
    { allowHalfOpen: true, noDelay: true },
    (socket) => void server.emit('connection', socket),
  );
}

/** @returns false where it is one of several addresses, and this machine does not have it */
function listensAt(server: NetServer, host: string, port: number, mayLack: boolean): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const fail = (error: NodeJS.ErrnoException) => {
      const isLacking = error.code === 'EADDRNOTAVAIL' || error.code === 'EAFNOSUPPORT';
      if (mayLack && isLacking) resolve(false);
      else reject(error);
    };
    server.once('error', fail).listen(port, host, () => {
      server.off('error', fail);
      resolve(true);
    });
  });
}

const closed = (server: NetServer) => new Promise<void>((resolve) => void server.close(() => resolve()));
