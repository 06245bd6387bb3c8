import type { Redis } from 'ioredis';
import { systemEvent } from '../../src/events/event.ts';
import { listTenants } from '../../src/registry/tenants.ts';
import type { ManagementContext } from './performer.ts';
import { stepsOfDeletion } from './tenant-deletion-steps.ts';

/** @param before deletions that were begun before, ms since 1970. One that a job is at besides is none the worse for it */
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
