/** From what was read to what is stored: a user, or why it is none. A row that is wrong does not spoil the others. */
import { structureFault } from '../../contract/json-structure.ts';
import type { Check } from '../../contract/validators.ts';
import type { ImportedUser, StoredRow } from '../chunks.ts';
import type { ReadRow } from '../parsing/read-upload.ts';
import type { RowError } from '../row-outcome.ts';

export interface RowRules {
  /** Of the contract's schema for a row. */
  check: Check;
  /** Roles that the tenant may assign. */
  assignable: readonly string[];
}

/** All that can be said of a row by itself. */
export function checkRow(row: ReadRow, { check, assignable }: RowRules): StoredRow {
  if ('error' in row)
    return row.email === undefined ? { error: row.error } : { email: row.email, error: row.error };
  const { value } = row;
  // First: whatever walks a value may take for granted then that it is not nested too deeply.
  const wrong = structureFault(value);
  if (wrong !== undefined) return refused(emailOf(value), { code: 'invalid_body', message: wrong });
  const fault = check(value)?.[0];
  if (fault) {
    const pointer = shortened(fault.pointer);
    return refused(emailOf(value), { code: 'invalid_body', message: fault.message, pointer });
  }
  const user = value as ImportedUser;
  const role = user.roles ? user.roles.findIndex((name) => !assignable.includes(name)) : -1;
  if (role !== -1) {
    const message = 'The tenant may not assign this role.';
    return refused(emailOf(value), { code: 'role_not_assignable', message, pointer: `/roles/${role}` });
  }
  const [secret, second] = secretsOf(user);
  if (second !== undefined)
    return refused(emailOf(value), {
      code: 'invalid_body',
      message: `must not stand beside ${secret!}`,
      pointer: `/${second}`,
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

/** Members name themselves, and are as long as a row: a pointer leads to the outermost of them that fits. */
const MAX_POINTER = 512;

function shortened(pointer: string): string {
  return pointer.length <= MAX_POINTER ? pointer : pointer.slice(0, pointer.lastIndexOf('/', MAX_POINTER));
}

/** RFC 5321 section 4.5.3.1.3. */
const MAX_EMAIL = 254;

function emailOf(value: unknown): unknown {
  return typeof value === 'object' && value !== null
    ? (value as Record<string, unknown>)['email']
    : undefined;
}

export function refused(email: unknown, error: RowError): Extract<StoredRow, { error: unknown }> {
  return typeof email === 'string' && email.length <= MAX_EMAIL ? { email, error } : { error };
}
