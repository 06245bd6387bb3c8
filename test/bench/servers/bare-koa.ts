/** Baseline: Koa that answers the same body to anybody, and does nothing else. */
import type { AddressInfo } from 'node:net';
import Koa from 'koa';

const body = JSON.parse(process.env['BENCH_BODY']!) as object;
const server = new Koa()
  .use((ctx) => void (ctx.body = body))
  .listen(0, 'localhost', () => {
    process.send?.({ type: 'ready', url: `http://localhost:${(server.address() as AddressInfo).port}` });
  });
process.on('SIGTERM', () => server.close().closeAllConnections());
