import { openCursor, toPage } from '../cursor.ts';
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
  const { page, next_cursor } = toPage(listing, found, limit, ({ id }) => id);
  const { defaults } = services.tenants;
  const tenants = page.map((tenant) => presentOperatedTenant(tenant, defaults, undefined));
  return { status: 200, body: { tenants, next_cursor } };
};
