/** Baseline: Fastify and @fastify/jwt, which remembers tokens that it verified; the same body. */
import { createPublicKey, type JsonWebKey } from 'node:crypto';
import jwt from '@fastify/jwt';
import fastify from 'fastify';

const body = JSON.parse(process.env['BENCH_BODY']!) as object;
const issuer = process.env['AUTHORITY_URL']!;
const set = await fetch(new URL('.well-known/jwks.json', issuer));
const [key] = ((await set.json()) as { keys: JsonWebKey[] }).keys;
const publicKey = createPublicKey({ key: key!, format: 'jwk' })
  .export({ type: 'spki', format: 'pem' })
  .toString();

const app = fastify();
await app.register(jwt, {
  secret: { public: publicKey },
  verify: { algorithms: ['RS256'], allowedIss: issuer, allowedAud: process.env['AUDIENCE']!, cache: true },
});
app.get('/v1/me', async (request) => {
  await request.jwtVerify();
  return body;
});
const url = await app.listen({ port: 0, host: 'localhost' });
process.send?.({ type: 'ready', url: url.replace(/\/\/[^:]+|\/\/\[::1\]/, '//localhost') });
process.on('SIGTERM', () => void app.close());
