/** CORS (Fetch standard): pages of a tenant's single-page app may call, from exactly the origins that are registered. */
import koaCors from '@koa/cors';
import type { Middleware } from 'koa';
import type { Registry } from '../registry/registry.ts';

/** What a page may read of an answer beyond the fields that every page may. */
const EXPOSED = [
  ...['WWW-Authenticate', 'Location', 'Link', 'Retry-After', 'Preference-Applied', 'X-Request-Id'],
  ...['ETag', 'RateLimit', 'RateLimit-Policy'],
];
/** What a page may send beyond the fields that every page may. */
const ALLOWED = [
  ...['Authorization', 'DPoP', 'Content-Type', 'Prefer', 'Idempotency-Key', 'If-Match', 'If-None-Match'],
  ...['Last-Event-ID', 'X-Request-Id'],
];

export function cors(registry: Registry): Middleware {
  return koaCors({
    origin: async (ctx) => {
      const origin = ctx.get('Origin');
      return origin && (await registry.isRegisteredOrigin(origin)) ? origin : '';
    },
    allowMethods: ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'],
    allowHeaders: ALLOWED,
    exposeHeaders: EXPOSED,
    maxAge: 600,
  }) as Middleware;
}
