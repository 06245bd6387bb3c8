import { openCursor, sealCursor } from '../cursor.ts';
import type { Operation } from '../operation.ts';
import { presentOperatedTenant } from './present-operated-tenant.ts';

export const listTenants: Operation<'listTenants', 'seal' | 'tenants'> = async ({
  operationId,
  principal,
  query,
  services,
}) => {
  const { limit = 50, cursor } = query;
  const listing = { seal: services.seal, operationId, principal, filters: {} };
  const found = await services.tenants.list(limit + 1, openCursor<string>(listing, cursor));
  const page = found.slice(0, limit);
  const { defaults } = services.tenants;
  return {
    status: 200,
    body: {
      tenants: page.map((tenant) => presentOperatedTenant(tenant, defaults, undefined)),
      ...(found.length > limit ? { next_cursor: sealCursor(listing, page.at(-1)!.id) } : {}),
    },
  };
};
