import type { Row } from '../../imports/row-store.ts';
import { Problem } from '../../problem.ts';
import { nextPage } from '../next-page.ts';
import type { Operation } from '../operation.ts';
import { ownImport } from './own-import.ts';
import { presentRow } from './present-row.ts';
import type { PresentedRow } from './present-row.ts';
import { asCsv, asNdjson } from './rows-as-text.ts';

export const listUserImportRows: Operation<'listUserImportRows'> = async (call) => {
  const { path, query, principal, accepted, services } = call;
  const { status, limit = 100, cursor } = query;
  const state = await ownImport(path.import_id, principal, services);
  const after = cursor === undefined ? 0 : readCursor(cursor);
  if (accepted === 'application/x-ndjson' || accepted === 'text/csv') {
    const filter = { status, after };
    const parts = presented(state.id, services.imports.eachRow(state, filter));
    // Begun before the answer is: rows that were deleted are a 410, not a file that ends too soon.
    const begun = await begin(parts);
    const body = accepted === 'text/csv' ? asCsv(begun) : asNdjson(begun);
    return { status: 200, type: accepted, body };
  }
  const { rows, next } = await services.imports.readRows(state, { status, limit, after });
  const next_cursor = next === undefined ? undefined : Buffer.from(String(next)).toString('base64url');
  return {
    status: 200,
    body: {
      rows: rows.map((row) => presentRow(state.id, row.number, row)),
      ...(next_cursor ? { next_cursor } : {}),
    },
    headers: nextPage(`/v1/user-imports/${state.id}/rows`, { status, limit }, next_cursor),
  };
};

async function* presented(importId: string, parts: AsyncIterable<Row[]>): AsyncGenerator<PresentedRow[]> {
  for await (const rows of parts) yield rows.map((row) => presentRow(importId, row.number, row));
}

async function begin<T>(parts: AsyncGenerator<T>): Promise<AsyncGenerator<T>> {
  const first = await parts.next();
  return (async function* () {
    if (first.done) return;
    yield first.value;
    yield* parts;
  })();
}

function readCursor(cursor: string): number {
  const text = Buffer.from(cursor, 'base64url').toString('utf8');
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new Problem('invalid_cursor');
  return Number(text);
}
