import type { Queue } from 'bullmq';
import { relayJobOptions, type RelayTicket } from '../../redis/queues.ts';
import { redisNow } from '../../redis/clock.ts';

/** BullMQ's attempt limit must never end a ticket: only the rules of its job do, and they make sure that the caller gets a result. */
const MANY = 1_000_000;
const FIRST_RETRY_MS = 500;

/** @param name of the relay job, shown on the queue */
export async function addTicket(
  queue: Queue<RelayTicket>,
  name: string,
  data: RelayTicket,
  jobId?: string,
): Promise<void> {
  const backoff = { type: 'exponential', delay: FIRST_RETRY_MS };
  const options = { ...relayJobOptions, attempts: MANY, backoff, timestamp: redisNow() };
  await queue.add(name, data, jobId === undefined ? options : { ...options, jobId });
}

/** Backoff after this many failures, ms: 0.5 s, 1 s, 2 s, and so on. */
export const retryDelayMs = (failures: number): number => FIRST_RETRY_MS * 2 ** failures;
