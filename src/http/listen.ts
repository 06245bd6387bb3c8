/** Binds the API's server. `localhost` resolves to IPv4 or IPv6 depending on the client's system, so both are bound. */
import { isRecord } from '../json.ts';
import type { Server } from 'node:http';
import { createServer, type Server as NetServer, type Socket } from 'node:net';

const IPV4 = '127.0.0.1';
const IPV6 = '::1';
/** With port 0, the second address must use the port chosen for the first, which may be taken there. */
const ATTEMPTS = 20;

export interface Listening {
  port: number;
  /** Stops accepting connections. Resolves when the open ones have ended. */
  close(): Promise<void>;
}

/**
 * Requests that arrive before this resolves are held until the caller continues.
 * @param port 0: any free port
 */
export async function listen(server: Server, host: string, port: number): Promise<Listening> {
  if (host !== 'localhost') {
    await listensAt(server, host, port);
    return { port: portOf(server), close: () => closed(server) };
  }
  for (let attempt = 1; ; attempt += 1) {
    // Bind the HTTP server last: it accepts requests from then on.
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

/**
 * Passes its connections to an HTTP server, which applies its timeouts and shutdown to them. Half-open, as an HTTP
 * server's are.
 */
function forwarding(to: Server) {
  const early = new Set<Socket>();
  let isOpen = false;
  const forward = (socket: Socket) => {
    to.emit('connection', socket);
    socket.resume();
  };
  // The kernel buffers what they send until the socket is read.
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

/** The machine lacks this address family. */
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
