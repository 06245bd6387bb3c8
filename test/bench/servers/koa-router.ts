/** Baseline: Koa and @koa/router with one route, the same body, no authentication. */
import type { AddressInfo } from 'node:net';
import Router from '@koa/router';
import Koa from 'koa';

const body = JSON.parse(process.env['BENCH_BODY']!) as object;
const router = new Router();
router.get('/v1/me', (ctx) => void (ctx.body = body));
const server = new Koa().use(router.routes() as never).listen(0, 'localhost', () => {
  process.send?.({ type: 'ready', url: `http://localhost:${(server.address() as AddressInfo).port}` });
});
process.on('SIGTERM', () => server.close().closeAllConnections());
