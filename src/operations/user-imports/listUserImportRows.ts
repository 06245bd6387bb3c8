import type { components } from '../../contract/generated.ts';
import type { Row } from '../../imports/row-store.ts';
import { Problem } from '../../problem.ts';
import { nextPage } from '../next-page.ts';
import type { Operation } from '../operation.ts';
import { ownImport } from './own-import.ts';

export const listUserImportRows: Operation<'listUserImportRows'> = async ({
  path,
  query,
  principal,
  services,
}) => {
  const { status, limit = 100, cursor } = query;
  const state = await ownImport(path.import_id, principal, services);
  const after = cursor === undefined ? 0 : readCursor(cursor);
  const { rows, next } = await services.imports.readRows(state, { status, limit, after });
  const next_cursor = next === undefined ? undefined : Buffer.from(String(next)).toString('base64url');
  return {
    status: 200,
    body: { rows: rows.map(presentRow), ...(next_cursor ? { next_cursor } : {}) },
    headers: nextPage(`/v1/user-imports/${state.id}/rows`, { status, limit }, next_cursor),
  };
};

function readCursor(cursor: string): number {
  const text = Buffer.from(cursor, 'base64url').toString('utf8');
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new Problem('invalid_cursor');
  return Number(text);
}

function presentRow({ number, stored, outcome }: Row): components['schemas']['UserImportRow'] {
  const email = 'user' in stored ? stored.user.email : stored.email;
  return {
    row: number,
    status: outcome?.status ?? 'pending',
    ...(email === undefined ? {} : { email }),
    ...(outcome?.userId ? { user_id: outcome.userId } : {}),
    ...(outcome?.error ? { error: outcome.error } : {}),
  };
}
