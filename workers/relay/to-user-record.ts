import type { Auth0User } from '../../src/auth0/management-users.ts';
import type { UserRecord } from '../../src/relay/user-record.ts';
import { rolesOf } from './whose-user.ts';

/** Converts Auth0's user as its tenant sees it (`TenantUsers`); its fields are all optional. */
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
