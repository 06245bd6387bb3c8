/**
 * The people of a tenant that is deleted: home users who belong to it alone are deleted; guests, and those who belong elsewhere, too, only
 * leave it (`whose-user.ts`).
 */
import type { Auth0User } from '../../src/auth0/management-users.ts';
import type { Tenant } from '../../src/registry/tenants.ts';
import { onFailure } from '../failures.ts';
import type { ManagementContext } from './performer.ts';
import { guestSearchText } from './search-text.ts';
import { leftMark } from './left-marks.ts';
import { everyUser, SEARCH_LIMIT, searchUsers } from './search-users.ts';
import { isSharedWithOthers, ownOrganizations, standingOf, withoutTenant } from './whose-user.ts';

/** Home users, and guests of its organization, each once. */
export async function* peopleOf(context: ManagementContext, tenant: Tenant): AsyncGenerator<Auth0User> {
  yield* context.usersOf(context.bulk, tenant.id).all();
  yield* guestsOf(context, tenant);
}

/** Members of its organization whose home is not this tenant. The search lags behind by a few seconds. */
export async function* guestsOf({ bulk }: ManagementContext, tenant: Tenant): AsyncGenerator<Auth0User> {
  const { id, organization } = tenant;
  if (organization === undefined) return;
  const text = (from: string | undefined) => guestSearchText(organization, id, from);
  for await (const user of everyUser((from) => searchUsers(bulk, text(from), { atLeast: SEARCH_LIMIT })))
    if (standingOf(tenant, user) !== 'home') yield user;
}

/** Whether a person belongs to the tenant alone, to others as well, or no longer to the tenant. One call, unless it is known without. */
export async function belonging(
  { bulk, tenants }: Pick<ManagementContext, 'bulk' | 'tenants'>,
  tenant: Tenant,
  user: Auth0User,
): Promise<'alone' | 'shared' | 'not'> {
  const { organization } = tenant;
  const organizationsOf = (userId: string) => bulk.organizationsOf(userId);
  const others = {
    readTenant: (id: string) => tenants.read(id),
    exist: () => tenants.haveOrganizations(),
    organizationsOf,
  };
  if (standingOf(tenant, user) !== 'unknown')
    return (await isSharedWithOthers(tenant, user, others)) ? 'shared' : 'alone';
  const isMember = organization !== undefined && (await organizationsOf(user.user_id)).includes(organization);
  return isMember ? 'shared' : 'not';
}

/** Deletes the person, or ends what ties them to the tenant. */
export async function removePerson(
  context: ManagementContext,
  tenant: Tenant,
  user: Auth0User,
): Promise<void> {
  const belongs = await belonging(context, tenant, user);
  if (belongs === 'alone') await context.bulk.deleteUser(user.user_id);
  if (belongs === 'shared') await leave(context, tenant, user);
}

/** Membership before marks: by these a retry finds the person. */
async function leave(context: ManagementContext, tenant: Tenant, user: Auth0User): Promise<void> {
  await removeConsentsOf(context, tenant, user);
  for (const organization of ownOrganizations(tenant)) {
    await context.marksToRemove.add(leftMark(organization, user.user_id));
    await context.bulk.removeMember(organization, user.user_id);
  }
  await removeMarks(context, tenant, user);
}

/**
 * Ends what a guest may do in the tenant; their membership ends with the organization, or is the account's own affair. A mark that a sign-in
 * under way writes again names a tenant that is gone, and counts for nobody.
 */
export async function releaseGuest(
  context: ManagementContext,
  tenant: Tenant,
  guest: Auth0User,
): Promise<void> {
  await removeConsentsOf(context, tenant, guest);
  await removeMarks(context, tenant, guest);
}

async function removeMarks({ bulk }: ManagementContext, tenant: Tenant, user: Auth0User): Promise<void> {
  const app_metadata = withoutTenant(tenant, user);
  if (Object.keys(app_metadata).length === 0) return;
  await bulk.updateUser(user.user_id, { app_metadata }).catch(onFailure('not_found', () => undefined));
}

/** Consents that the person gave to apps in this tenant; those given in other organizations stay. */
export async function removeConsentsOf(
  { bulk, consentsOf, organizationsIn }: ManagementContext,
  tenant: Tenant,
  user: Auth0User,
): Promise<void> {
  const own = await organizationsIn(tenant.id)();
  // Those outside of organizations a guest gave elsewhere, and a home user before the tenant became one.
  const organizations = own.filter((one) => one !== undefined);
  const read = standingOf(tenant, user) === 'home' ? [...organizations, undefined] : organizations;
  await consentsOf(bulk, user.user_id, () => Promise.resolve(read)).deleteAll();
}
