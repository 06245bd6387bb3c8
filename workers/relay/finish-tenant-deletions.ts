import type { Redis } from 'ioredis';
import { listTenants } from '../../src/registry/tenants.ts';
import type { Bench } from './performer.ts';
import { stepsOfDeletion } from './tenant-deletion-steps.ts';

/** @param before deletions that were begun before, ms since 1970. One that a job is at besides is none the worse for it */
export async function finishTenantDeletions(bench: Bench, redis: Redis, before: number): Promise<void> {
  for (const { id, deletion } of await listTenants(redis, Infinity)) {
    if (!deletion || Date.parse(deletion.since) > before) continue;
    for (const { perform } of stepsOfDeletion(bench, id, deletion.users)) await perform({}, true);
  }
}
