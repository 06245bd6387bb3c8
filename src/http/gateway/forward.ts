/** The step that sends a request to a service, and its answer back. */
import type { Context, Step } from '../state.ts';
import { isUpgrade } from './accept-upgrades.ts';
import { Exchange } from './exchange.ts';
import { bodyTooLarge } from '../body-pieces.ts';
import { sendOnce } from './send-once.ts';
import { ServiceBody } from './service-body.ts';
import { ServiceRoute, type ForwardParts } from './service-route.ts';

/**
 * The step's promise is settled when the answer has ended, or, for a stream, when it has begun.
 * Problems: `service_unavailable`, `service_failed`, `service_timeout`, `body_too_large`, `request_timeout`,
 * `too_many_streams`, and those of a caller who was refused meanwhile.
 */
export function forward(parts: ForwardParts): Step {
  const route = new ServiceRoute(parts);
  const { maxBytes, keepsAnswers } = parts.operation;
  return keepsAnswers ? sendOnce(route, parts, forward) : forward;

  function forward(ctx: Context): void | Promise<void> {
    if (Number(ctx.req.headers['content-length'] ?? 0) > maxBytes) throw bodyTooLarge(maxBytes);
    const identity = parts.identify(ctx);
    if (identity instanceof Promise) return identity.then((fields) => send(ctx, route, fields));
    return send(ctx, route, identity);
  }
}

function send(ctx: Context, route: ServiceRoute, identity: readonly string[]): Promise<void> {
  const path = route.pathOf(ctx.req.url ?? '/');
  const switches = route.operation.isWebSocket && isUpgrade(ctx.req);
  if (route.operation.isStream || switches) route.takePlace(ctx);
  const { rawHeaders } = ctx.req;
  const headers = route.fieldsToService(rawHeaders, { requestId: ctx.state.requestId, address: ctx.ip });
  for (const field of identity) headers.push(field);
  const body = bodyOf(ctx, route, headers);
  const { principal } = ctx.state;
  const tenantId = principal && 'tenantId' in principal ? principal.tenantId : '';
  route.upstream.enter(tenantId);
  const request = { tenantId, method: ctx.method, path, headers, body, isUpgrade: switches };
  return new Exchange(ctx, route, request).run();
}

/** @param headers get the length of a body that is streamed, when it is known */
function bodyOf(ctx: Context, { operation }: ServiceRoute, headers: string[]): Buffer | ServiceBody | null {
  const { req, state } = ctx;
  if (state.bytes) return state.bytes;
  const length = req.headers['content-length'];
  const isEmpty = req.headers['transfer-encoding'] === undefined && Number(length ?? 0) === 0;
  // A chunked body may have been read, and found to be empty.
  if (isEmpty || req.readableEnded) return null;
  if (length !== undefined) headers.push('Content-Length', length);
  return new ServiceBody(req, operation);
}
