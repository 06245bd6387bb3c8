/** Baseline: Koa, @koa/router and koa-bodyparser, which answer a POST by one and the same body; nothing is validated. */
import type { AddressInfo } from 'node:net';
import Router from '@koa/router';
import Koa from 'koa';
import bodyParser from 'koa-bodyparser';

const body = JSON.parse(process.env['BENCH_BODY']!) as object;
const router = new Router();
router.post('/v1/tenant/webhooks', (ctx) => {
  if (!ctx.request.body) ctx.throw(400);
  ctx.status = 201;
  ctx.body = body;
});
const app = new Koa().use(bodyParser() as never).use(router.routes() as never);
const server = app.listen(0, 'localhost', () => {
  process.send?.({ type: 'ready', url: `http://localhost:${(server.address() as AddressInfo).port}` });
});
process.on('SIGTERM', () => server.close().closeAllConnections());
