/** From an upload to rows: users, or why a row is none. A row that is wrong does not spoil the others. */
import type { Check } from '../contract/validators.ts';
import { Problem } from '../problem.ts';
import type { NewUserRecord } from '../relay/user-record.ts';
import type { StoredRow } from './row-store.ts';

export const MAX_ROWS = 10_000;

/** @throws Problem `too_many_rows`, `empty_import` */
export function parseRows(body: unknown, bodyType: string | undefined, check: Check): StoredRow[] {
  const rows =
    bodyType === 'application/x-ndjson' ? ndjsonLines(body as string) : (body as unknown[]).map(asValue);
  if (rows.length === 0) throw new Problem('empty_import');
  if (rows.length > MAX_ROWS) throw new Problem('too_many_rows', { detail: `At most ${MAX_ROWS} rows.` });
  return rows.map((row) => (row === NOT_JSON ? notJson() : checkRow(row.value, check)));
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

function checkRow(value: unknown, check: Check): StoredRow {
  const faults = check(value);
  if (!faults) return { user: value as NewUserRecord };
  const { pointer, message } = faults[0]!;
  const email =
    typeof value === 'object' && value !== null ? (value as Record<string, unknown>)['email'] : undefined;
  return {
    ...(typeof email === 'string' && email.length <= 254 ? { email } : {}),
    error: { code: 'invalid_body', message, pointer },
  };
}

function notJson(): StoredRow {
  return { error: { code: 'malformed_body', message: 'The line is not JSON.' } };
}
