/** Errors of an import job, matched to rows by the predetermined user ids. */
import { asObject } from '../../../src/contract/json-structure.ts';
import { rowUserId } from '../../../src/imports/row-outcome.ts';

export interface JobErrors {
  /** Row number → reason. `exists`: a user has this email, or this id. */
  byRow: Map<number, 'exists' | 'refused'>;
  /** Number of errors that match no row. */
  unclear: number;
}

/** Auth0 docs, "Bulk user imports". */
const EXISTS = new Set(['DUPLICATED_USER', 'CONFLICT', 'CONFLICT_EMAIL', 'CONFLICT_USERNAME']);

/** @param entries as received from the authority: unvalidated, so of any shape */
export function readErrors(
  entries: readonly unknown[],
  importId: string,
  { from, to }: { from: number; to: number },
): JobErrors {
  const rowOf = new Map<string, number>();
  for (let row = from; row <= to; row += 1) rowOf.set(rowUserId(importId, row), row);
  const found: JobErrors = { byRow: new Map(), unclear: 0 };
  for (const entry of entries) {
    const { user, errors } = asObject(entry);
    const id = String(asObject(user)['user_id']).replace(/^auth0\|/, '');
    const row = rowOf.get(id);
    if (row === undefined) found.unclear += 1;
    else found.byRow.set(row, codesOf(errors).some((code) => EXISTS.has(code)) ? 'exists' : 'refused');
  }
  return found;
}

function codesOf(errors: unknown): string[] {
  return Array.isArray(errors) ? errors.map((error) => String(asObject(error)['code'])) : [];
}
