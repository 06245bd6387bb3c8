import type { Tenant } from '../../registry/tenants.ts';
import type { Services } from '../../services.ts';
import { entityTag } from '../entity-tag.ts';
import { presentOperatedTenant } from './present-operated-tenant.ts';

/** Answer with a tenant in the operator's view, and its entity tag. */
export async function answerWithTenant({ tenants }: Pick<Services, 'tenants'>, tenant: Tenant) {
  const body = presentOperatedTenant(tenant, tenants.defaults, await tenants.webAppOf(tenant));
  return { status: 200 as const, body, headers: { ETag: entityTag(body) } };
}
