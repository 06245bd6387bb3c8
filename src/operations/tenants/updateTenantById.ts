import { moveBounds } from '../../authorization/tenant-settings.ts';
import type { Tenant } from '../../registry/tenants.ts';
import { checkMatch } from '../entity-tag.ts';
import type { Operation } from '../operation.ts';
import { checkEmailDomains } from './check-email-domains.ts';
import { answerWithTenant } from './answer-with-tenant.ts';
import { presentOperatedTenant } from './present-operated-tenant.ts';
import { refuseBusy } from './refuse-busy.ts';

export const updateTenantById: Operation<'updateTenantById', 'tenants'> = async (call) => {
  const { body, event, ifMatch, path, services } = call;
  const { tenants } = services;
  checkEmailDomains(body.email_domains);
  const revise = async (tenant: Tenant): Promise<Tenant> => {
    checkMatch(ifMatch, presentOperatedTenant(tenant, tenants.defaults, await tenants.webAppOf(tenant)));
    refuseBusy(tenant);
    const { name = tenant.name, default_app_access = tenant.default_app_access } = body;
    const { email_domains = tenant.email_domains } = body;
    return {
      ...tenant,
      name,
      ...moveBounds(tenant, tenants.defaults, body),
      default_app_access,
      email_domains,
    };
  };
  const changed = await tenants.change(path.tenant_id, revise, event);
  return answerWithTenant(services, changed);
};
