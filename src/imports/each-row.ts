/** Rows of an import in order, read lazily: memory use does not depend on their number. */
import { Problem } from '../problem.ts';
import { CHUNK_ROWS } from './chunks.ts';
import type { ImportState } from './import-state.ts';
import { endings, isPendingMark, MARKS, type Mark, type RowStatus } from './row-outcome.ts';
import type { Row, ImportStore } from './import-store.ts';

export interface RowFilter {
  status: RowStatus | 'pending' | undefined;
  /** Only rows with a greater number. */
  after: number;
}

export function statusOf(mark: Mark): RowStatus | 'pending' {
  if (isPendingMark(mark)) return 'pending';
  return mark === 'f' ? 'failed' : endings[mark].status;
}

/** Marks are scanned in windows of this many rows: where few rows match, most chunks need not be opened. */
const WINDOW_ROWS = 50_000;
/** Chunks that are opened together. */
const TOGETHER = 5 * CHUNK_ROWS;

/** @throws Problem `rows_deleted` */
export async function* eachRow(
  store: Pick<ImportStore, 'readMarks' | 'readRows'>,
  state: ImportState,
  { status, after }: RowFilter,
): AsyncGenerator<Row[]> {
  const wanted = new Set<string>(MARKS.filter((mark) => !status || statusOf(mark) === status));
  const isWanted = (byte: number | undefined) => byte !== undefined && wanted.has(String.fromCharCode(byte));
  for (let start = after + 1; start <= state.total; start += WINDOW_ROWS) {
    const marks = await store.readMarks(state.id, start, Math.min(state.total, start + WINDOW_ROWS - 1));
    if (marks.length === 0) throw new Problem('rows_deleted');
    for (let at = 0; at < marks.length; at += TOGETHER) {
      const end = Math.min(at + TOGETHER, marks.length);
      if (!marks.subarray(at, end).some(isWanted)) continue;
      const rows = await store.readRows(state, start + at, start + end - 1);
      if (!rows) throw new Problem('rows_deleted');
      yield rows.filter(({ mark }) => wanted.has(mark));
    }
  }
}
