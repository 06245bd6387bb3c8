/** From what was read to what is stored: a user, or why it is none. A row that is wrong does not spoil the others. */
import type { Check } from '../../contract/validators.ts';
import type { ImportedUser, StoredRow } from '../chunks.ts';
import type { DuplicateFinder } from '../parsing/duplicates.ts';
import type { ReadRow } from '../parsing/read-upload.ts';
import type { RowError } from '../row-outcome.ts';

export interface RowRules {
  /** Of the contract's schema for a row. */
  check: Check;
  /** Roles that the tenant may assign. */
  assignable: readonly string[];
  duplicates: DuplicateFinder;
}

export function checkRow(row: ReadRow, { check, assignable, duplicates }: RowRules): StoredRow {
  if ('error' in row)
    return row.email === undefined ? { error: row.error } : { email: row.email, error: row.error };
  const { value, number } = row;
  const fault = check(value)?.[0];
  if (fault) return refused(value, { code: 'invalid_body', message: fault.message, pointer: fault.pointer });
  const user = value as ImportedUser;
  const role = user.roles ? user.roles.findIndex((name) => !assignable.includes(name)) : -1;
  if (role !== -1) {
    const message = 'The tenant may not assign this role.';
    return refused(value, { code: 'role_not_assignable', message, pointer: `/roles/${role}` });
  }
  const [secret, second] = secretsOf(user);
  if (second !== undefined)
    return refused(value, {
      code: 'invalid_body',
      message: `must not stand beside ${secret!}`,
      pointer: `/${second}`,
    });
  // Asked last: a row that is wrong takes its email from nobody.
  const first = duplicates.seenAt(user.email, number);
  if (first !== undefined)
    return refused(value, {
      code: 'duplicate_row',
      message: `Row ${first} has this email.`,
      pointer: '/email',
    });
  return { user };
}

const SECRETS = ['password', 'password_hash', 'custom_password_hash'] as const;
const NONE: readonly string[] = [];
function secretsOf(user: ImportedUser): readonly string[] {
  // Most rows have none: nothing is made for them.
  const { password, password_hash, custom_password_hash } = user;
  if (password === undefined && password_hash === undefined && custom_password_hash === undefined)
    return NONE;
  return SECRETS.filter((name) => user[name] !== undefined);
}

/** RFC 5321 section 4.5.3.1.3. */
const MAX_EMAIL = 254;

function refused(value: unknown, error: RowError): StoredRow {
  const email =
    typeof value === 'object' && value !== null ? (value as Record<string, unknown>)['email'] : undefined;
  return typeof email === 'string' && email.length <= MAX_EMAIL ? { email, error } : { error };
}
