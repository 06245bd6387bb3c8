/** A service in this process that records what arrives and answers as a test says. */
import { once } from 'node:events';
import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Arrived {
  method: string;
  url: string;
  headers: IncomingMessage['headers'];
  rawHeaders: string[];
  body: string;
}

export interface AService {
  url: string;
  arrived: Arrived[];
  /** What answers the next requests; 200 with what arrived when left out. */
  answerBy(listener?: RequestListener): void;
  server: Server;
  close(): Promise<void>;
}

export async function aService(): Promise<AService> {
  const arrived: Arrived[] = [];
  let own: RequestListener | undefined;
  const server = createServer((req, res) => {
    void collect(req).then((body) => {
      const { method = '', url = '', headers, rawHeaders } = req;
      arrived.push({ method, url, headers, rawHeaders, body });
      if (own) own(req, res);
      else answer(res, { method, url, body });
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    arrived,
    answerBy: (listener) => (own = listener),
    server,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

function answer(res: ServerResponse, body: object): void {
  res.setHeader('content-type', 'application/json');
  res.end(JSON.stringify(body));
}

async function collect(req: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of req) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}
