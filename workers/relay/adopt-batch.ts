/**
 * Adopts a few users. Whoever is changed is claimed first, then read, because the search lags behind, then noted, then written: a retry
 * knows which users of this tenant it has made that.
 */
import type { UserOutcome } from '../../src/adoptions/adoption-store.ts';
import type { Adopted } from '../../src/adoptions/refusals.ts';
import { Problem } from '../../src/problem.ts';
import type { Tenant } from '../../src/registry/tenants.ts';
import type { AdoptUsersInput } from '../../src/relay/jobs/adoptUsers.ts';
import { isFailure, onFailure } from '../failures.ts';
import { readUser, type Found } from './found-users.ts';
import { judge } from './judge-adoption.ts';
import { addMembers, removeWhoLeft } from './organization-members.ts';
import type { ManagementContext } from './performer.ts';
import { ownOrganizations, standingOf, withHome } from './whose-user.ts';

type Context = Pick<ManagementContext, 'adoptions' | 'bulk' | 'marksToRemove' | 'tenants' | 'usersOf'>;
type Marks = ReturnType<typeof withHome>;
type Input = Pick<AdoptUsersInput, 'tenantId' | 'roles' | 'replaceRoles'>;

/**
 * @param mayBeMine an earlier attempt may have adopted them: whoever is the tenant's now counts as adopted
 * @throws Problem `tenant_busy`, `not_found`: the tenant is deleted; `change_over_under_way`
 */
export async function adoptBatch(
  context: Context,
  adoptionId: string,
  input: Input,
  found: readonly Found[],
  mayBeMine = false,
): Promise<UserOutcome[]> {
  const { adoptions, bulk } = context;
  const tenant = await adoptingTenant(context, input.tenantId);
  const organizations = ownOrganizations(tenant);
  const outcomes = new Map<string, Adopted>();
  const open: string[] = [];
  for (const { userId, user } of found) {
    const verdict = user && !mayBeMine ? judge(tenant, user, input) : 'adopt';
    // Of an organization they become members if they are not: an adoption that was interrupted may have left them out.
    if (verdict === 'adopt' || (verdict === 'already' && organizations.length > 0)) open.push(userId);
    else outcomes.set(userId, verdict);
  }
  const claimed = open.length > 0 ? await adoptions.claim(adoptionId, open) : new Set<string>();
  for (const userId of open) if (!claimed.has(userId)) outcomes.set(userId, 'being_adopted');

  const toWrite = new Map<string, Marks>();
  const atHome: string[] = [];
  await together([...claimed], async (userId) => {
    const user = await readUser(bulk, userId);
    const verdict = user ? judge(tenant, user, input) : 'unknown_user';
    if (user && standingOf(tenant, user) === 'home') atHome.push(userId);
    if (user && verdict === 'adopt') toWrite.set(userId, withHome(tenant, user, input.roles));
    else if (verdict !== 'adopt')
      outcomes.set(userId, verdict === 'already' && mayBeMine ? 'adopted' : verdict);
  });
  if (toWrite.size > 0) {
    if (!mayBeMine) await adoptions.note(adoptionId, { writing: JSON.stringify([...toWrite.keys()]) });
    await together(
      [...toWrite],
      async ([userId, marks]) => void outcomes.set(userId, await write(context, userId, marks)),
    );
  }
  const adopted = [...outcomes].flatMap(([userId, outcome]) => (outcome === 'adopted' ? [userId] : []));
  await join(context, tenant, [...new Set([...adopted, ...atHome])]);
  await takeBackIfDeleted(context, input.tenantId, adopted);
  return found.flatMap(({ userId }) => {
    const outcome = outcomes.get(userId);
    return outcome === undefined ? [] : [{ userId, outcome }];
  });
}

async function write({ bulk }: Context, userId: string, marks: Marks): Promise<Adopted> {
  try {
    await bulk.adoptUser(userId, marks);
    return 'adopted';
  } catch (error) {
    if (isFailure(error, 'not_found')) return 'unknown_user';
    if (isFailure(error, 'invalid')) return 'refused_by_authority';
    throw error;
  }
}

async function join(
  context: Context,
  { id: tenantId, ...tenant }: Tenant,
  userIds: readonly string[],
): Promise<void> {
  if (userIds.length === 0) return;
  for (const organization of ownOrganizations(tenant)) {
    await addMembers(context.bulk, organization, userIds);
    await removeWhoLeft(context, { tenantId, organization }, userIds);
  }
}

/** @throws Problem */
export async function adoptingTenant({ tenants }: Pick<Context, 'tenants'>, id: string): Promise<Tenant> {
  const tenant = await tenants.read(id);
  if (!tenant) throw new Problem('not_found');
  if (tenant.status === 'creating' || tenant.status === 'deleting') throw new Problem('tenant_busy');
  // Its job makes members of the users that it finds, and the search may not show these yet.
  const { change_over } = tenant;
  if (change_over?.organization !== undefined && !change_over.open)
    throw new Problem('change_over_under_way');
  return tenant;
}

/**
 * A deletion that began meanwhile may have looked for the tenant's users before these were: nobody could take them from a tenant that is gone.
 * @param userIds who were not the tenant's before
 * @throws Problem `tenant_busy`, `not_found`
 */
export async function takeBackIfDeleted(
  { bulk, tenants }: Context,
  tenantId: string,
  userIds: readonly string[],
): Promise<void> {
  const tenant = await tenants.read(tenantId);
  if (tenant && tenant.status !== 'deleting') return;
  await together(userIds, async (userId) => {
    const user = await readUser(bulk, userId);
    if (!user || standingOf({ id: tenantId }, user) !== 'home') return;
    const app_metadata = { tenant_id: null, roles: null };
    await bulk.updateUser(userId, { app_metadata }).catch(onFailure('not_found', () => undefined));
  });
  throw new Problem(tenant ? 'tenant_busy' : 'not_found');
}

/** Runs all, even if some fail: nothing goes on after it has returned. @throws the first failure */
async function together<T>(all: readonly T[], each: (one: T) => Promise<void>): Promise<void> {
  for (const result of await Promise.allSettled(all.map(each)))
    if (result.status === 'rejected') throw result.reason;
}
