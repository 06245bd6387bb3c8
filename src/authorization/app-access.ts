/** Whether an app may act for users of a tenant. Pure. */
import { ownedBy } from './tenant-boundary.ts';

export type AppAccess = 'allowed' | 'denied';

interface AppStanding {
  status: 'pending' | 'approved' | 'blocked';
  /** The tenant that vouched for it. */
  vouched_by?: string;
}

/**
 * @param decision the tenant's own; undefined: none
 * @param byDefault what holds for approved apps without one
 */
export function appAccess(
  app: AppStanding,
  tenantId: string,
  decision: AppAccess | undefined,
  byDefault: AppAccess,
): AppAccess | 'blocked' {
  if (app.status === 'blocked') return 'blocked';
  if (decision !== undefined) return decision;
  if (app.status === 'approved') return byDefault;
  // The default cannot let in what nobody has looked at.
  return ownedBy(tenantId, app, ({ vouched_by }) => vouched_by) ? 'allowed' : 'denied';
}
