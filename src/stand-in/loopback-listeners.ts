import { createServer, type RequestListener, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';

const ADDRESSES = ['127.0.0.1', '::1'];
/** With port 0 the second address needs the first one's port, which another program may use there. */
const ATTEMPTS = 20;

/** PEM. */
export interface Tls {
  key: string;
  cert: string;
}

export interface Listeners {
  port: number;
  /** Finishes pending requests; `atOnce`: cuts them off. */
  close(atOnce?: boolean): Promise<void>;
}

/** Listens on the loopback addresses, IPv4 and (if available) IPv6, and nowhere else. */
export async function listenOnLoopback(
  port: number,
  handler: RequestListener,
  tls?: Tls,
): Promise<Listeners> {
  for (let attempt = 1; ; attempt += 1) {
    const servers: Server[] = [];
    try {
      let chosen = port;
      for (const address of ADDRESSES) {
        const server = await listen(chosen, address, handler, tls);
        if (!server) continue;
        servers.push(server);
        chosen = (server.address() as AddressInfo).port;
      }
      return {
        port: chosen,
        close: async (atOnce) => void (await Promise.all(servers.map((server) => stop(server, atOnce)))),
      };
    } catch (error) {
      await Promise.all(servers.map((server) => stop(server)));
      if (port !== 0 || attempt === ATTEMPTS) throw error;
    }
  }
}

/** @returns undefined if this machine lacks the address */
async function listen(
  port: number,
  host: string,
  handler: RequestListener,
  tls: Tls | undefined,
): Promise<Server | undefined> {
  const server = tls ? createTlsServer(tls, handler) : createServer(handler);
  // Longer than the idle timeout of clients, so that none reuses a connection that is just being closed.
  server.keepAliveTimeout = 65_000;
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (host !== ADDRESSES[0] && (error.code === 'EADDRNOTAVAIL' || error.code === 'EAFNOSUPPORT'))
        resolve(undefined);
      else reject(error);
    });
    server.listen({ port, host, exclusive: true }, () => resolve(server));
  });
}

/** Finishes pending requests, but does not wait for idle connections. */
async function stop(server: Server, atOnce = false): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  if (atOnce) server.closeAllConnections();
  else server.closeIdleConnections();
  const impatient = setTimeout(() => server.closeAllConnections(), 2_000);
  await closed;
  clearTimeout(impatient);
}
