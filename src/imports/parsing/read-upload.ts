/**
 * An upload to rows, as it comes: unpacked, brought to UTF-8, cut into records, read. Needs nothing but a stream of bytes, so it
 * runs in any thread. What holds for the whole file is a Problem; what is wrong with a row stands in its place among the rows.
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
  /** The parameter of the media type. */
  charset?: string | undefined;
  limits: UploadLimits;
  /** Which columns CSV may have. Whoever reads many uploads makes them once. */
  columns?: Columns;
}

/**
 * In order, pulling from `source` only as fast as it is consumed: rows are read as they are taken, those of a piece of the source
 * together. What `source` throws is thrown on as it is.
 * @throws Problem `import_too_large` (`detail` names the limit that was exceeded and its value), `empty_import`,
 * `malformed_body`, `invalid_columns`, `truncated_gzip`, `corrupt_gzip`, `unsupported_media_type` (a charset that is not known)
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

/** Also of what nobody looks at it is found out whether it can be read. */
function* whole(rows: Iterable<ReadRow>): Generator<Iterable<ReadRow>, void> {
  yield rows;
  for (const _ of rows);
}
