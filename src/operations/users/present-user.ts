import type { components } from '../../contract/generated.ts';
import type { UserRecord } from '../../relay/user-record.ts';

/** What a caller sees of a user: named one by one, so that nothing else can slip out. */
export function presentUser(user: UserRecord): components['schemas']['User'] {
  return {
    user_id: user.user_id,
    email: user.email,
    email_verified: user.email_verified,
    ...(user.name === undefined ? {} : { name: user.name }),
    ...(user.given_name === undefined ? {} : { given_name: user.given_name }),
    ...(user.family_name === undefined ? {} : { family_name: user.family_name }),
    ...(user.nickname === undefined ? {} : { nickname: user.nickname }),
    ...(user.picture === undefined ? {} : { picture: user.picture }),
    blocked: user.blocked,
    roles: user.roles,
    user_metadata: user.user_metadata,
    created_at: user.created_at,
    updated_at: user.updated_at,
    ...(user.last_login === undefined ? {} : { last_login: user.last_login }),
    ...(user.logins_count === undefined ? {} : { logins_count: user.logins_count }),
  };
}
