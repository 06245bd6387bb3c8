/** How many requests a minute this caller and its tenant may make. Each counts once, whatever becomes of it. */
import type { Verdict } from '../../limits/request-limits.ts';
import { Problem } from '../../problem.ts';
import type { Context, Step } from '../state.ts';

/** Not async: as a rule nothing is waited for, and a turn of the event loop would cost more than the rest of it. */
export const limitRequests: Step = (ctx, next) => {
  const { matched, principal, services } = ctx.state;
  // Who registers an app, or manages its registration, is nobody of a tenant: that has bounds of its own.
  if (!principal || !('tenantId' in principal)) return next();
  // Whatever a key or an app of its tenant uses up, a person can still put the tenant right.
  const ownIsEnough = matched.description.isReachable && principal.kind === 'user';
  const verdict = services.requestLimits.take(principal, ownIsEnough);
  if (verdict instanceof Promise)
    return verdict.then((late) => {
      admit(ctx, late);
      return next();
    });
  admit(ctx, verdict);
  return next();
};

function admit(ctx: Context, { isAllowed, policy, state, seconds }: Verdict): void {
  ctx.res.setHeader('RateLimit-Policy', policy);
  ctx.res.setHeader('RateLimit', state);
  if (!isAllowed) throw new Problem('too_many_requests', { headers: { 'Retry-After': String(seconds) } });
}
