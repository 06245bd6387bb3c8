import { isOpenMark, markOf } from './row-outcome.ts';
import type { ImportState, ImportStore } from './import-store.ts';

/** Marks are scanned in windows of this many rows. */
const WINDOW_ROWS = 65_536;

/**
 * Rows whose users are to become members.
 * @param from row to begin with
 * @param limit most rows
 * @returns also the first row that may ever become one; undefined when the rows were deleted
 */
export async function rowsToJoin(
  store: Pick<ImportStore, 'readMarks'>,
  { id, total }: ImportState,
  from: number,
  limit: number,
): Promise<{ rows: number[]; from: number } | undefined> {
  const rows: number[] = [];
  let first: number | undefined;
  for (let at = from; at <= total && rows.length < limit; at += WINDOW_ROWS) {
    const marks = await store.readMarks(id, at, Math.min(total, at + WINDOW_ROWS - 1));
    if (marks.length === 0) return undefined;
    for (let i = 0; i < marks.length && rows.length < limit; i += 1) {
      const mark = markOf(marks[i]);
      if (mark === 'm') rows.push(at + i);
      else if (!isOpenMark(mark)) continue;
      first ??= at + i;
    }
  }
  return { rows, from: first ?? from };
}
