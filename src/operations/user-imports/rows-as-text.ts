/** Streams rows of an import as text: NDJSON, or CSV (RFC 4180). */
import { csvLine as line } from '../csv-line.ts';
import type { PresentedRow } from './present-row.ts';

export async function* asNdjson(parts: AsyncIterable<PresentedRow[]>): AsyncGenerator<string> {
  for await (const rows of parts)
    if (rows.length > 0) yield rows.map((row) => `${JSON.stringify(row)}\n`).join('');
}

const columns = ['row', 'status', 'email', 'user_id', 'code', 'message', 'pointer'] as const;

export async function* asCsv(parts: AsyncIterable<PresentedRow[]>): AsyncGenerator<string> {
  yield line(columns);
  for await (const rows of parts) {
    if (rows.length === 0) continue;
    yield rows
      .map(({ row, status, email, user_id, error, ...more }) =>
        line([row, status, email, user_id, error?.code, error && messageOf(error, more), error?.pointer]),
      )
      .join('');
  }
}

/** All errors of a row, and its position in the file, in one cell. */
function messageOf(
  { message }: NonNullable<PresentedRow['error']>,
  { errors, line: place }: Pick<PresentedRow, 'errors' | 'line'>,
): string {
  const all = errors?.map((one) => `${one.pointer ?? ''} ${one.message}`.trim()).join('; ') ?? message;
  return place === undefined ? all : `${all} (line ${place})`;
}
