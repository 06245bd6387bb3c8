import type { Redis } from 'ioredis';
import { systemEvent } from '../../src/events/event.ts';
import { listTenants } from '../../src/registry/tenants.ts';
import type { ManagementContext } from './performer.ts';
import { stepsOfDeletion } from './tenant-deletion-steps.ts';

/** Completes deletions begun before a time; harmless beside a job of the same deletion. @param before ms since 1970 */
export async function finishTenantDeletions(
  context: ManagementContext,
  redis: Redis,
  before: number,
): Promise<void> {
  for (const { id, deletion } of await listTenants(redis, Infinity)) {
    if (!deletion || Date.parse(deletion.since) > before) continue;
    const steps = stepsOfDeletion(context, id, deletion.users, systemEvent('tenant.deleted', id, id));
    for (const { perform } of steps) await perform({}, true);
  }
}
