import type { Tenant } from '../../registry/tenants.ts';
import type { Operation } from '../operation.ts';
import { answerWithTenant } from './answer-with-tenant.ts';
import { refuseBusy } from './refuse-busy.ts';

export const resumeTenant: Operation<'resumeTenant', 'tenants'> = async ({ event, path, services }) => {
  const revise = (tenant: Tenant): Tenant => {
    refuseBusy(tenant);
    return { ...tenant, status: 'active' };
  };
  const changed = await services.tenants.change(path.tenant_id, revise, event);
  return answerWithTenant(services, changed);
};
