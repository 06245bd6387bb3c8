/**
 * CORS (Fetch standard): pages of a tenant's single-page app may call, from exactly the origins that are registered; what is for
 * everybody, pages of any origin (browser apps of third parties find their way in by it). Cookies and the like are never let in.
 */
import koaCors from '@koa/cors';
import type Router from '@koa/router';
import type { Context, Middleware } from 'koa';
import type { Contract, OperationId } from '../contract/load-contract.ts';
import type { Registry } from '../registry/registry.ts';

/** What a page may read of an answer beyond the fields that every page may. */
const EXPOSED = [
  ...['WWW-Authenticate', 'Location', 'Link', 'Retry-After', 'Preference-Applied', 'X-Request-Id'],
  ...['ETag', 'RateLimit', 'RateLimit-Policy'],
];
/** What a page may send beyond the fields that every page may; of the second line, what MCP clients and tracing libraries add by themselves. */
const ALLOWED = [
  ...['Authorization', 'DPoP', 'Content-Type', 'Prefer', 'Idempotency-Key', 'If-Match', 'If-None-Match'],
  ...['Last-Event-ID', 'X-Request-Id'],
  ...['MCP-Protocol-Version', 'Mcp-Session-Id', 'traceparent', 'tracestate', 'baggage', 'sentry-trace'],
];

export function cors(registry: Registry, { operations }: Contract, router: Router): Middleware {
  /** Of a preflight, the operation that is asked about. */
  const isForAnyOrigin = (ctx: Context): boolean => {
    const method = ctx.method === 'OPTIONS' ? ctx.get('Access-Control-Request-Method') : ctx.method;
    const name = router.match(ctx.path, method).pathAndMethod.at(-1)?.name as OperationId | undefined;
    return name !== undefined && operations.get(name)!.isForAnyOrigin;
  };
  return koaCors({
    origin: async (ctx) => {
      const origin = ctx.get('Origin');
      if (!origin) return '';
      if (isForAnyOrigin(ctx)) return '*';
      return (await registry.isRegisteredOrigin(origin)) ? origin : '';
    },
    allowMethods: ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'],
    allowHeaders: ALLOWED,
    exposeHeaders: EXPOSED,
    maxAge: 600,
  }) as Middleware;
}
