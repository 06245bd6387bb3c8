/**
 * CORS (Fetch standard): pages of a tenant's own single-page app may call, from exactly the origins that are registered, and pages of the
 * shared one, from those of the configuration; what is for everybody, pages of any origin (browser apps of third parties find their way in by it). Cookies and the like are never let in.
 */
import koaCors from '@koa/cors';
import type { Context, Middleware } from 'koa';
import type { FindOperation } from './find-operation.ts';
import type { Registry } from '../registry/registry.ts';

/** What a page may read of an answer beyond the fields that every page may. */
const EXPOSED = [
  'WWW-Authenticate',
  'Location',
  'Link',
  'Retry-After',
  'Preference-Applied',
  'X-Request-Id',
  'ETag',
  'RateLimit',
  'RateLimit-Policy',
];
/** What a page may send beyond the fields that every page may: what is read here, and what clients and tracing libraries add by themselves. */
const ALLOWED = [
  'Authorization',
  'DPoP',
  'Content-Type',
  'Prefer',
  'Idempotency-Key',
  'If-Match',
  'If-None-Match',
  'Last-Event-ID',
  'X-Request-Id',
  'MCP-Protocol-Version',
  'Mcp-Session-Id',
  'X-Requested-With',
  'Cache-Control',
  'Pragma',
  // W3C Trace Context and Baggage, Sentry, Zipkin, Datadog, New Relic, Elastic, Application Insights, Jaeger, AWS, Google Cloud.
  'traceparent',
  'tracestate',
  'baggage',
  'sentry-trace',
  'b3',
  'newrelic',
  'elastic-apm-traceparent',
  'X-B3-TraceId',
  'X-B3-SpanId',
  'X-B3-ParentSpanId',
  'X-B3-Sampled',
  'X-B3-Flags',
  'x-datadog-trace-id',
  'x-datadog-parent-id',
  'x-datadog-origin',
  'x-datadog-sampling-priority',
  'x-datadog-tags',
  'Request-Id',
  'Request-Context',
  'uber-trace-id',
  'X-Amzn-Trace-Id',
  'X-Cloud-Trace-Context',
];

/** Of an answer that depends on nothing but who asks too often: a page of any origin comes to read it. */
export const FOR_ANY_PAGE = {
  'Access-Control-Allow-Origin': '*',
  'Access-Control-Expose-Headers': EXPOSED.join(','),
};

/** @param sharedOrigins of the deployment's own single-page app (WEB_APP_ORIGINS) */
export function cors(registry: Registry, sharedOrigins: readonly string[], find: FindOperation): Middleware {
  const shared = new Set(sharedOrigins);
  /** Of a preflight, the operation that is asked about. */
  const isForAnyOrigin = (ctx: Context): boolean => {
    const method = ctx.method === 'OPTIONS' ? ctx.get('Access-Control-Request-Method') : ctx.method;
    return find(ctx.path, method)?.isForAnyOrigin ?? false;
  };
  return koaCors({
    origin: async (ctx) => {
      const origin = ctx.get('Origin');
      if (!origin) return '';
      if (isForAnyOrigin(ctx)) return '*';
      return shared.has(origin) || (await registry.isRegisteredOrigin(origin)) ? origin : '';
    },
    allowMethods: ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'],
    allowHeaders: ALLOWED,
    exposeHeaders: EXPOSED,
    maxAge: 600,
  }) as Middleware;
}
