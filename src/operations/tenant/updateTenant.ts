import { chooseWithin } from '../../authorization/tenant-settings.ts';
import type { Tenant } from '../../registry/tenants.ts';
import { checkMatch, entityTag } from '../entity-tag.ts';
import type { Operation } from '../operation.ts';
import { presentTenant } from './present-tenant.ts';

export const updateTenant: Operation<'updateTenant', 'tenants'> = async (call) => {
  const { body, event, ifMatch, principal, services } = call;
  const { defaults } = services.tenants;
  const revise = (tenant: Tenant): Tenant => {
    checkMatch(ifMatch, presentTenant(tenant, defaults));
    const { name = tenant.name, default_app_access = tenant.default_app_access } = body;
    return { ...tenant, name, ...chooseWithin(tenant, defaults, body), default_app_access };
  };
  const changed = await services.tenants.change(principal.tenantId, revise, event);
  const now = presentTenant(changed, defaults);
  return { status: 200, body: now, headers: { ETag: entityTag(now) } };
};
