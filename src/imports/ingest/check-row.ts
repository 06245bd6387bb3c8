/** From what was read to what is stored: a user, or why it is none. A row that is wrong does not spoil the others. */
import { defaultRoles } from '../../authorization/assignable-roles.ts';
import { isRecord, structureFault } from '../../contract/json-structure.ts';
import type { Check } from '../../contract/validators.ts';
import type { ImportedUser, StoredRow, WrongRow } from '../chunks.ts';
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
  const { line } = row;
  if ('error' in row) return wrongRow(row.email, [row.error], line);
  const { value } = row;
  // First: whatever walks a value may take for granted then that it is not nested too deeply.
  const wrong = structureFault(value);
  if (wrong !== undefined) return wrongRow(emailOf(value), [invalid(wrong)], line);
  const errors = [...(row.faults ?? NONE), ...schemaFaults(value, rules), ...furtherFaults(value, rules)];
  const first = errors[0];
  if (first) return wrongRow(emailOf(value), [first, ...errors.slice(1)], line);
  // The schema says so.
  const user = value as ImportedUser;
  // Without roles it would get `member`, when it is created.
  const isAsItCame = user.roles !== undefined || defaultRoles(rules.grantable).length > 0;
  return { user: isAsItCame ? user : { ...user, roles: [] } };
}

const NONE: readonly RowError[] = [];
const invalid = (message: string, pointer?: string): RowError => ({
  code: 'invalid_body',
  message,
  ...(pointer !== undefined && { pointer }),
});

function schemaFaults(value: unknown, { check }: RowRules): readonly RowError[] {
  return check(value)?.map(({ message, pointer }) => invalid(message, shortened(pointer))) ?? NONE;
}

type Unchecked = { [K in keyof ImportedUser]?: unknown };

/** What the schema does not say. The value may be anything: it need not have been good for the schema. */
function furtherFaults(value: unknown, rules: RowRules): readonly RowError[] {
  if (!isRecord(value)) return NONE;
  const user: Unchecked = value;
  const roles = Array.isArray(user.roles) ? roleFaults(user.roles, rules) : NONE;
  const secrets = secretsOf(user);
  // Most rows have neither: nothing is made for them.
  if (secrets.length < 2) return roles;
  const [first = '', ...others] = secrets;
  return [...roles, ...others.map((name) => invalid(`must not stand beside ${first}`, `/${name}`))];
}

function roleFaults(roles: readonly unknown[], { assignable, grantable }: RowRules): readonly RowError[] {
  if (roles.every((role) => grantable.some((one) => one === role))) return NONE;
  return roles.flatMap((role, index): RowError[] => {
    if (typeof role !== 'string' || grantable.includes(role)) return [];
    const pointer = `/roles/${index}`;
    return assignable.includes(role)
      ? [
          {
            code: 'role_not_grantable',
            message: 'The caller does not hold every scope of this role.',
            pointer,
          },
        ]
      : [{ code: 'role_not_assignable', message: 'The tenant may not assign this role.', pointer }];
  });
}

const SECRETS = ['password', 'password_hash', 'custom_password_hash'] as const;
const NO_SECRETS: readonly string[] = [];
function secretsOf(user: Unchecked): readonly string[] {
  // Most rows have none: nothing is made for them.
  const { password, password_hash, custom_password_hash } = user;
  if (password === undefined && password_hash === undefined && custom_password_hash === undefined)
    return NO_SECRETS;
  return SECRETS.filter((name) => user[name] !== undefined);
}

/** Members name themselves, and are as long as a row: a pointer leads to the outermost of them that fits. */
const MAX_POINTER = 512;

function shortened(pointer: string): string {
  return pointer.length <= MAX_POINTER ? pointer : pointer.slice(0, pointer.lastIndexOf('/', MAX_POINTER));
}

/** RFC 5321 section 4.5.3.1.3. */
const MAX_EMAIL = 254;
/** More than that are told of no row: somebody who mends ten sees the others next time. */
const MAX_ERRORS = 10;

function emailOf(value: unknown): unknown {
  return isRecord(value) ? value['email'] : undefined;
}

/** @param errors of each field the first counts */
export function wrongRow(
  email: unknown,
  errors: readonly [RowError, ...RowError[]],
  line: number | undefined,
): WrongRow {
  const isFirst = ({ pointer }: RowError, index: number) =>
    pointer === undefined || errors.findIndex((other) => other.pointer === pointer) === index;
  const told = errors
    .slice(0, 4 * MAX_ERRORS)
    .filter(isFirst)
    .slice(0, MAX_ERRORS);
  return {
    ...(typeof email === 'string' && email.length <= MAX_EMAIL && { email }),
    error: errors[0],
    ...(told.length > 1 && { errors: told }),
    ...(line !== undefined && { line }),
  };
}
