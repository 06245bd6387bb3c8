/** Imports to watch and to export. */
import { randomUUID } from 'node:crypto';
import { call } from '../support/client.ts';
import { accepted, ended } from '../support/imports.ts';

/** An import that stands still: its events go on for ever. @returns its path */
export async function aPausedImport(as: string): Promise<string> {
  const rows = Array.from({ length: 6_000 }, () => ({ email: `${randomUUID()}@streams.example` }));
  const path = await accepted(rows, { as, query: '?channel=row_by_row' });
  await call('POST', `${path}/pause`, { as });
  return path;
}

/** Much more than connections hold between two programs: an export that is not read does not end. */
const MANY_ROWS = 120_000;

/** An import of which no row is any good, and about each of which there is something to say. @returns path of its rows */
export async function aLargeExport(as: string): Promise<string> {
  const path = await accepted('{"x":1}\n'.repeat(MANY_ROWS), { as });
  await ended(path, as);
  return `${path}/rows`;
}

/** Lines of it when it is whole. */
export const LARGE_EXPORT_LINES = MANY_ROWS;
