/** Saves the outcome of each row to a file: in the server's format if it supports that, else from pages of JSON. */
import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { stringify } from 'csv-stringify';
import type { components } from './generated-contract.ts';
import { get, type Api } from './api.ts';
import { Failure, mayPass } from './exit-codes.ts';
import { jsonOf } from './json-of.ts';

export type ResultFormat = 'csv' | 'ndjson';
type RowPage = components['schemas']['UserImportRowList'];
type Row = components['schemas']['UserImportRow'];

const mediaTypes: Record<ResultFormat, string> = { csv: 'text/csv', ndjson: 'application/x-ndjson' };

/** A download that breaks starts over: pages are not kept. */
const TRIES = 4;
const PAUSE_MS = 1_000;
const PAGE_ROWS = 1_000;

export function resultFormat(path: string): ResultFormat {
  if (/\.csv$/i.test(path)) return 'csv';
  if (/\.(ndjson|jsonl)$/i.test(path)) return 'ndjson';
  throw new Failure('usage', ['--out must end in .csv or .ndjson.']);
}

/** Writes the file atomically and readable by its owner only: it contains personal data. @throws Failure */
export async function saveResults(api: Api, id: string, path: string): Promise<void> {
  const part = `${path}.part`;
  for (let tries = 1; ; tries += 1) {
    try {
      const target = createWriteStream(part, { mode: 0o600 });
      await pipeline(await openResults(api, id, resultFormat(path)), target, { signal: api.signal });
      await rename(part, path);
      return;
    } catch (error) {
      await rm(part, { force: true });
      if (api.signal.aborted) throw error;
      if (error instanceof Failure && !mayPass(error)) throw error;
      if (error instanceof Error && 'syscall' in error && /^(open|write|rename)$/.test(String(error.syscall)))
        throw new Failure('usage', [`The results could not be written: ${error.message}`], { cause: error });
      if (tries === TRIES) throw error instanceof Failure ? error : brokeOff(error);
      await delay(PAUSE_MS * tries, undefined, { signal: api.signal });
    }
  }
}

const brokeOff = (cause: unknown) =>
  new Failure(
    'unreachable',
    ['The download of the results broke repeatedly.', '  Run the same command again.'],
    {
      cause,
    },
  );

async function openResults(api: Api, id: string, format: ResultFormat): Promise<Readable> {
  const path = `/v1/user-imports/${encodeURIComponent(id)}/rows`;
  const response = await get(api, path, { accept: mediaTypes[format] }).catch((error: unknown) => {
    if (error instanceof Failure && error.ending === 'refused') return undefined;
    throw error;
  });
  if (response?.headers.get('content-type')?.startsWith(mediaTypes[format])) {
    return Readable.fromWeb(response.body as never);
  }
  await response?.body?.cancel();
  const rows = Readable.from(pagedRows(api, path));
  return format === 'csv' ? rows.pipe(csv(rows)) : Readable.from(lines(rows));
}

async function* pagedRows(api: Api, path: string): AsyncGenerator<Row> {
  let cursor: string | undefined;
  do {
    const query = new URLSearchParams({ limit: String(PAGE_ROWS) });
    if (cursor) query.set('cursor', cursor);
    const answer = await get(api, `${path}?${query.toString()}`, { accept: 'application/json' });
    const page = await jsonOf<RowPage>(answer);
    yield* page.rows;
    cursor = page.next_cursor;
  } while (cursor);
}

async function* lines(rows: Readable): AsyncGenerator<string> {
  for await (const row of rows) yield `${JSON.stringify(row)}\n`;
}

function csv(rows: Readable) {
  // The columns of the server's CSV.
  const columns = ['row', 'status', 'email', 'user_id', 'error.code', 'error.message', 'error.pointer'];
  const header = columns.map((key) => ({ key, header: key.replace('error.', '') }));
  // Cells that a spreadsheet would take for a formula are escaped: rows are untrusted input.
  const writer = stringify({
    header: true,
    columns: header,
    escape_formulas: true,
    record_delimiter: 'windows',
  });
  rows.on('error', (error) => writer.destroy(error));
  return writer;
}
