import { Problem } from '../../problem.ts';
import type { Tenant } from '../../registry/tenants.ts';
import type { Services } from '../../services.ts';
import { refuseBusy } from '../tenants/refuse-busy.ts';

/** @throws Problem `not_found`, `tenant_busy`, `change_over_under_way` while a job makes its users members of an organization */
export async function adoptingTenant({ tenants }: Pick<Services, 'tenants'>, id: string): Promise<Tenant> {
  const tenant = await tenants.get(id);
  if (!tenant) throw new Problem('not_found', { detail: 'There is no tenant of this id.' });
  refuseBusy(tenant);
  const { change_over } = tenant;
  if (change_over?.organization !== undefined && !change_over.open)
    throw new Problem('change_over_under_way');
  return tenant;
}
