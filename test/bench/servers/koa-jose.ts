/** Baseline: Koa and @koa/router with one route, and jose, which verifies the token on every request; the same body. */
import type { AddressInfo } from 'node:net';
import Router from '@koa/router';
import { createRemoteJWKSet, jwtVerify } from 'jose';
import Koa from 'koa';

const body = JSON.parse(process.env['BENCH_BODY']!) as object;
const issuer = process.env['AUTHORITY_URL']!;
const audience = process.env['AUDIENCE']!;
const keys = createRemoteJWKSet(new URL('.well-known/jwks.json', issuer));
const router = new Router();
router.get('/v1/me', async (ctx) => {
  const token = ctx.get('authorization').slice('Bearer '.length);
  await jwtVerify(token, keys, { issuer, audience, algorithms: ['RS256'] });
  ctx.body = body;
});
const server = new Koa().use(router.routes() as never).listen(0, 'localhost', () => {
  process.send?.({ type: 'ready', url: `http://localhost:${(server.address() as AddressInfo).port}` });
});
process.on('SIGTERM', () => server.close().closeAllConnections());
