/**
 * The people of a tenant that is deleted: those who belong to it alone are deleted, those who belong elsewhere, too, only leave it. A
 * person belongs to the tenant whose mark is in `app_metadata` (their home), and to each organization that they are a member of.
 */
import type { Auth0User } from '../../src/auth0/management-users.ts';
import { isRecord } from '../../src/json.ts';
import type { Tenant } from '../../src/registry/tenants.ts';
import { onFailure } from '../failures.ts';
import type { ManagementContext } from './performer.ts';
import { guestSearchText } from './search-text.ts';
import { everyUser, SEARCH_LIMIT, searchUsers } from './search-users.ts';

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
  for await (const user of everyUser((from) => searchUsers(bulk, text(from), SEARCH_LIMIT)))
    if (!isHome(user, tenant)) yield user;
}

const isHome = ({ app_metadata }: Auth0User, { id }: Pick<Tenant, 'id'>): boolean =>
  app_metadata?.['tenant_id'] === id;

/** Of a guest: roles in the organization, in a member of `app_metadata` that is named by its id. */
const isMarked = ({ app_metadata }: Auth0User, organization: string | undefined): boolean =>
  organization !== undefined && isRecord(app_metadata?.[organization]);

/** Whether the record says that the person has another home, or is a guest of another organization. */
function isMarkedElsewhere(user: Auth0User, tenant: Tenant): boolean {
  const { tenant_id: home, ...others } = user.app_metadata ?? {};
  if (typeof home === 'string' && home !== tenant.id) return true;
  return Object.keys(others).some(
    (name) => name.startsWith('org_') && name !== tenant.organization && isMarked(user, name),
  );
}

/** Whether a person belongs to the tenant alone, to others as well, or no longer to the tenant. One call, unless the record says it. */
export async function belonging(
  { bulk }: ManagementContext,
  tenant: Tenant,
  user: Auth0User,
): Promise<'alone' | 'shared' | 'not'> {
  const isOurs = isHome(user, tenant) || isMarked(user, tenant.organization);
  if (isOurs && isMarkedElsewhere(user, tenant)) return 'shared';
  const organizations = await bulk.organizationsOf(user.user_id);
  if (!isOurs && !(tenant.organization !== undefined && organizations.includes(tenant.organization)))
    return 'not';
  if (isMarkedElsewhere(user, tenant)) return 'shared';
  return organizations.every((id) => id === tenant.organization) ? 'alone' : 'shared';
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
  if (tenant.organization !== undefined) await context.bulk.removeMember(tenant.organization, user.user_id);
  await removeMarks(context, tenant, user, { home: isHome(user, tenant) });
}

/** Ends what a guest may do in the tenant; their membership ends with the organization, or is the account's own affair. */
export async function releaseGuest(
  context: ManagementContext,
  tenant: Tenant,
  guest: Auth0User,
): Promise<void> {
  await removeConsentsOf(context, tenant, guest);
  await removeMarks(context, tenant, guest, { home: false });
}

async function removeMarks(
  { bulk }: ManagementContext,
  { organization }: Tenant,
  user: Auth0User,
  { home }: { home: boolean },
): Promise<void> {
  const marks: Record<string, null> = {
    ...(home && { tenant_id: null, roles: null }),
    ...(organization !== undefined && isMarked(user, organization) && { [organization]: null }),
  };
  if (Object.keys(marks).length === 0) return;
  await bulk.updateUser(user.user_id, { app_metadata: marks }).catch(onFailure('not_found', () => undefined));
}

/** Consents that the person gave to apps in this tenant; those given in other organizations stay. */
export async function removeConsentsOf(
  { bulk, consentsOf, organizationsIn }: ManagementContext,
  tenant: Tenant,
  user: Auth0User,
): Promise<void> {
  const consents = consentsOf(bulk, user.user_id, organizationsIn(tenant.id));
  for (const { id, organization_id } of await consents.list())
    // A guest gives those outside of organizations elsewhere.
    if (organization_id || isHome(user, tenant)) await bulk.deleteGrant(id);
}
