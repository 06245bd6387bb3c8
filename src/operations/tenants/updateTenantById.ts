import { moveBounds, settingsInForce } from '../../authorization/tenant-settings.ts';
import { checkMatch } from '../entity-tag.ts';
import type { Operation } from '../operation.ts';
import { answerWithTenant } from './answer-with-tenant.ts';
import { presentOperatedTenant } from './present-operated-tenant.ts';
import { refuseBusy } from './refuse-busy.ts';

export const updateTenantById: Operation<'updateTenantById'> = async ({ body, ifMatch, path, services }) => {
  const { tenants } = services;
  const changed = await tenants.change(path.tenant_id, async (tenant) => {
    checkMatch(ifMatch, presentOperatedTenant(tenant, tenants.defaults, await tenants.webAppOf(tenant)));
    refuseBusy(tenant);
    const { name = tenant.name, default_app_access } = body;
    const moved = moveBounds(settingsInForce(tenant, tenants.defaults), body);
    return { ...tenant, name, ...moved, ...(default_app_access && { default_app_access }) };
  });
  return answerWithTenant(services, changed);
};
