import { createHash } from 'node:crypto';
import { hashPassword, isWeak } from '../../passwords.ts';
import { objectId } from '../../random-ids.ts';
import type { Connection, Metadata, StoredUser, UserProfile } from '../../store/records.ts';
import { inConnection, type Store } from '../../store/store.ts';
import { ApiError, invalidBody } from '../api-error.ts';
import { FORBIDDEN_APP_METADATA } from './user-rules.ts';

/** A valid request body of POST /users. */
export interface NewUser {
  connection: string;
  user_id?: string;
  email?: string;
  email_verified?: boolean;
  username?: string;
  phone_number?: string;
  phone_verified?: boolean;
  name?: string;
  given_name?: string;
  family_name?: string;
  nickname?: string;
  picture?: string;
  blocked?: boolean;
  password?: string;
  user_metadata?: Metadata;
  app_metadata?: Metadata;
}

/** @param needsPassword false for imports: these users may lack one, and reset it at their first sign-in */
export function createUser(
  store: Store,
  input: NewUser,
  now: Date,
  { needsPassword }: { needsPassword: boolean } = { needsPassword: true },
): StoredUser {
  const connection = store.connections.first('name', input.connection);
  // Public reports: this wording and code.
  if (!connection) throw new ApiError(400, 'The connection does not exist.', 'inexistent_connection');
  const email = input.email?.toLowerCase();
  if (connection.strategy === 'auth0') {
    if (email === undefined) throw invalidBody('Missing required property: email');
    if (input.password !== undefined) checkPassword(connection, input.password);
    else if (needsPassword) throw invalidBody('Missing required property: password');
  }
  checkAppMetadata(input.app_metadata);

  const localId = input.user_id || objectId();
  const userId = `${connection.strategy}|${localId}`;
  if (store.users.has(userId) || isTaken(store, connection, email, input.username)) throw alreadyExists();

  const at = now.toISOString();
  // In the order of the recorded responses.
  const profile: UserProfile = {
    ...(input.blocked !== undefined && { blocked: input.blocked }),
    created_at: at,
    ...(email !== undefined && { email, email_verified: input.email_verified ?? false }),
    ...(input.phone_number !== undefined && {
      phone_number: input.phone_number,
      phone_verified: input.phone_verified ?? false,
    }),
    ...(input.family_name !== undefined && { family_name: input.family_name }),
    ...(input.given_name !== undefined && { given_name: input.given_name }),
    identities: [
      { connection: connection.name, user_id: localId, provider: connection.strategy, isSocial: false },
    ],
    name: input.name ?? email ?? input.username ?? input.phone_number ?? userId,
    nickname: input.nickname ?? email?.split('@')[0] ?? input.username ?? userId,
    picture: input.picture ?? gravatar(email ?? userId),
    updated_at: at,
    user_id: userId,
    ...(input.user_metadata && { user_metadata: input.user_metadata }),
    ...(input.username !== undefined && { username: input.username }),
    ...(input.app_metadata && { app_metadata: input.app_metadata }),
  };
  return store.users.put({
    profile,
    connection: connection.name,
    ...(input.password !== undefined && { password: hashPassword(input.password) }),
  });
}

/** Recorded for imports, quoted in public mocks for this endpoint. It does not tell whether the id or the email is taken. */
export function alreadyExists(): ApiError {
  return new ApiError(409, 'The user already exists.', 'auth0_idp_error');
}

export function isTaken(
  store: Store,
  connection: Connection,
  email: string | undefined,
  username: string | undefined,
): boolean {
  return (
    (email !== undefined && store.users.count('connectionEmail', inConnection(connection.name, email)) > 0) ||
    (username !== undefined &&
      store.users.count('connectionUsername', inConnection(connection.name, username)) > 0)
  );
}

/** Public reports: this message, without an errorCode. */
export function checkPassword(connection: Connection, password: string): void {
  if (isWeak(password, connection.options))
    throw new ApiError(400, 'PasswordStrengthError: Password is too weak');
}

export function checkAppMetadata(metadata: Metadata | undefined): void {
  for (const name of Object.keys(metadata ?? {}))
    if (FORBIDDEN_APP_METADATA.has(name))
      throw invalidBody(`Additional properties not allowed: ${name}`, 'app_metadata');
}

/** The form of the recorded default pictures. */
function gravatar(email: string): string {
  const hash = createHash('md5').update(email).digest('hex');
  const initials = encodeURIComponent(`https://cdn.auth0.com/avatars/${email.slice(0, 2)}.png`);
  return `https://secure.gravatar.com/avatar/${hash}?s=480&r=pg&d=${initials}`;
}
