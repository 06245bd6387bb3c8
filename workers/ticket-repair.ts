import type { Queue } from 'bullmq';
import type { Log } from '../src/log.ts';
import type { RelayTicket } from '../src/redis/queues.ts';
import { addTicket } from '../src/relay/fair-queue/add-ticket.ts';
import type { FairQueue } from '../src/relay/fair-queue/fair-queue.ts';
import type { SlotScheduler } from './slot-scheduler.ts';

interface Parts {
  queue: Queue<RelayTicket>;
  fairQueue: FairQueue;
  scheduler: SlotScheduler;
  /** Number of tickets added at a time. */
  count: number;
  log: Log;
  everyMs?: number;
}

/**
 * Adds tickets when jobs wait without any: an API process died between storing a job and adding its ticket, and another ticket was used up
 * for it; or the queue was emptied manually. Surplus tickets do no harm.
 * @returns stops it
 */
export function startTicketRepair({
  queue,
  fairQueue,
  scheduler,
  count,
  log,
  everyMs = 5_000,
}: Parts): () => void {
  async function check(): Promise<void> {
    if (scheduler.hasTickets() || (await queue.getWaitingCount()) > 0 || !(await fairQueue.hasWaiting()))
      return;
    log.warn({ queue: queue.name }, 'jobs wait without tickets: some are added');
    for (let i = 0; i < count; i += 1) await addTicket(queue, 'repair', { id: 'none' });
  }
  const timer = setInterval(
    () => void check().catch((err: unknown) => log.warn({ err }, 'tickets')),
    everyMs,
  );
  return () => clearInterval(timer);
}
