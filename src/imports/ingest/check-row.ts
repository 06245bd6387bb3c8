/** Validates a row: a user to store, or the reasons why it is invalid. An invalid row does not affect the others. */
import { isRecord } from '../../json.ts';
import { defaultRoles } from '../../authorization/assignable-roles.ts';
import { structureFault } from '../../contract/json-structure.ts';
import type { Check } from '../../contract/validators.ts';
import type { ImportedUser, StoredRow, WrongRow } from '../chunks.ts';
import type { ReadRow } from '../parsing/read-upload.ts';
import type { RowError } from '../row-outcome.ts';

export interface RowRules {
  /** Validator of the contract's schema for a row. */
  check: Check;
  /** Roles that the tenant may assign. */
  assignable: readonly string[];
  /** Those of them whose scopes the caller holds, so that it may assign them. */
  grantable: readonly string[];
}

/** Checks everything that can be decided from the row alone. */
export function checkRow(row: ReadRow, rules: RowRules): StoredRow {
  const { line } = row;
  if ('error' in row) return wrongRow(row.email, [row.error], line);
  const { value } = row;
  // First: later checks rely on bounded nesting.
  const wrong = structureFault(value);
  if (wrong !== undefined) return wrongRow(emailOf(value), [invalid(wrong)], line);
  const errors = [...(row.faults ?? NONE), ...schemaFaults(value, rules), ...furtherFaults(value, rules)];
  const first = errors[0];
  if (first) return wrongRow(emailOf(value), [first, ...errors.slice(1)], line);
  // The schema has validated it.
  const user = value as ImportedUser;
  // Without roles it gets `member` when it is created.
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

/** Checks that the schema cannot express. The value may be anything: it is also called for rows that fail the schema. */
function furtherFaults(value: unknown, rules: RowRules): readonly RowError[] {
  if (!isRecord(value)) return NONE;
  const user: Unchecked = value;
  const roles = Array.isArray(user.roles) ? roleFaults(user.roles, rules) : NONE;
  const secrets = secretsOf(user);
  // Most rows have neither: allocate nothing for them.
  if (secrets.length < 2) return roles;
  const [first = '', ...others] = secrets;
  return [...roles, ...others.map((name) => invalid(`must not be combined with ${first}`, `/${name}`))];
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
  // Most rows have none: allocate nothing for them.
  const { password, password_hash, custom_password_hash } = user;
  if (password === undefined && password_hash === undefined && custom_password_hash === undefined)
    return NO_SECRETS;
  return SECRETS.filter((name) => user[name] !== undefined);
}

/** Member names come from the row and may be as long as it: a pointer is cut after the last member that fits, in characters. */
const MAX_POINTER = 512;

function shortened(pointer: string): string {
  return pointer.length <= MAX_POINTER ? pointer : pointer.slice(0, pointer.lastIndexOf('/', MAX_POINTER));
}

/** RFC 5321 section 4.5.3.1.3. */
const MAX_EMAIL = 254;
/** Most errors reported per row; the rest show up after these are fixed. */
const MAX_ERRORS = 10;

function emailOf(value: unknown): unknown {
  return isRecord(value) ? value['email'] : undefined;
}

/** @param errors the first of each field is kept */
export function wrongRow(
  email: unknown,
  errors: readonly [RowError, ...RowError[]],
  line: number | undefined,
): WrongRow {
  const isFirst = ({ pointer }: RowError, index: number) =>
    pointer === undefined || errors.findIndex((other) => other.pointer === pointer) === index;
  const reported = errors
    .slice(0, 4 * MAX_ERRORS)
    .filter(isFirst)
    .slice(0, MAX_ERRORS);
  return {
    ...(typeof email === 'string' && email.length <= MAX_EMAIL && { email }),
    error: errors[0],
    ...(reported.length > 1 && { errors: reported }),
    ...(line !== undefined && { line }),
  };
}
