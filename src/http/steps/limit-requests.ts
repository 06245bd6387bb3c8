/** Enforces the request limits of the caller and its tenant, or of the service. Each request counts once, whatever its outcome. */
import type { Verdict } from '../../limits/request-limits.ts';
import { Problem } from '../../problem.ts';
import type { Context, Step } from '../state.ts';

export const limitRequests: Step = (ctx) => {
  const { matched, principal, services } = ctx.state;
  if (principal?.kind === 'service') return services.serviceLimits.admit(principal.service);
  // Client registration and its management have no tenant; they have limits of their own.
  if (!principal || !('tenantId' in principal)) return undefined;
  // A user can still administer the tenant when its keys or apps have used up the tenant's limit.
  const ownIsEnough = matched.description.isReachable && principal.kind === 'user';
  const verdict = services.requestLimits.take(principal, ownIsEnough);
  if (verdict instanceof Promise)
    return verdict.then((late) => {
      admit(ctx, late);
    });
  admit(ctx, verdict);
  return undefined;
};

function admit(ctx: Context, { isAllowed, policy, state, seconds }: Verdict): void {
  ctx.state.fields.push('RateLimit-Policy', policy, 'RateLimit', state);
  if (!isAllowed) throw new Problem('too_many_requests', { headers: { 'Retry-After': String(seconds) } });
}
