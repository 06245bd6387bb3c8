/** Where the API listens. `localhost` leads to IPv4 or IPv6, as the caller's system likes: then it is both. */
import type { Server } from 'node:http';
import { createServer, type Server as NetServer, type Socket } from 'node:net';
import { isRecord } from '../contract/json-structure.ts';

const IPV4 = '127.0.0.1';
const IPV6 = '::1';
/** With port 0 the second address has to take the first one's port, which somebody else may have there. */
const ATTEMPTS = 20;

export interface Listening {
  port: number;
  /** Takes no connection any more. Resolves when those that there are have ended. */
  close(): Promise<void>;
}

/**
 * No request comes before the caller of this has gone on: whoever connects sooner waits.
 * @param port 0: any free one
 */
export async function listen(server: Server, host: string, port: number): Promise<Listening> {
  if (host !== 'localhost') {
    await listensAt(server, host, port);
    return { port: portOf(server), close: () => closed(server) };
  }
  for (let attempt = 1; ; attempt += 1) {
    // The server itself last: from then on requests come.
    const other = forwarding(server);
    try {
      const hasOther = await listensAt(other.server, IPV6, port).then(() => true, unlessLacking);
      const chosen = hasOther ? portOf(other.server) : port;
      const hasOwn = await listensAt(server, IPV4, chosen).then(() => true, unlessLacking);
      if (!hasOwn) {
        await other.close();
        return await listen(server, IPV6, chosen);
      }
      other.open();
      return {
        port: portOf(server),
        close: async () => void (await Promise.all([closed(server), other.close()])),
      };
    } catch (error) {
      await other.close();
      const isTaken = isRecord(error) && error['code'] === 'EADDRINUSE';
      if (!isTaken || port !== 0 || attempt === ATTEMPTS) throw error;
    }
  }
}

/** Hands its connections to an HTTP server, with whose own they then share timeouts and end. Half open, as that one's are. */
function forwarding(to: Server) {
  const early = new Set<Socket>();
  let isOpen = false;
  const forward = (socket: Socket) => {
    to.emit('connection', socket);
    socket.resume();
  };
  // What they send lies with the system until somebody reads it.
  const server = createServer({ allowHalfOpen: true, noDelay: true, pauseOnConnect: true }, (socket) => {
    if (isOpen) forward(socket);
    else early.add(socket);
  });
  return {
    server,
    open() {
      isOpen = true;
      early.forEach(forward);
    },
    close() {
      if (!isOpen) for (const socket of early) socket.destroy();
      return closed(server);
    },
  };
}

/** This machine does not have every address. */
function unlessLacking(error: NodeJS.ErrnoException): false {
  if (error.code === 'EADDRNOTAVAIL' || error.code === 'EAFNOSUPPORT') return false;
  throw error;
}

function listensAt(server: NetServer, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject).listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

function portOf(server: NetServer): number {
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

const closed = (server: NetServer) => new Promise<void>((resolve) => void server.close(() => resolve()));
