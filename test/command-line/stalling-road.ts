/** A road to the API on which an upload can be made to stop half way: bodies go on up to a byte, and then nothing moves. */
import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';

export interface StallingRoad {
  url: string;
  /** Bodies stop after so many bytes; undefined: they go through. */
  stallAfter: number | undefined;
  /** Whoever comes is hung up on. */
  isDown: boolean;
  /** Hangs up on whoever is there. */
  cut(): void;
  /** Every POST: its `Idempotency-Key`, and how it was answered if it was. */
  posts: { key: string | undefined; encoding: string | undefined; status?: number }[];
  untilStalled(): Promise<void>;
  close(): Promise<void>;
}

export async function stallingRoad(api: string): Promise<StallingRoad> {
  let tellStalled = () => {};
  const stalled = new Promise<void>((resolve) => (tellStalled = resolve));
  const server = createServer((incoming, answer) => pass(incoming, answer));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const road: StallingRoad = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stallAfter: undefined,
    isDown: false,
    posts: [],
    untilStalled: () => stalled,
    cut: () => server.closeAllConnections(),
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };

  function pass(incoming: IncomingMessage, answer: ServerResponse): void {
    if (road.isDown) {
      incoming.destroy();
      return;
    }
    const post: StallingRoad['posts'][number] = {
      key: incoming.headers['idempotency-key'] as string | undefined,
      encoding: incoming.headers['content-encoding'],
    };
    if (incoming.method === 'POST') road.posts.push(post);
    const onward = request(api + incoming.url!, { method: incoming.method!, headers: incoming.headers });
    onward.on('response', (response) => {
      post.status = response.statusCode!;
      answer.writeHead(response.statusCode!, response.headers);
      response.pipe(answer);
    });
    onward.on('error', () => answer.destroy());
    // Whoever hangs up here has hung up there.
    answer.on('close', () => onward.destroy());
    let passed = 0;
    incoming.on('data', (chunk: Buffer) => {
      const rest = road.stallAfter === undefined ? chunk.length : road.stallAfter - passed;
      passed += chunk.length;
      if (rest > 0) onward.write(chunk.subarray(0, rest));
      if (rest < chunk.length) {
        incoming.pause();
        tellStalled();
      }
    });
    incoming.on('end', () => onward.end());
  }
  return road;
}
