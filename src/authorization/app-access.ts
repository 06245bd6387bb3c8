/** Whether an app may act for users of a tenant. Pure. */
import { ownedBy } from './tenant-boundary.ts';

export type AppAccess = 'allowed' | 'denied';

/** What a decision on an app is made on (`AppIdentity` in the registry). */
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
  /** What it was when it was approved. */
  status_on?: Identity;
  /** The tenant that vouched for it, on what, and since when that counts no more. */
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
 * @param byDefault what holds for approved apps without one
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
  // Whoever vouched for something else decides anew, whatever others decide.
  if (isVouched && (app.vouch_lapsed_at !== undefined || !holds(app.vouched_on, app))) return 'denied';
  if (app.status === 'approved') return holds(app.status_on, app) ? byDefault : 'denied';
  // The default cannot let in what nobody has looked at.
  return isVouched ? 'allowed' : 'denied';
}

/** A decision that was made before its subject was kept counts until the app changes; then it is looked at in `registration/app-change.ts`. */
const holds = (on: Identity | undefined, { identity }: AppStanding): boolean =>
  !on || !identity || !goesBeyond(on, identity);

/** Whether an app is, or asks for, anything that the decision did not name. Less of it is no other app. */
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
