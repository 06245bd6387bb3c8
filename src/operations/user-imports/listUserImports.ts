import { nextCursor, openCursor } from '../cursor.ts';
import { nextPage } from '../next-page.ts';
import type { Operation } from '../operation.ts';
import { presentProgress } from './present-import.ts';

export const listUserImports: Operation<'listUserImports', 'estimates' | 'imports' | 'seal'> = async (
  call,
) => {
  const { operationId, principal, query, services } = call;
  const { limit = 50, cursor } = query;
  const listing = { seal: services.seal, operationId, principal, filters: {} };
  const after = openCursor<string>(listing, cursor);
  const { imports, next } = await services.imports.list(principal.tenantId, { after, limit });
  const next_cursor = nextCursor(listing, next);
  return {
    status: 200,
    body: {
      imports: await Promise.all(imports.map((state) => presentProgress(state, services))),
      next_cursor,
    },
    headers: nextPage('/v1/user-imports', { limit }, next_cursor),
  };
};
