/**
 * Whose a user of the authority is for a tenant, by the user's record: the one place that decides it, with the user's roles in the tenant.
 * Home users, whom the tenant created, have `app_metadata.tenant_id`. Guests of a tenant that is an organization have their account from
 * elsewhere, and a mark: a first-level member of `app_metadata` named by the organization's id, `{ tenant_id, roles }`. What names another
 * tenant is left from one that was this organization before, and says nothing. The post-login Action (docs/auth0-account.md) follows the
 * same rule.
 */
import type { Auth0User } from '../../src/auth0/management-users.ts';
import type { Tenant } from '../../src/registry/tenants.ts';
import { ownedBy } from '../../src/authorization/tenant-boundary.ts';

export type TenantOfUsers = Pick<Tenant, 'id' | 'organization' | 'change_over'>;

/** `unknown`: the record does not say; a member of the organization who has not signed in to it yet may be a guest. */
export type Standing = 'home' | 'guest' | 'unknown';

export function standingOf(tenant: TenantOfUsers, user: Auth0User): Standing {
  if (ownedBy(tenant.id, user, ({ app_metadata }) => app_metadata?.['tenant_id'])) return 'home';
  return markOf(tenant, user) ? 'guest' : 'unknown';
}

/**
 * The user as the tenant may see it, with its roles there and nothing of other tenants' marks; undefined: it is not the tenant's, as if it
 * did not exist (invariant 1).
 * @param isMember the authority says so right now
 */
export function asSeenBy(
  tenant: TenantOfUsers,
  user: Auth0User | undefined,
  isMember = false,
): Auth0User | undefined {
  if (!user) return undefined;
  const standing = standingOf(tenant, user);
  if (standing === 'unknown' && !(isMember && tenant.organization !== undefined)) return undefined;
  if (tenant.organization === undefined) return user;
  const app_metadata = { tenant_id: tenant.id, roles: rolesIn(tenant, user, standing) };
  return { ...(standing === 'home' ? user : withoutHome(user)), app_metadata };
}

/** What a guest's home wrote, and when and how often they signed in anywhere, concerns no other tenant. */
function withoutHome(user: Auth0User): Auth0User {
  const { user_metadata: _written, last_login: _last, logins_count: _often, updated_at, ...account } = user;
  // Each sign-in, and each change by others, moves it.
  return updated_at === undefined ? account : { ...account, updated_at: user.created_at ?? updated_at };
}

/** What tells whether others depend on an account. */
export interface Others {
  readTenant: (tenantId: string) => Promise<Pick<Tenant, 'organization' | 'change_over'> | undefined>;
  /** Whether people may belong to several tenants. */
  exist: () => Promise<boolean>;
  /** That the user is a member of, as the authority says right now: a call. */
  organizationsOf: (userId: string) => Promise<readonly string[]>;
}

/**
 * Whether others depend on the account: its home is elsewhere or nowhere, or another organization knows the person. The tenant may then only
 * change the person's roles in it, and remove the person from it. This holds for tenants that are no organization, too. A mark of another
 * organization says it while the tenant that it names is that organization. One call at most, unless the record says it: somebody added in
 * Auth0's dashboard has no mark yet.
 */
export async function isSharedWithOthers(
  tenant: TenantOfUsers,
  user: Auth0User,
  others: Others,
): Promise<boolean> {
  if (standingOf(tenant, user) !== 'home') return true;
  const own = ownOrganizations(tenant);
  const marks = otherMarks(tenant, user);
  for (const [organization, mark] of marks) {
    const named = isMark(mark) ? mark['tenant_id'] : undefined;
    const other = typeof named === 'string' ? await others.readTenant(named) : undefined;
    if (other && ownOrganizations(other).includes(organization)) return true;
  }
  // What else is under such a name is left from a tenant that is gone, or somebody else's: the memberships say whether it matters.
  if (marks.length === 0 && tenant.organization === undefined && !(await others.exist())) return false;
  return (await others.organizationsOf(user.user_id)).some((other) => !own.includes(other));
}

/** What the record has under names of other organizations. */
export function otherMarks(tenant: TenantOfUsers, { app_metadata = {} }: Auth0User): [string, unknown][] {
  const own = ownOrganizations(tenant);
  return Object.entries(app_metadata).filter(
    ([name, value]) => ORGANIZATION.test(name) && isThere(value) && !own.includes(name),
  );
}

/** Changes of `app_metadata`, which Auth0 merges at the first level. */
export function withRoles(tenant: TenantOfUsers, user: Auth0User, roles: string[]) {
  const { organization } = tenant;
  // The mark decides where there is one.
  if (organization === undefined || (standingOf(tenant, user) === 'home' && !markOf(tenant, user)))
    return { roles };
  return { [organization]: { ...markOf(tenant, user), tenant_id: tenant.id, roles } };
}

/**
 * Changes of `app_metadata` after which the user is at home in the tenant. A guest keeps the roles that the tenant has given, which are at
 * home from then on; the mark would decide over them.
 * @param roles of somebody who has none there yet
 */
export function withHome(tenant: TenantOfUsers, user: Auth0User, roles: string[]) {
  const given = standingOf(tenant, user) === 'guest' ? rolesIn(tenant, user, 'guest') : [];
  const marks = ownOrganizations(tenant).filter((organization) => isMarkedBy(organization, user));
  return {
    tenant_id: tenant.id,
    roles: given.length > 0 ? given : roles,
    ...Object.fromEntries(marks.map((organization) => [organization, null])),
  };
}

/** Changes of `app_metadata` after which nothing in the record says that the user is the tenant's. */
export function withoutTenant(tenant: TenantOfUsers, user: Auth0User) {
  const marks = ownOrganizations(tenant).filter((organization) => isMarkedBy(organization, user));
  return {
    ...(standingOf(tenant, user) === 'home' && { tenant_id: null, roles: null }),
    ...Object.fromEntries(marks.map((organization) => [organization, null])),
  };
}

/** The tenant's organization, and the one that it becomes: its users are members of that one before it is the tenant's. */
export function ownOrganizations({
  organization,
  change_over,
}: Pick<TenantOfUsers, 'organization' | 'change_over'>): string[] {
  return [...new Set([organization, change_over?.organization_id].filter((one) => one !== undefined))];
}

/** Whether the record has anything, be it a mark, under the organization's name. */
export const isMarkedBy = (organization: string, { app_metadata }: Auth0User): boolean =>
  isThere(app_metadata?.[organization]);

/** Of a record as its tenant sees it. */
export const rolesOf = ({ app_metadata }: Auth0User): string[] => namesIn(app_metadata?.['roles']);

function rolesIn(tenant: TenantOfUsers, user: Auth0User, standing: Standing): string[] {
  const mark = markOf(tenant, user);
  if (mark) return namesIn(mark['roles']);
  return standing === 'home' ? rolesOf(user) : [];
}

function markOf({ id, organization }: TenantOfUsers, { app_metadata }: Auth0User) {
  const mark: unknown = organization === undefined ? undefined : app_metadata?.[organization];
  return isMark(mark) && ownedBy(id, mark, ({ tenant_id }) => tenant_id) ? mark : undefined;
}

const ORGANIZATION = /^org_/;

const isThere = (value: unknown): boolean => value !== undefined && value !== null;

const isMark = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const namesIn = (roles: unknown): string[] =>
  Array.isArray(roles) ? roles.filter((role) => typeof role === 'string') : [];
