import { Problem } from '../../problem.ts';
import type { Operation } from '../operation.ts';
import { presentOperatedTenant } from './present-operated-tenant.ts';

export const listTenants: Operation<'listTenants'> = async ({ query, services }) => {
  const { limit = 50, cursor } = query;
  const found = await services.tenants.list(limit + 1, cursor === undefined ? undefined : readCursor(cursor));
  const page = found.slice(0, limit);
  const { defaults } = services.tenants;
  return {
    status: 200,
    body: {
      tenants: page.map((tenant) => presentOperatedTenant(tenant, defaults, undefined)),
      ...(found.length > limit ? { next_cursor: writeCursor(page.at(-1)!.id) } : {}),
    },
  };
};

const writeCursor = (id: string) => Buffer.from(id).toString('base64url');

/** @throws Problem `invalid_cursor` */
function readCursor(cursor: string): string {
  const id = Buffer.from(cursor, 'base64url').toString('utf8');
  if (!/^[a-z0-9-]{1,128}$/.test(id)) throw new Problem('invalid_cursor');
  return id;
}
