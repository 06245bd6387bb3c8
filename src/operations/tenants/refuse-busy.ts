import { Problem } from '../../problem.ts';
import type { Tenant } from '../../registry/tenants.ts';

/** @throws Problem `tenant_busy` while a job creates or deletes it */
export function refuseBusy({ status }: Tenant): void {
  if (status === 'creating' || status === 'deleting') throw new Problem('tenant_busy');
}
