/** From what was read to what is stored: a user, or why it is none. A row that is wrong does not spoil the others. */
import { defaultRoles } from '../../authorization/assignable-roles.ts';
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
  /** Those of them that the caller may give: it holds all their scopes. */
  grantable: readonly string[];
}

/** All that can be said of a row by itself. */
export function checkRow(row: ReadRow, rules: RowRules): StoredRow {
  if ('error' in row)
    return row.email === undefined ? { error: row.error } : { email: row.email, error: row.error };
  const { value } = row;
  // First: whatever walks a value may take for granted then that it is not nested too deeply.
  const wrong = structureFault(value);
  if (wrong !== undefined) return refused(emailOf(value), { code: 'invalid_body', message: wrong });
  const fault = rules.check(value)?.[0];
  if (fault) {
    const pointer = shortened(fault.pointer);
    return refused(emailOf(value), { code: 'invalid_body', message: fault.message, pointer });
  }
  const user = value as ImportedUser;
  const wrongRole = user.roles && refusedRole(user.roles, rules);
  if (wrongRole) return refused(user.email, wrongRole);
  const [secret, second] = secretsOf(user);
  if (second !== undefined)
    return refused(emailOf(value), {
      code: 'invalid_body',
      message: `must not stand beside ${secret!}`,
      pointer: `/${second}`,
    });
  // Without roles it would get `member`, when it is created.
  const isAsItCame = user.roles !== undefined || defaultRoles(rules.grantable).length > 0;
  return { user: isAsItCame ? user : { ...user, roles: [] } };
}

function refusedRole(roles: readonly string[], { assignable, grantable }: RowRules): RowError | undefined {
  const index = roles.findIndex((name) => !grantable.includes(name));
  if (index === -1) return undefined;
  const pointer = `/roles/${index}`;
  return assignable.includes(roles[index]!)
    ? { code: 'role_not_grantable', message: 'The caller does not hold every scope of this role.', pointer }
    : { code: 'role_not_assignable', message: 'The tenant may not assign this role.', pointer };
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
