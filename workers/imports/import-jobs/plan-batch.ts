/** Plans batches of rows: as many as fit into a file. */
import { CHUNK_ROWS } from '../../../src/imports/chunks.ts';
import { jobRows, type Batch, type JobRow } from '../../../src/imports/import-jobs/batches.ts';
import type { ImportState, ImportStore } from '../../../src/imports/import-store.ts';
import { isWritable } from '../is-writable.ts';
import { FILE_BYTES, recordOf } from './batch-file.ts';

/** Minimum number of rows to split into two jobs. */
const SPLIT_ROWS = 500;

/**
 * @returns the last row considered, and the batch; undefined when none of these rows uses import jobs
 */
export async function planBatch(
  store: Pick<ImportStore, 'readRows'>,
  state: ImportState,
): Promise<{ upTo: number; batch: Batch | undefined }> {
  const from = state.planned + 1;
  let bytes = 2;
  let count = 0;
  let last = state.total;
  for (let at = from; at <= last; at += CHUNK_ROWS) {
    const rows = await store.readRows(state, at, Math.min(last, at + CHUNK_ROWS - 1));
    // The rows were deleted: the import has ended, or cannot continue.
    if (!rows) return { upTo: state.total, batch: undefined };
    for (const row of jobRows(rows)) {
      const size = sizeOf(state, row);
      if (bytes + size > FILE_BYTES && count > 0) return planned(from, row.number - 1);
      bytes += size;
      count += 1;
    }
    if (at === from) last = lastRow(state, from, (rows.length * FILE_BYTES) / bytes);
  }
  return count === 0 ? { upTo: last, batch: undefined } : planned(from, last);
}

/** Splits the last rows evenly into two jobs, which run concurrently. */
function lastRow({ total }: ImportState, from: number, rowsPerFile: number): number {
  const left = total - from + 1;
  const isWorthwhile = from === 1 ? left >= SPLIT_ROWS : left > rowsPerFile;
  return isWorthwhile && left <= 2 * rowsPerFile ? from + Math.ceil(left / 2) - 1 : total;
}

const planned = (from: number, to: number) => ({
  upTo: to,
  batch: { number: from - 1, from, to, sent: 0 },
});

/** Bytes in the file, with the following comma. Zero for a row that cannot be serialized: it is not sent. */
const sizeOf = (state: ImportState, row: JobRow): number =>
  isWritable(row.user) ? Buffer.byteLength(recordOf(state, row)) + 1 : 0;
