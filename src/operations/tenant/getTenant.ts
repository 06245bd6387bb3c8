import { Problem } from '../../problem.ts';
import { entityTag } from '../entity-tag.ts';
import type { Operation } from '../operation.ts';
import { presentTenant } from './present-tenant.ts';

export const getTenant: Operation<'getTenant', 'tenants'> = async ({ principal, services }) => {
  // Bypasses the cache: after a change, the caller gets the current entity tag.
  const tenant = await services.tenants.get(principal.tenantId);
  if (!tenant) throw new Problem('not_found');
  const body = presentTenant(tenant, services.tenants.defaults);
  return { status: 200, body, headers: { ETag: entityTag(body) } };
};
