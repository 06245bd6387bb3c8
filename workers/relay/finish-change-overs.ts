import type { Redis } from 'ioredis';
import { redisTimestamp } from '../../src/redis/clock.ts';
import { mayFinish, type ChangeOver } from '../../src/registry/change-over.ts';
import { listChangingOver, type Tenant } from '../../src/registry/tenants.ts';
import type { FinishTenantChangeOverInput } from '../../src/relay/jobs/finishTenantChangeOver.ts';
import type { ManagementContext } from './performer.ts';

export interface FinishingTimes {
  /** ms since 1970. */
  now: number;
  /** A job that has not got on since this time (ms since 1970) is assumed to be lost. */
  before: number;
}

/**
 * Has change-overs completed whose time has passed, or whose job was lost: by relay jobs, because adding members may take hours.
 * @param queue queues the job; one that is lost is queued again after its time
 */
export async function finishChangeOvers(
  { tenants }: Pick<ManagementContext, 'tenants'>,
  redis: Redis,
  times: FinishingTimes,
  queue: (which: FinishTenantChangeOverInput) => Promise<void>,
): Promise<void> {
  for (const { id, ...listed } of await listChangingOver(redis)) {
    if (!isDue(listed, times)) continue;
    const { tenant, text } = (await tenants.readStored(id)) ?? {};
    if (!tenant?.change_over || text === undefined || !isDue(tenant, times)) continue;
    const change_over = { ...tenant.change_over, finishing_since: redisTimestamp() };
    // Of two at once, one queues it.
    if ((await tenants.change(id, text, { ...tenant, change_over })) === 'done')
      await queue({ id, madeBy: change_over.made_by });
  }
}

function isDue(
  { status, change_over }: Pick<Tenant, 'status' | 'change_over'>,
  times: FinishingTimes,
): boolean {
  return change_over?.open === true && status !== 'deleting' && hasEnded(change_over, times);
}

/** One that is being finished is its job's at first. */
function hasEnded(changeOver: ChangeOver, { now, before }: FinishingTimes): boolean {
  const { finishing_since, ends_at } = changeOver;
  if (finishing_since !== undefined) return Date.parse(finishing_since) <= before;
  return ends_at !== undefined && Date.parse(ends_at) <= now && mayFinish(changeOver, now);
}
