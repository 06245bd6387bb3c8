/** What a worker tells whoever watches it: `/healthz` and `/readyz`, in the form of the API's own. */
import { createServer } from 'node:http';
import type { Server } from 'node:http';

/** Each resolves to whether that part is well. */
export type Checks = Record<'redis' | 'authority' | 'queue' | 'keys', () => Promise<boolean>>;

/** A part that does not answer in time is not well. */
const TIMEOUT_MS = 3_000;

export async function startHealth(port: number, checks: Checks): Promise<Server> {
  const server = createServer((request, response) => {
    const answer = (status: number, body: object) => {
      response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' });
      response.end(JSON.stringify(body));
    };
    if (request.url === '/healthz') answer(200, { status: 'ok' });
    else if (request.url === '/readyz') {
      void look(checks).then((found) => {
        const isReady = Object.values(found).every((word) => word === 'ok');
        answer(isReady ? 200 : 503, { status: isReady ? 'ready' : 'not_ready', checks: found });
      });
    } else answer(404, { status: 'not_found' });
  });
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, resolve));
  return server;
}

async function look(checks: Checks): Promise<Record<string, 'ok' | 'failed'>> {
  const found = await Promise.all(
    Object.entries(checks).map(async ([part, isWell]) => {
      const tooLate = new Promise<boolean>((resolve) => setTimeout(resolve, TIMEOUT_MS, false).unref());
      const well = await Promise.race([isWell().catch(() => false), tooLate]);
      return [part, well ? 'ok' : 'failed'] as const;
    }),
  );
  // Of keys there is something to say only when one is missing.
  return Object.fromEntries(found.filter(([part, word]) => part !== 'keys' || word === 'failed'));
}
