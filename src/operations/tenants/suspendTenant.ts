import type { Operation } from '../operation.ts';
import { answerWithTenant } from './answer-with-tenant.ts';
import { refuseBusy } from './refuse-busy.ts';

export const suspendTenant: Operation<'suspendTenant'> = async ({ path, services }) => {
  const changed = await services.tenants.change(path.tenant_id, (tenant) => {
    refuseBusy(tenant);
    return { ...tenant, status: 'suspended' };
  });
  return answerWithTenant(services, changed);
};
