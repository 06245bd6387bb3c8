import type { Row } from '../../imports/import-store.ts';
import { nextCursor, openCursor } from '../cursor.ts';
import { nextPage } from '../next-page.ts';
import type { Operation } from '../operation.ts';
import { ownImport } from './own-import.ts';
import { presentRow, type PresentedRow } from './present-row.ts';
import { asCsv, asNdjson } from './rows-as-text.ts';

export const listUserImportRows: Operation<'listUserImportRows', 'imports' | 'seal'> = async (call) => {
  const { operationId, path, query, principal, accepted, services } = call;
  const { status, limit = 100, cursor } = query;
  const state = await ownImport(path.import_id, principal, services);
  const filters = { import_id: state.id, status };
  const listing = { seal: services.seal, operationId, principal, filters };
  const after = openCursor<number>(listing, cursor) ?? 0;
  if (accepted === 'application/x-ndjson' || accepted === 'text/csv') {
    const filter = { status, after };
    const parts = presented(state.id, services.imports.eachRow(state, filter));
    // Read the first rows before answering: deleted rows are a 410, not a truncated file.
    const begun = await begin(parts);
    const body = accepted === 'text/csv' ? asCsv(begun) : asNdjson(begun);
    return { status: 200, type: accepted, body };
  }
  const { rows, next } = await services.imports.readRows(state, { status, limit, after });
  const next_cursor = nextCursor(listing, next);
  return {
    status: 200,
    body: {
      rows: rows.map((row) => presentRow(state.id, row.number, row)),
      next_cursor,
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
