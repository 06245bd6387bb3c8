/** Reads a user at the authority after an event, and marks what holds now: one or two calls within the budget. */
import type { UserOfTenant } from '../../src/authority-events/authority-event-store.ts';
import type { Tenant } from '../../src/registry/tenants.ts';
import { leftMark } from '../relay/left-marks.ts';
import type { ManagementContext } from '../relay/performer.ts';
import { asSeenBy, rolesOf, standingOf } from '../relay/whose-user.ts';
import { onFailure } from '../failures.ts';

export type RereadContext = Pick<
  ManagementContext,
  'management' | 'marksToRemove' | 'tenants' | 'userMarksIn'
>;

export async function rereadUser(
  { management, marksToRemove, tenants, userMarksIn }: RereadContext,
  { tenantId, userId }: UserOfTenant,
): Promise<void> {
  const tenant = await tenants.read(tenantId);
  if (!tenant) return;
  const marks = userMarksIn(tenantId);
  const record = await management.getUser(userId).catch(onFailure(['not_found', 'invalid'], nobody));
  if (!record) return marks.gone(userId);
  const isGuest = standingOf(tenant, record) !== 'home';
  const isMember = isGuest && (await isMemberOf(tenant, () => management.organizationsOf(userId)));
  const user = isGuest && !isMember ? undefined : asSeenBy(tenant, record, isMember);
  if (user) {
    // A guest's own time of change is not shown to the tenant, and is what orders changes.
    const { blocked = false, updated_at = '' } = record;
    return marks.changed({ user_id: userId, roles: rolesOf(user), blocked, updated_at });
  }
  await marks.gone(userId);
  // What a former member's record still says is removed later, as after a removal by the tenant.
  if (isGuest && tenant.organization !== undefined)
    await marksToRemove.add(leftMark(tenant.organization, userId));
}

async function isMemberOf(
  { organization }: Tenant,
  organizationsOf: () => Promise<readonly string[]>,
): Promise<boolean> {
  return organization !== undefined && (await organizationsOf()).includes(organization);
}

const nobody = () => undefined;
