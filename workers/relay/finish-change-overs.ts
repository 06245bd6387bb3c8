import type { Redis } from 'ioredis';
import { systemEvent } from '../../src/events/event.ts';
import type { ChangeOver } from '../../src/registry/change-over.ts';
import { listTenants, type Tenant } from '../../src/registry/tenants.ts';
import { stepsOfFinishing } from './change-over-steps.ts';
import type { ManagementContext } from './performer.ts';

export interface FinishingTimes {
  /** ms since 1970. */
  now: number;
  /** A job that began before this time (ms since 1970) is assumed to be lost. */
  before: number;
}

/** Completes change-overs whose time has passed, or whose job was lost; harmless beside a job of the same one. */
export async function finishChangeOvers(
  context: ManagementContext,
  redis: Redis,
  times: FinishingTimes,
): Promise<void> {
  const failures: unknown[] = [];
  for (const tenant of await listTenants(redis, Infinity)) {
    if (!isDue(tenant, times)) continue;
    // One that cannot be finished must not keep the others.
    await finish(context, tenant.id, times).catch((error: unknown) => failures.push(error));
  }
  if (failures.length > 0) throw failures[0];
}

/** Read again, because those before it may have taken hours. */
async function finish(context: ManagementContext, id: string, times: FinishingTimes): Promise<void> {
  const tenant = await context.tenants.read(id);
  if (!tenant?.change_over || !isDue(tenant, times)) return;
  const which = { id, madeBy: tenant.change_over.made_by };
  const event = systemEvent('tenant.change_over_finished', id, id);
  for (const { perform } of stepsOfFinishing(context, which, event)) await perform({}, true);
}

function isDue({ status, change_over }: Tenant, times: FinishingTimes): boolean {
  return change_over?.open === true && status !== 'deleting' && hasEnded(change_over, times);
}

/** One that was asked for is its job's at first. */
const hasEnded = ({ finishing_since, ends_at }: ChangeOver, { now, before }: FinishingTimes): boolean =>
  finishing_since === undefined
    ? ends_at !== undefined && Date.parse(ends_at) <= now
    : Date.parse(finishing_since) <= before;
