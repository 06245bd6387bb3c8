/**
 * Creates a user of a tenant so that it can be repeated: the id was chosen before the first try, and a 409 that it causes is
 * known as our own earlier success. Single calls and imports both use it.
 */
import { randomInt } from 'node:crypto';
import { ManagementFailure } from '../../src/auth0/errors.ts';
import { DEFAULT_ROLE } from '../../src/authorization/assignable-roles.ts';
import type { Auth0User } from '../../src/auth0/management-users.ts';
import type { Management } from '../../src/auth0/management.ts';
import type { NewUserRecord } from '../../src/relay/user-record.ts';
import { ownUser } from './to-user-record.ts';

export interface UserToCreate {
  tenantId: string;
  connection: string;
  /** Without the connection's prefix: Auth0 adds `auth0|` itself. */
  id: string;
  user: NewUserRecord;
  /** Have Auth0 send a mail when the email is not verified. */
  sendsMail?: boolean;
}

/** Auth0's prefix for users of database connections. */
const PREFIX = 'auth0|';
export const DEFAULT_ROLES = [DEFAULT_ROLE];

/** @returns the user, or `exists` when another one has this email. @throws ManagementFailure */
export async function createOwnUser(
  management: Management,
  wanted: UserToCreate,
): Promise<Auth0User | 'exists'> {
  const { tenantId, connection, id, user, sendsMail = false } = wanted;
  const { roles = DEFAULT_ROLES, password = unknowablePassword(), email_verified = false, ...profile } = user;
  try {
    return await management.createUser({
      ...profile,
      connection,
      user_id: id,
      password,
      email_verified,
      // No mail goes out unless somebody asks for one: Auth0 would send one by itself.
      verify_email: sendsMail && !email_verified,
      app_metadata: { tenant_id: tenantId, roles },
    });
  } catch (error) {
    if (!(error instanceof ManagementFailure)) throw error;
    if (error.kind !== 'exists' && error.kind !== 'unknown_outcome') throw error;
    const found = await findOwn(management, tenantId, id);
    if (found) return found;
    if (error.kind === 'exists') return 'exists';
    // It was not done, as far as can be seen: a later try repeats it, and its id tells if it was after all.
    throw error;
  }
}

/** By the id that was chosen for it, without Auth0's prefix. */
export async function findOwn(
  management: Management,
  tenantId: string,
  id: string,
): Promise<Auth0User | undefined> {
  try {
    return ownUser(tenantId, await management.getUser(PREFIX + id));
  } catch (error) {
    if (error instanceof ManagementFailure && error.kind === 'not_found') return undefined;
    throw error;
  }
}

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const PAIRS = 34;

/**
 * Told nobody: the user sets a password by a reset. Meets every policy that a connection of Auth0's can have: 72 characters, the
 * longest minimum and the maximum; all four kinds; letters and digits in turns, so that none are repeated or in sequence.
 */
export function unknowablePassword(): string {
  const pairs = Array.from({ length: PAIRS }, () => `${LETTERS[randomInt(LETTERS.length)]!}${randomInt(10)}`);
  return `a1A!${pairs.join('')}`;
}
