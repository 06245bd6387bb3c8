import type { Redis } from 'ioredis';
import { systemEvent } from '../../src/events/event.ts';
import { listTenants } from '../../src/registry/tenants.ts';
import type { Step } from './in-steps.ts';
import { stepsOfFinishing } from './change-over-steps.ts';
import type { ManagementContext } from './performer.ts';

/** Completes change-overs whose time has passed, or whose job was lost; harmless beside a job of the same one. @param now ms since 1970 */
export async function finishChangeOvers(
  context: ManagementContext,
  redis: Redis,
  now: number,
): Promise<void> {
  const failures: unknown[] = [];
  for (const { id, status, change_over } of await listTenants(redis, Infinity)) {
    if (!change_over?.open || status === 'deleting') continue;
    const isOver = change_over.ends_at !== undefined && Date.parse(change_over.ends_at) <= now;
    if (!change_over.finishing && !isOver) continue;
    const steps = stepsOfFinishing(context, id, systemEvent('tenant.change_over_finished', id, id));
    // One that cannot be finished must not keep the others.
    await perform(steps).catch((error: unknown) => failures.push(error));
  }
  if (failures.length > 0) throw failures[0];
}

async function perform(steps: readonly Step<object>[]): Promise<void> {
  for (const step of steps) await step.perform({}, true);
}
