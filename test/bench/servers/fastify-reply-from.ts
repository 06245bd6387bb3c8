/** Baseline: Fastify with @fastify/jwt, which remembers tokens that it verified, and @fastify/reply-from (undici). */
import { createPublicKey, type JsonWebKey } from 'node:crypto';
import jwt from '@fastify/jwt';
import replyFrom from '@fastify/reply-from';
import fastify from 'fastify';

const CONNECTIONS = 256;
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
await app.register(replyFrom, {
  base: process.env['SERVICE_URL']!,
  undici: { connections: CONNECTIONS, pipelining: 1 },
});
app.get('/orders', async (request, reply) => {
  await request.jwtVerify();
  return reply.from(request.url);
});
const url = await app.listen({ port: 0, host: 'localhost' });
process.send?.({ type: 'ready', url: url.replace(/\/\/[^:]+|\/\/\[::1\]/, '//localhost') });
process.on('SIGTERM', () => process.exit(0));
