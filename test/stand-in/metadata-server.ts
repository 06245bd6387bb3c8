/** A host of documents on this machine, as an application's own site is one. */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';

export type Answer = (request: IncomingMessage, response: ServerResponse) => void;

export interface MetadataServer {
  /** Without a slash at its end. */
  origin: string;
  /** By path; others are not there. */
  answers: Map<string, Answer>;
  /** How often each path was asked for. */
  hits: Map<string, number>;
  close(): Promise<void>;
}

/** @param tls for https; whoever fetches from there has to trust the certificate */
export async function serveMetadata(
  host = 'localhost',
  tls?: { key: string; cert: string },
): Promise<MetadataServer> {
  const answers = new Map<string, Answer>();
  const hits = new Map<string, number>();
  const answerAll: Answer = (request, response) => {
    const [path = ''] = (request.url ?? '').split('?');
    hits.set(path, (hits.get(path) ?? 0) + 1);
    const answer = answers.get(path);
    if (answer) answer(request, response);
    else response.writeHead(404).end();
  };
  const server = tls ? createSecureServer(tls, answerAll) : createServer(answerAll);
  server.listen(0, host);
  await once(server, 'listening');
  return {
    origin: `${tls ? 'https' : 'http'}://localhost:${(server.address() as AddressInfo).port}`,
    answers,
    hits,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

export function json(document: unknown, headers: Record<string, string> = {}): Answer {
  return (_request, response) =>
    response.writeHead(200, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(document));
}
