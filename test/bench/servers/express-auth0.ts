/** Baseline: Express and Auth0's own middleware, which verifies the token on every request; the same body. */
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { auth } from 'express-oauth2-jwt-bearer';

const body = JSON.parse(process.env['BENCH_BODY']!) as object;
const issuer = process.env['AUTHORITY_URL']!;
interface App {
  use(handler: unknown): void;
  get(path: string, handler: (request: unknown, response: { json(value: object): void }) => void): void;
  listen(port: number, host: string, ready: () => void): Server;
}
const app = (express as () => App)();
app.use(
  auth({
    issuer,
    jwksUri: new URL('.well-known/jwks.json', issuer).href,
    audience: process.env['AUDIENCE']!,
    tokenSigningAlg: 'RS256',
  }),
);
app.get('/v1/me', (_request, response) => response.json(body));
const server = app.listen(0, 'localhost', () => {
  process.send?.({ type: 'ready', url: `http://localhost:${(server.address() as AddressInfo).port}` });
});
process.on('SIGTERM', () => server.close().closeAllConnections());
