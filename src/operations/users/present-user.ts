import type { components } from '../../contract/generated.ts';
import type { UserRecord } from '../../relay/user-record.ts';

/** The public view of a user: fields are listed one by one, so that no others leak. */
export function presentUser(user: UserRecord): components['schemas']['User'] {
  return {
    user_id: user.user_id,
    email: user.email,
    email_verified: user.email_verified,
    name: user.name,
    given_name: user.given_name,
    family_name: user.family_name,
    nickname: user.nickname,
    picture: user.picture,
    blocked: user.blocked,
    roles: user.roles,
    user_metadata: user.user_metadata,
    created_at: user.created_at,
    updated_at: user.updated_at,
    last_login: user.last_login,
    logins_count: user.logins_count,
  };
}
