/**
 * Whatever nobody in particular does is bounded for each address: requests without a credential before anything is done for them, those
 * with one when it turns out to be no good. A good credential is never held against others at its address.
 */
import { addressRange } from '../../addresses.ts';
import { toEvent } from '../../events/event.ts';
import { Problem } from '../../problem.ts';
import { FOR_ANY_PAGE } from '../cors.ts';
import type { Context, Step } from '../state.ts';

/** Probes have a count of their own: they must not fail because of others at their address. */
const PROBES = new Set(['/healthz', '/readyz', '/metrics']);

/** Before all that costs anything. */
export const limitAnonymous: Step = (ctx, next) => {
  if (ctx.headers.authorization !== undefined) return countRefusal(ctx, next);
  count(ctx);
  return next();
};

/** Behind authentication: a credential that the operation does not ask for, or one that stands for nobody of a tenant. */
export const limitUnnamed: Step = (ctx, next) => {
  if (!isSomebody(ctx)) count(ctx);
  return next();
};

async function countRefusal(ctx: Context, next: () => Promise<void>): Promise<void> {
  try {
    await next();
  } catch (error) {
    if (!isSomebody(ctx)) count(ctx);
    throw error;
  }
}

function isSomebody({ state: { principal } }: Context): boolean {
  return principal !== undefined && principal.kind !== 'registrant' && principal.kind !== 'registration';
}

/** Once for each request. @throws Problem `too_many_anonymous_requests` */
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
  tell(ctx, problem);
  throw problem;
}

/** That addresses are refused is to be seen, but not by which operation: they are summed up as one. */
function tell(ctx: Context, { code, status }: Problem): void {
  ctx.state.isTold = true;
  const draft = { type: 'request.refused', principal: { kind: 'nobody' as const } };
  ctx.state.services.events.record(toEvent(draft, { outcome: 'refused', status, code }));
}
