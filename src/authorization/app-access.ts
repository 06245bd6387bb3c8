/** Whether an app may act for users of a tenant. Pure. */
import { ownedBy } from './tenant-boundary.ts';

export type AppAccess = 'allowed' | 'denied';

/** What a decision on an app was based on (`AppIdentity` in the registry). */
interface Identity {
  name: string;
  shown: string;
  scopes: readonly string[];
  redirect_hosts: readonly string[];
  keys: readonly string[];
}

interface AppStanding {
  status: 'pending' | 'approved' | 'blocked';
  identity?: Identity;
  /** The app's identity when it was approved. */
  status_on?: Identity;
  /** The tenant that vouched for it, the identity it vouched for, and since when the voucher has lapsed. */
  vouched_by?: string;
  vouched_on?: Identity;
  vouch_lapsed_at?: string;
}

interface Decision {
  access: AppAccess | 'lapsed';
  on?: Identity;
}

/**
 * @param decision the tenant's own; undefined: none
 * @param byDefault access of approved apps without a decision
 */
export function appAccess(
  app: AppStanding,
  tenantId: string,
  decision: Decision | undefined,
  byDefault: AppAccess,
): AppAccess | 'blocked' {
  if (app.status === 'blocked') return 'blocked';
  if (decision) return decision.access === 'allowed' && holds(decision.on, app) ? 'allowed' : 'denied';
  const isVouched = ownedBy(tenantId, app, ({ vouched_by }) => vouched_by) !== undefined;
  // A voucher for another identity must be renewed, whatever other tenants decide.
  if (isVouched && (app.vouch_lapsed_at !== undefined || !holds(app.vouched_on, app))) return 'denied';
  if (app.status === 'approved') return holds(app.status_on, app) ? byDefault : 'denied';
  // The default does not admit an app that nobody has reviewed.
  return isVouched ? 'allowed' : 'denied';
}

/**
 * A decision made before identities were stored counts until the app changes; then `registration/app-change.ts` checks
 * it.
 */
const holds = (on: Identity | undefined, { identity }: AppStanding): boolean =>
  !on || !identity || !goesBeyond(on, identity);

/** Whether an app is, or requests, anything that the decision did not cover. Requesting less is covered. */
export function goesBeyond(decided: Identity, now: Identity): boolean {
  const adds = (before: readonly string[], after: readonly string[]) =>
    after.some((one) => !before.includes(one));
  return (
    now.name !== decided.name ||
    now.shown !== decided.shown ||
    adds(decided.scopes, now.scopes) ||
    adds(decided.redirect_hosts, now.redirect_hosts) ||
    adds(decided.keys, now.keys)
  );
}
