import { hashPassword } from '../../passwords.ts';
import type { Metadata, StoredUser, UserProfile } from '../../store/records.ts';
import type { Store } from '../../store/store.ts';
import { ApiError, invalidBody } from '../api-error.ts';
import { checkBody } from '../body-rules.ts';
import type { Call, Endpoint } from '../endpoint.ts';
import { knownUser } from './known-user.ts';
import { alreadyExists, checkAppMetadata, checkPassword, isTaken } from './new-user.ts';
import { USER_CHANGES } from './user-rules.ts';

/** Members of the request that control the update, and are not part of the profile. */
const NOT_OF_THE_PROFILE = new Set([
  'connection',
  'client_id',
  'password',
  'verify_email',
  'verify_phone_number',
  'verify_password',
  'app_metadata',
  'user_metadata',
]);

export const updateUserEndpoint: Endpoint = {
  method: 'PATCH',
  path: '/users/{id}',
  scopes: ['update:users', 'update:users_app_metadata', 'update:current_user_metadata'],
  logAs: 'Update a User',
  answer: (call: Call) => {
    const user = knownUser(call);
    const changes = checkBody(call.body, USER_CHANGES);
    checkScopeOf(call, Object.keys(changes));
    if (Object.keys(changes).length === 0) throw invalidBody('Too few properties defined (0), minimum 1');
    checkAppMetadata(changes['app_metadata'] as Metadata | undefined);
    const updated = withChanges(call.store, user, changes, new Date(call.now()).toISOString());
    const lags = call.settings.searchDelayMs > 0;
    call.store.users.put(lags ? { ...updated, previous: user.profile } : updated);
    return { status: 200, body: updated.profile };
  },
};

/** A user's own token permits its `user_metadata` (Auth0 docs, "Get Management API tokens for single-page applications"). */
function checkScopeOf({ caller }: Call, changed: readonly string[]): void {
  const [others, own] = [['update:users', 'update:users_app_metadata'], 'user_metadata'];
  if (others.some((scope) => caller.scopes.has(scope)) || changed.every((name) => name === own)) return;
  throw new ApiError(403, `Insufficient scope, expected any of: ${others.join(',')}`, 'insufficient_scope');
}

function withChanges(
  store: Store,
  user: StoredUser,
  changes: Record<string, unknown>,
  at: string,
): StoredUser {
  const connection = store.connections.first(
    'name',
    (changes['connection'] as string | undefined) ?? user.connection,
  );
  if (!connection) throw new ApiError(400, 'The connection does not exist.', 'inexistent_connection');
  const profile: Record<string, unknown> = { ...user.profile };
  for (const [name, value] of Object.entries(changes)) {
    if (NOT_OF_THE_PROFILE.has(name)) continue;
    if (value === null) delete profile[name];
    else profile[name] = name === 'email' ? (value as string).toLowerCase() : value;
  }
  const { email, username } = profile as { email?: string; username?: string };
  const newEmail = email === user.profile.email ? undefined : email;
  const newUsername = username === user.profile.username ? undefined : username;
  if (isTaken(store, connection, newEmail, newUsername)) throw alreadyExists();
  // A new email is unverified, unless the same call says otherwise (Auth0 docs, "Update a user").
  if (newEmail !== undefined && changes['email_verified'] === undefined) profile['email_verified'] = false;
  profile['user_metadata'] = merged(
    user.profile.user_metadata,
    changes['user_metadata'] as Metadata | undefined,
  );
  profile['app_metadata'] = merged(
    user.profile.app_metadata,
    changes['app_metadata'] as Metadata | undefined,
  );
  profile['updated_at'] = at;
  const password = changes['password'] as string | undefined;
  if (typeof password === 'string') {
    checkPassword(connection, password);
    profile['last_password_reset'] = at;
  }
  return {
    ...user,
    profile: withoutUndefined(profile) as unknown as UserProfile,
    ...(typeof password === 'string' && { password: hashPassword(password) }),
  };
}

/** First-level members are merged, deeper ones replaced; null removes, an empty object clears (Auth0 docs, "Manage metadata"). */
function merged(before: Metadata | undefined, changes: Metadata | undefined): Metadata | undefined {
  if (changes === undefined) return before;
  if (Object.keys(changes).length === 0) return {};
  const after = Object.entries({ ...before, ...changes }).filter(([, value]) => value !== null);
  return Object.fromEntries(after);
}

function withoutUndefined(record: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined));
}
