/** Servers that a service could be: well-behaved ones, and those that write bytes of their own. */
import { once } from 'node:events';
import {
  createServer as createHttp,
  type IncomingMessage,
  type RequestListener,
  type Server as HttpServer,
  type ServerResponse,
} from 'node:http';
import { createServer as createHttps, type ServerOptions } from 'node:https';
import { createServer as createTcp, type AddressInfo, type Server, type Socket } from 'node:net';
import type { Service } from '../../src/gateway/service.ts';

export interface RunningService {
  url: string;
  port: number;
  server: HttpServer | Server;
  close: () => Promise<void>;
}

const running = new Set<RunningService>();

/** For `afterEach`: ends all servers of this file, with their connections. */
export async function closeServices(): Promise<void> {
  await Promise.all(Array.from(running, (one) => one.close()));
}

export const httpService = (answer: RequestListener): Promise<RunningService> =>
  listening(createHttp(answer));

export const httpsService = (tls: ServerOptions, answer: RequestListener): Promise<RunningService> =>
  listening(createHttps(tls, answer), 'https');

/** @param onRequest gets each head that arrives, as text */
export function rawService(onRequest: (socket: Socket, head: string) => void): Promise<RunningService> {
  const server = createTcp((socket) => {
    let text = '';
    socket.on('error', () => undefined);
    socket.on('data', (chunk) => {
      text += chunk.toString('latin1');
      for (let end = text.indexOf('\r\n\r\n'); end >= 0; end = text.indexOf('\r\n\r\n')) {
        const head = text.slice(0, end);
        text = text.slice(end + 4);
        if (/^[A-Z]+ \S+ HTTP/.test(head)) onRequest(socket, head);
      }
    });
  });
  return listening(server);
}

/** Unlike `once`, also after an error, and when it is closed already. */
export const closing = (one: IncomingMessage | ServerResponse | Socket): Promise<void> =>
  new Promise((resolve) => void (one.closed ? resolve() : one.once('close', resolve)));

/** A port that nobody listens at. */
export async function closedPort(): Promise<number> {
  const { port, close } = await listening(createTcp());
  await close();
  return port;
}

async function listening(server: HttpServer | Server, scheme = 'http'): Promise<RunningService> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const service = {
    url: `${scheme}://127.0.0.1:${port}`,
    port,
    server,
    async close() {
      running.delete(service);
      if (!server.listening) return;
      const closed = once(server, 'close');
      server.close();
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
  running.add(service);
  return service;
}

export function aService(own: Partial<Service> = {}): Service {
  return {
    name: 'orders',
    urls: ['http://127.0.0.1:1'],
    prefix: '/orders',
    stripsPrefix: true,
    ca: undefined,
    answers: 'off',
    cookies: false,
    plainFields: false,
    scopes: new Set(['read:orders', 'write:orders']),
    concurrency: 20,
    connectMs: 2_000,
    ...own,
  };
}
