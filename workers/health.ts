/** Health endpoints of a worker: `/healthz` and `/readyz`, in the format of the API's. */
import { createServer, type Server } from 'node:http';
import { readReadiness, type ReadinessChecks } from '../src/readiness.ts';

export async function startHealth(port: number, checks: ReadinessChecks): Promise<Server> {
  const server = createServer((request, response) => {
    const answer = (status: number, body: object) => {
      response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' });
      response.end(JSON.stringify(body));
    };
    if (request.url === '/healthz') answer(200, { status: 'ok' });
    else if (request.url === '/readyz') {
      void readReadiness(checks).then(({ isReady, checks: found }) =>
        answer(isReady ? 200 : 503, { status: isReady ? 'ready' : 'not_ready', checks: found }),
      );
    } else answer(404, { status: 'not_found' });
  });
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, resolve));
  return server;
}
