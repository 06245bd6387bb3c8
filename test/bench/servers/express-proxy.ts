/**
 * Baseline: Express with Auth0's own middleware, which verifies the token on every request, and http-proxy-middleware,
 * with connections that are kept (by default it makes one for each request).
 */
import { Agent, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { auth } from 'express-oauth2-jwt-bearer';
import { createProxyMiddleware } from 'http-proxy-middleware';

const issuer = process.env['AUTHORITY_URL']!;
interface App {
  use(handler: unknown): void;
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
app.use(
  createProxyMiddleware({ target: process.env['SERVICE_URL']!, agent: new Agent({ keepAlive: true }) }),
);
const server = app.listen(0, 'localhost', () => {
  process.send?.({ type: 'ready', url: `http://localhost:${(server.address() as AddressInfo).port}` });
});
process.on('SIGTERM', () => process.exit(0));
