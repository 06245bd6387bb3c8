import { Problem } from '../../problem.ts';
import { nextPage } from '../next-page.ts';
import type { Operation } from '../operation.ts';
import { presentProgress } from './present-import.ts';

const ID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

export const listUserImports: Operation<'listUserImports'> = async ({ principal, query, services }) => {
  const { limit = 50, cursor } = query;
  const after = cursor === undefined ? undefined : Buffer.from(cursor, 'base64url').toString('utf8');
  if (after !== undefined && !ID.test(after)) throw new Problem('invalid_cursor');
  const { imports, next } = await services.imports.list(principal.tenantId, { after, limit });
  const next_cursor = next === undefined ? undefined : Buffer.from(next).toString('base64url');
  return {
    status: 200,
    body: {
      imports: await Promise.all(imports.map((state) => presentProgress(state, services))),
      ...(next_cursor ? { next_cursor } : {}),
    },
    headers: nextPage('/v1/user-imports', { limit }, next_cursor),
  };
};
