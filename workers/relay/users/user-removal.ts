/** Deletes a user of one tenant. A person whom others share loses the tenant, and keeps the account. */
import type { Auth0User } from '../../../src/auth0/management-users.ts';
import { fullUserId } from '../../../src/imports/row-outcome.ts';
import { leftOrganizations } from '../../../src/registry/sign-in-organizations.ts';
import { begunAlready, onFailure, rethrown } from '../../failures.ts';
import {
  otherMarks,
  ownOrganizations,
  standingOf,
  withoutTenant,
  type TenantOfUsers,
} from '../whose-user.ts';
import { absentIfUnknown, type TenantScope } from './tenant-scope.ts';

/** @returns the person, if still a user elsewhere */
export async function deleteUser(
  scope: TenantScope,
  tenant: TenantOfUsers,
  record: Auth0User,
): Promise<Auth0User | undefined> {
  if (await scope.isShared(tenant, record)) return removeFromTenant(scope, tenant, record);
  return scope.management.deleteUser(record.user_id).then(nobody);
}

/**
 * Undoes a creation before anything of the user was returned. Idempotent. Memberships are read only where somebody has signed in: an account
 * that nobody has used is no other organization's loss.
 * @param id without Auth0's prefix
 */
export async function deleteCreated(scope: TenantScope, id: string): Promise<void> {
  const tenant = await scope.read();
  const record = await scope.management.getUser(fullUserId(id)).catch(absentIfUnknown);
  if (!record || standingOf(tenant, record) !== 'home') return;
  const isUnused = record.last_login === undefined && otherMarks(tenant, record).length === 0;
  if (isUnused) await scope.management.deleteUser(record.user_id);
  else await deleteUser(scope, tenant, record);
}

/** Consents and membership first: a repeat finds the person by the record until all is done. @returns the person, unless deleted meanwhile */
async function removeFromTenant(
  { management, organizations: people }: TenantScope,
  tenant: TenantOfUsers,
  record: Auth0User,
): Promise<Auth0User | undefined> {
  const { user_id } = record;
  const consentedIn = leftOrganizations(tenant, standingOf(tenant, record) === 'home');
  const ended = await people.endConsents(management, user_id, consentedIn);
  const organizations = ownOrganizations(tenant);
  for (const organization of organizations) await people.willLeave(organization, user_id);
  let inPart = ended ? begunAlready : rethrown;
  for (const organization of organizations) {
    await management.removeMember(organization, user_id).catch(inPart);
    inPart = begunAlready;
  }
  const app_metadata = withoutTenant(tenant, record);
  if (Object.keys(app_metadata).length === 0) {
    // Removed now: the record's time is that of an earlier change.
    const { updated_at: _earlier, ...person } = record;
    return person;
  }
  const changed = await management
    .updateUser(user_id, { app_metadata })
    .catch(onFailure('not_found', nobody))
    .catch(inPart);
  // A change-over adds who was a user when it searched (`organization-members.ts`).
  if (tenant.change_over)
    for (const organization of organizations)
      await management.removeMember(organization, user_id).catch(begunAlready);
  return changed;
}

const nobody = () => undefined;
