import type { Queue } from 'bullmq';
import type { RelayTicket } from '../redis/queues.ts';

/** Longer than this no interactive call should stand on the queue, whatever the plan: then nobody takes them. */
const MAX_WAIT_MS = 60_000;

/** Whether somebody takes what stands on the queue. */
export async function queueDrains(queue: Queue<RelayTicket>): Promise<boolean> {
  const [oldest] = await queue.getJobs(['wait'], 0, 0, true);
  return !oldest || Date.now() - oldest.timestamp < MAX_WAIT_MS;
}
