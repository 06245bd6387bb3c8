/**
 * Reads rows from an upload as it arrives: unpack, convert to UTF-8, split into records, parse. Needs only a stream of bytes, so it runs
 * in any thread. A fault of the whole file throws a Problem; a fault of a row is returned in its place among the rows.
 */
import { Problem } from '../../problem.ts';
import { csv } from './csv.ts';
import { createColumns, type Columns } from './csv-columns.ts';
import { jsonArray } from './json-array.ts';
import { NdjsonReader } from './ndjson.ts';
import type { ReadRow, UploadLimits } from './read-row.ts';
import { RecordReader, type RowReader } from './records.ts';
import { toUtf8 } from './to-utf8.ts';
import { counted, unpacked } from './unpack.ts';

export type { ReadRow, UploadLimits } from './read-row.ts';

export type UploadFormat = 'ndjson' | 'csv' | 'json';

const readers: Record<UploadFormat, (limits: UploadLimits, columns?: Columns) => RowReader> = {
  ndjson: (limits) => new NdjsonReader(limits),
  csv: (limits, columns = createColumns()) => new RecordReader(csv(columns), limits),
  json: (limits) => new RecordReader(jsonArray(), limits),
};

export interface UploadOptions {
  format: UploadFormat;
  isGzip: boolean;
  /** From the media type. */
  charset?: string | undefined;
  limits: UploadLimits;
  /** Columns that CSV may have. Create them once for many uploads. */
  columns?: Columns;
}

/**
 * Yields rows in order, pulling from `source` only as fast as they are consumed: rows are read lazily, those of one piece of the source
 * together. Errors of `source` are thrown unchanged.
 * @throws Problem `import_too_large` (`detail` names the exceeded limit and its value), `empty_import`, `malformed_body`,
 * `invalid_columns`, `truncated_gzip`, `corrupt_gzip`, `unsupported_media_type` (unknown charset)
 */
export async function* readUpload(
  source: AsyncIterable<Uint8Array>,
  { format, isGzip, charset, limits, columns }: UploadOptions,
): AsyncGenerator<Iterable<ReadRow>, void, undefined> {
  const arriving = counted(source, limits.bytes, isGzip ? ' as gzip' : '');
  const bytes = isGzip ? counted(unpacked(arriving), limits.inflatedBytes, ' when unpacked') : arriving;
  const reader = readers[format](limits, columns);
  for await (const piece of toUtf8(bytes, charset)) yield* whole(reader.rows(piece));
  yield* whole(reader.lastRows());
  if (reader.count() === 0) throw new Problem('empty_import');
}

/** Drains skipped rows, so that their parse errors surface. */
function* whole(rows: Iterable<ReadRow>): Generator<Iterable<ReadRow>, void> {
  yield rows;
  for (const _ of rows);
}
