import type { components } from '../../contract/generated.ts';
import type { StoredRow, WrongRow } from '../../imports/chunks.ts';
import { statusOf } from '../../imports/each-row.ts';
import {
  endings,
  fullUserId,
  isCreated,
  isPendingMark,
  rowUserId,
  type EndMark,
  type Mark,
  type RowError,
} from '../../imports/row-outcome.ts';

export type PresentedRow = components['schemas']['UserImportRow'];

export function presentRow(
  importId: string,
  number: number,
  { stored, mark }: { stored: StoredRow; mark: Mark },
): PresentedRow {
  const email = 'user' in stored ? stored.user.email : stored.email;
  const error = errorOf(stored, mark);
  const { errors, line } = 'error' in stored ? stored : NOTHING;
  return {
    row: number,
    line,
    status: statusOf(mark),
    email,
    user_id: isCreated(mark) ? fullUserId(rowUserId(importId, number)) : undefined,
    error,
    errors: errors && [...errors],
  };
}

const NOTHING: Pick<WrongRow, 'errors' | 'line'> = {};

function errorOf(stored: StoredRow, mark: Mark): RowError | undefined {
  if ('error' in stored) return stored.error;
  return isPendingMark(mark) ? undefined : endings[mark as EndMark].error;
}
