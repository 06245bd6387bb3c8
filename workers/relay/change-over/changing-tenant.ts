/** The entry of a tenant in its change-over. It is changed by compare-and-set, so that concurrent jobs lose nothing. */
import { Problem } from '../../../src/problem.ts';
import { redisTimestamp } from '../../../src/redis/clock.ts';
import type { ChangeOver } from '../../../src/registry/change-over.ts';
import type { StoredTenant, Tenant } from '../../../src/registry/tenants.ts';
import type { FinishTenantChangeOverInput } from '../../../src/relay/jobs/finishTenantChangeOver.ts';
import type { ManagementContext } from '../performer.ts';

/** Results that steps of the start pass to later steps. */
export interface ChangeOverParts {
  connectionId?: string;
  /** The job that began it. */
  madeBy?: string;
}

interface Changing {
  tenant: Tenant;
  changeOver: ChangeOver;
}

export async function readChanging(
  { tenants }: ManagementContext,
  id: string,
): Promise<Changing | undefined> {
  const tenant = await tenants.read(id);
  return tenant?.change_over && { tenant, changeOver: tenant.change_over };
}

export async function readFinishing(
  context: ManagementContext,
  { id, madeBy }: FinishTenantChangeOverInput,
): Promise<Changing | undefined> {
  const changing = await readChanging(context, id);
  return changing?.changeOver.made_by === madeBy ? changing : undefined;
}

/** @throws Problem `tenant_busy` while a job deletes it */
export async function revise(
  { tenants }: ManagementContext,
  id: string,
  to: (tenant: Tenant) => Tenant,
  event?: string,
): Promise<Tenant> {
  for (;;) {
    const stored = await tenants.readStored(id);
    if (!stored) throw new Problem('not_found');
    if (stored.tenant.status === 'creating' || stored.tenant.status === 'deleting')
      throw new Problem('tenant_busy');
    const revised = to(stored.tenant);
    if (revised === stored.tenant) return revised;
    if ((await tenants.change(id, stored.text, revised, { event })) === 'done') return revised;
  }
}

/** Changes the change-over only; nothing where there is none any more. */
export const note = (context: ManagementContext, id: string, changes: Partial<ChangeOver>): Promise<Tenant> =>
  revise(context, id, (tenant) => {
    const { change_over } = tenant;
    if (!change_over) return tenant;
    // It gets on, so its job is not lost.
    const alive = change_over.finishing_since !== undefined && { finishing_since: redisTimestamp() };
    return { ...tenant, change_over: { ...change_over, ...changes, ...alive } };
  });

/** For a rollback, which goes on while a job deletes the tenant. @param to undefined: it stays as it is. @returns what it was changed from */
export async function takeBack(
  { tenants }: ManagementContext,
  id: string,
  to: (changing: Changing) => Tenant | undefined,
): Promise<Changing | undefined> {
  for (let stored: StoredTenant | undefined; (stored = await tenants.readStored(id));) {
    const { tenant } = stored;
    const changing = tenant.change_over && { tenant, changeOver: tenant.change_over };
    const former = changing && to(changing);
    if (!former) return undefined;
    if ((await tenants.change(id, stored.text, former)) === 'done') return changing;
  }
  return undefined;
}
