/** The outcome of each user, in a file. */
import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { stringify } from 'csv-stringify';
import type { components } from '../generated-contract.ts';
import { Failure } from '../exit-codes.ts';
import { jsonOf } from '../json-of.ts';
import { patiently, type OperatorApi } from './operator-api.ts';
import type { Adoption } from './total.ts';

type Page = components['schemas']['AdoptedUserList'];
type Row = components['schemas']['AdoptedUser'];
type Format = 'csv' | 'json';

const PAGE_USERS = 1_000;
const COLUMNS = ['user_id', 'outcome', 'code', 'message'];

export function reportFormat(path: string): Format {
  if (/\.csv$/i.test(path)) return 'csv';
  if (/\.json$/i.test(path)) return 'json';
  throw new Failure('usage', ['--out must end in .csv or .json.']);
}

/** Writes the file atomically and readable by its owner only. @throws Failure */
export async function saveReport(
  api: OperatorApi,
  tenant: string,
  adoptions: readonly Adoption[],
  path: string,
): Promise<void> {
  const part = `${path}.part`;
  const rows = usersOf(api, tenant, adoptions);
  const text = reportFormat(path) === 'csv' ? csv(rows) : Readable.from(json(rows));
  try {
    await pipeline(text, createWriteStream(part, { mode: 0o600 }), { signal: api.signal });
    await rename(part, path);
  } catch (error) {
    await rm(part, { force: true });
    if (error instanceof Error && 'syscall' in error)
      throw new Failure('usage', [`The report could not be written: ${error.message}`], { cause: error });
    throw error;
  }
}

async function* usersOf(
  api: OperatorApi,
  tenant: string,
  adoptions: readonly Adoption[],
): AsyncGenerator<Row> {
  for (const { id } of adoptions) {
    let cursor: string | undefined;
    do {
      const query = new URLSearchParams({ limit: String(PAGE_USERS), ...(cursor && { cursor }) });
      const path = `/v1/tenants/${encodeURIComponent(tenant)}/user-adoptions/${id}/users?${query.toString()}`;
      const page: Page = await patiently(
        api,
        () => undefined,
        async () => jsonOf<Page>(await api.send('GET', path)),
      );
      yield* page.users;
      cursor = page.next_cursor;
    } while (cursor);
  }
}

function csv(rows: AsyncIterable<Row>): Readable {
  const from = Readable.from(rows);
  // A spreadsheet must not take an id for a formula.
  const options = {
    header: true,
    columns: COLUMNS,
    escape_formulas: true,
    record_delimiter: 'windows',
  } as const;
  const writer = stringify(options);
  from.on('error', (error) => writer.destroy(error));
  return from.pipe(writer);
}

async function* json(rows: AsyncIterable<Row>): AsyncGenerator<string> {
  let before = '[\n';
  for await (const row of rows) {
    yield `${before}  ${JSON.stringify(row)}`;
    before = ',\n';
  }
  yield before === '[\n' ? '[]\n' : '\n]\n';
}
