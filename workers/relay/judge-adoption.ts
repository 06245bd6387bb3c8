/** Whether a user who exists may become a tenant's. Pure: the one place that decides it. */
import type { RefusalCode } from '../../src/adoptions/refusals.ts';
import type { Auth0User } from '../../src/auth0/management-users.ts';
import type { Tenant } from '../../src/registry/tenants.ts';
import { standingOf } from './whose-user.ts';

export type Verdict = 'adopt' | 'already' | RefusalCode;

type AdoptingTenant = Pick<Tenant, 'id' | 'connection' | 'organization' | 'change_over'>;

/** @param replaceRoles roles that somebody else wrote do not count: they would be permissions in the tenant */
export function judge(
  tenant: AdoptingTenant,
  user: Auth0User,
  { replaceRoles }: { replaceRoles: boolean },
): Verdict {
  const { tenant_id, roles } = user.app_metadata ?? {};
  const standing = standingOf(tenant, user);
  if (standing === 'home') return 'already';
  // A guest whose home is elsewhere stays one; one without any is adopted as others are.
  if (isThere(tenant_id)) return standing === 'guest' ? 'already' : 'belongs_to_other_tenant';
  if (!livesIn(tenant.connection, user)) return 'other_connection';
  if (!user.email) return 'no_email';
  if (isThere(roles) && !isEmpty(roles) && !replaceRoles) return 'has_roles';
  return 'adopt';
}

/** Linked accounts of social and enterprise connections are the person's affair; those of a database have their own users. */
function livesIn(connection: string, { identities = [] }: Auth0User): boolean {
  const databases = identities.filter(({ provider }) => provider === DATABASE);
  return databases.length > 0 && databases.every((one) => one.connection === connection);
}

const DATABASE = 'auth0';

const isThere = (value: unknown): boolean => value !== undefined && value !== null;
const isEmpty = (value: unknown): boolean => Array.isArray(value) && value.length === 0;
