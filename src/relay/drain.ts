import type { Queue } from 'bullmq';
import type { Redis } from 'ioredis';
import { redisNow } from '../redis/clock.ts';
import { hasWorker } from '../redis/leases.ts';
import type { RelayTicket } from '../redis/queues.ts';
import { readLastTurn } from './fair-queue/fair-queue.ts';

/** Under any plan, a waiting job gets a turn at least this often: if none does, no worker takes jobs. */
const MAX_WAIT_MS = 60_000;

/** Whether workers take jobs off the queue, or would if there were any. One tenant's long backlog does not count as a stall. */
export async function isQueueProcessed(queue: Queue<RelayTicket>, redis: Redis): Promise<boolean> {
  if (!(await hasWorker(redis))) return false;
  const [oldest] = await queue.getJobs(['wait'], 0, 0, true);
  if (!oldest || redisNow() - oldest.timestamp < MAX_WAIT_MS) return true;
  return redisNow() - (await readLastTurn(redis)) < MAX_WAIT_MS;
}
