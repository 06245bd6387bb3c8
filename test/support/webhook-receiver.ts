/** An endpoint of a tenant's, over real HTTP: what came, and what is answered to it. */
import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Received {
  path: string;
  headers: Record<string, string>;
  body: string;
  /** Parsed. */
  message: {
    type: string;
    timestamp: string;
    data: Record<string, unknown> & { id: string; target: string };
  };
  /** What was answered, once it was. */
  status: () => number | undefined;
  /** Whether whoever sent it still waits. */
  isOpen: () => boolean;
}

/** What an endpoint answers to the challenge that it is sent. */
export type Agreement = (challenge: string, received: Received, response: ServerResponse) => void;

export const agree: Agreement = (challenge, _, response) =>
  void response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ challenge }));

export interface Receiver {
  url: string;
  /** Without what asks whether it agrees. */
  received: Received[];
  /** What asked whether it agrees; it does, unless a test says otherwise. */
  verifications: Received[];
  /** How it answers that from now on. */
  agreement(how: Agreement): void;
  /** How it answers from now on; a number is a status. */
  answer(how: number | ((received: Received, response: ServerResponse) => void)): void;
  /** Ids of the events that it took in, in the order in which it did. */
  taken(): string[];
  close(): Promise<void>;
}

export async function startReceiver(): Promise<Receiver> {
  const received: Received[] = [];
  const verifications: Received[] = [];
  let agreement = agree;
  let answer: (received: Received, response: ServerResponse) => void = (_, response) =>
    void response.writeHead(204).end();
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks).toString();
      const one: Received = {
        path: request.url!,
        headers: request.headers as Record<string, string>,
        body,
        message: body === '' ? undefined! : (JSON.parse(body) as Received['message']),
        isOpen: () => !response.destroyed,
        status: () => (response.headersSent ? response.statusCode : undefined),
      };
      if (one.message?.type === 'webhook.verification') {
        verifications.push(one);
        agreement(one.message.data['challenge'] as string, one, response);
      } else {
        received.push(one);
        answer(one, response);
      }
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`,
    received,
    verifications,
    agreement(how) {
      agreement = how;
    },
    answer(how) {
      answer = typeof how === 'number' ? (_, response) => void response.writeHead(how).end() : how;
    },
    taken: () =>
      received.filter((one) => (one.status() ?? 500) < 300).map(({ headers }) => headers['webhook-id']!),
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
