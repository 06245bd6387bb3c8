import { Problem } from '../../problem.ts';
import type { Operation } from '../operation.ts';
import { answerWithTenant } from './answer-with-tenant.ts';

export const getTenantById: Operation<'getTenantById', 'tenants'> = async ({ path, services }) => {
  const tenant = await services.tenants.get(path.tenant_id);
  if (!tenant) throw new Problem('not_found');
  return answerWithTenant(services, tenant);
};
