/**
 * Limits anonymous requests per address: requests without a credential before any work, requests with one when it is
 * rejected. A valid credential never counts against its address.
 */
import { addressRange } from '../../addresses.ts';
import { toEvent } from '../../events/event.ts';
import { Problem } from '../../problem.ts';
import { FOR_ANY_PAGE } from '../cors.ts';
import { hasSubprotocolToken } from '../gateway/subprotocol-tokens.ts';
import type { Context, Step } from '../state.ts';

/** Probes are counted separately: other clients at their address must not make them fail. */
const PROBES = new Set(['/healthz', '/readyz', '/metrics']);

/** Runs before anything expensive. */
export const limitAnonymous: Step = (ctx) => {
  // A refusal that is repeated was counted and recorded when it was decided.
  ctx.state.isCounted = ctx.state.isRecorded = ctx.state.asksFor === 'refusal';
  if (ctx.req.headers.authorization === undefined && !hasSubprotocolToken(ctx)) count(ctx);
};

/**
 * Runs after authentication: for a credential that the operation does not require, or whose principal has no tenant.
 */
export const limitUnnamed: Step = (ctx) => {
  if (!isSomebody(ctx)) count(ctx);
};

/** For a request that was refused. @returns the error to answer with: the same one, unless there were too many */
export function countRefused(ctx: Context, error: unknown): unknown {
  // Undefined: refused before it could be counted.
  if (ctx.state.isCounted !== false || isSomebody(ctx)) return error;
  try {
    count(ctx);
    return error;
  } catch (tooMany) {
    return tooMany;
  }
}

function isSomebody({ state: { principal } }: Context): boolean {
  return principal !== undefined && principal.kind !== 'registrant' && principal.kind !== 'registration';
}

/** Counts a request once. @throws Problem `too_many_anonymous_requests` */
function count(ctx: Context): void {
  if (ctx.state.isCounted) return;
  ctx.state.isCounted = true;
  const { services } = ctx.state;
  const seconds = services.anonymousLimits.take(
    `${PROBES.has(ctx.path) ? 'probe ' : ''}${addressRange(ctx.ip)}`,
  );
  if (seconds === 0) return;
  const retry = { 'Retry-After': String(seconds) };
  const headers = ctx.get('Origin') === '' ? retry : { ...retry, ...FOR_ANY_PAGE };
  const problem = new Problem('too_many_anonymous_requests', { headers });
  recordRefusal(ctx, problem);
  throw problem;
}

/** Records that addresses are being limited: one throttled event, not one per operation. */
function recordRefusal(ctx: Context, { code, status }: Problem): void {
  ctx.state.isRecorded = true;
  const draft = { type: 'request.refused', principal: { kind: 'nobody' as const } };
  ctx.state.services.events.record(toEvent(draft, { outcome: 'refused', status, code }));
}
