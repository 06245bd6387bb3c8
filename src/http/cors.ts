/**
 * CORS (Fetch standard): operations for tenants admit exactly the registered origins of a tenant's own single-page app,
 * and the configured origins of the shared one; public operations admit any origin (third-party browser apps use them
 * for discovery). Credentials mode is never allowed.
 */
import koaCors from '@koa/cors';
import type { Registry } from '../registry/registry.ts';
import { isAdmittedOrigin } from './admitted-origin.ts';
import type { Context, Step } from './state.ts';
import type { FindOperation } from './steps/match-operation.ts';

/** Response headers exposed beyond the CORS-safelisted ones. */
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
/**
 * Request headers allowed beyond the CORS-safelisted ones: those that the API reads, and those that HTTP clients and
 * tracing libraries add on their own.
 */
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

/** CORS headers of an answer that depends only on the rate limit: readable from any origin. */
export const FOR_ANY_PAGE = {
  'Access-Control-Allow-Origin': '*',
  'Access-Control-Expose-Headers': EXPOSED.join(','),
};

/** @param sharedOrigins of the deployment's own single-page app (WEB_APP_ORIGINS) */
export function cors(registry: Registry, sharedOrigins: readonly string[], find: FindOperation): Step {
  const isAdmitted = isAdmittedOrigin(registry, sharedOrigins);
  /** For a preflight, the operation that the actual request would call. */
  const isForAnyOrigin = (ctx: Context): boolean => {
    const method = ctx.method === 'OPTIONS' ? ctx.get('Access-Control-Request-Method') : ctx.method;
    return find(ctx.path, method)?.description.isForAnyOrigin ?? false;
  };
  const answer = koaCors({
    origin: async (ctx) => {
      const origin = ctx.get('Origin');
      if (!origin) return '';
      if (isForAnyOrigin(ctx)) return '*';
      return (await isAdmitted(origin)) ? origin : '';
    },
    allowMethods: ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'],
    allowHeaders: ALLOWED,
    exposeHeaders: EXPOSED,
    maxAge: 600,
  }) as unknown as (ctx: Context, next: () => Promise<void>) => Promise<void>;

  return (ctx) => {
    // `Vary: Origin` is in every answer (`match-operation.ts`).
    if (!ctx.req.headers.origin) return undefined;
    ctx.state.isAnswered = true;
    const goOn = () => {
      ctx.state.isAnswered = false;
      return Promise.resolve();
    };
    return answer(ctx, goOn);
  };
}
