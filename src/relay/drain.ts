import type { Queue } from 'bullmq';
import type { Redis } from 'ioredis';
import { redisNow } from '../redis/clock.ts';
import { hasWorker } from '../redis/leases.ts';
import type { RelayTicket } from '../redis/queues.ts';
import { readLastTurn } from './fair-queue/fair-queue.ts';

/** Longer than this, whatever the plan, a waiting job gets its turn now and then: if none does, nobody takes them. */
const MAX_WAIT_MS = 60_000;

/** Whether somebody takes what stands on the queue, or would take it. One tenant's long backlog is no sign of the opposite. */
export async function queueDrains(queue: Queue<RelayTicket>, redis: Redis): Promise<boolean> {
  if (!(await hasWorker(redis))) return false;
  const [oldest] = await queue.getJobs(['wait'], 0, 0, true);
  if (!oldest || redisNow() - oldest.timestamp < MAX_WAIT_MS) return true;
  return redisNow() - (await readLastTurn(redis)) < MAX_WAIT_MS;
}
