import type { Tenant } from '../../registry/tenants.ts';
import type { Operation } from '../operation.ts';
import { answerWithTenant } from './answer-with-tenant.ts';
import { refuseBusy } from './refuse-busy.ts';

export const suspendTenant: Operation<'suspendTenant', 'tenants'> = async ({ event, path, services }) => {
  const revise = (tenant: Tenant): Tenant => {
    refuseBusy(tenant);
    return { ...tenant, status: 'suspended' };
  };
  const changed = await services.tenants.change(path.tenant_id, revise, event);
  return answerWithTenant(services, changed);
};
