/** From an upload to rows: users, or why a row is none. A row that is wrong does not spoil the others. */
import type { Check } from '../contract/validators.ts';
import { Problem } from '../problem.ts';
import type { NewUserRecord } from '../relay/user-record.ts';
import type { RowError } from './row-outcome.ts';
import type { StoredRow } from './row-store.ts';

export const MAX_ROWS = 10_000;

/** @throws Problem `too_many_rows`, `empty_import` */
export function parseRows(
  body: unknown,
  bodyType: string | undefined,
  check: Check,
  assignable: readonly string[],
): StoredRow[] {
  const rows =
    bodyType === 'application/x-ndjson' ? ndjsonLines(body as string) : (body as unknown[]).map(asValue);
  if (rows.length === 0) throw new Problem('empty_import');
  if (rows.length > MAX_ROWS) throw new Problem('too_many_rows', { detail: `At most ${MAX_ROWS} rows.` });
  return rows.map((row) => (row === NOT_JSON ? notJson() : checkRow(row.value, check, assignable)));
}

const NOT_JSON = Symbol('not JSON');
type Parsed = { value: unknown } | typeof NOT_JSON;

const asValue = (value: unknown): Parsed => ({ value });

/** One JSON value a line; empty lines count for nothing, a byte order mark neither. */
function ndjsonLines(text: string): Parsed[] {
  return text
    .replace(/^\uFEFF/, '')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => {
      try {
        return asValue(JSON.parse(line));
      } catch {
        return NOT_JSON;
      }
    });
}

function checkRow(value: unknown, check: Check, assignable: readonly string[]): StoredRow {
  const faults = check(value);
  if (faults) return refused(value, { code: 'invalid_body', ...placed(faults[0]!) });
  const user = value as NewUserRecord;
  const role = user.roles?.findIndex((name) => !assignable.includes(name)) ?? -1;
  if (role === -1) return { user };
  const message = 'The tenant may not assign this role.';
  return refused(value, { code: 'role_not_assignable', message, pointer: `/roles/${role}` });
}

const placed = ({ pointer, message }: { pointer: string; message: string }) => ({ message, pointer });

function refused(value: unknown, error: RowError): StoredRow {
  const email =
    typeof value === 'object' && value !== null ? (value as Record<string, unknown>)['email'] : undefined;
  return {
    ...(typeof email === 'string' && email.length <= 254 ? { email } : {}),
    error,
  };
}

function notJson(): StoredRow {
  return { error: { code: 'malformed_body', message: 'The line is not JSON.' } };
}
