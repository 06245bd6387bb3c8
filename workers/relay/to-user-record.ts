import type { Auth0User } from '../../src/auth0/management-users.ts';
import { ownedBy } from '../../src/authorization/tenant-boundary.ts';
import type { UserRecord } from '../../src/relay/user-record.ts';

/** Converts Auth0's user, whose fields are all optional. */
export function toUserRecord(user: Auth0User): UserRecord {
  const { name, given_name, family_name, nickname, picture, last_login, logins_count } = user;
  return {
    user_id: user.user_id,
    email: user.email ?? '',
    email_verified: user.email_verified ?? false,
    blocked: user.blocked ?? false,
    roles: rolesOf(user),
    user_metadata: user.user_metadata ?? {},
    created_at: user.created_at ?? '',
    updated_at: user.updated_at ?? '',
    name,
    given_name,
    family_name,
    nickname,
    picture,
    last_login,
    logins_count,
  };
}

export function rolesOf(user: Auth0User): string[] {
  const roles = user.app_metadata?.['roles'];
  return Array.isArray(roles) ? roles.filter((role) => typeof role === 'string') : [];
}

/** The user, if it belongs to the tenant; otherwise undefined, as if it did not exist (invariant 1). */
export function ownUser(tenantId: string, user: Auth0User | undefined): Auth0User | undefined {
  return ownedBy(tenantId, user, (found) => found.app_metadata?.['tenant_id']);
}
