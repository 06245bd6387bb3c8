/**
 * Records events of what changed nothing, or was changed outside our transactions: refusals, reads. Collected in memory
 * and written to the outbox a few times a second, so that no request waits. A clean shutdown loses none; a killed
 * process, those of its last moment.
 */
import { randomUUID } from 'node:crypto';
import type { Redis } from 'ioredis';
import { OUTBOX_EVENTS } from '../redis/keys/events.ts';
import { isRepeatable, type EmittedEvent } from './event.ts';
import { createEventThrottle } from './event-throttle.ts';
import { addBatch } from './outbox-store.ts';

export interface EventRecorder {
  record(event: EmittedEvent): void;
  /** Writes pending events to the outbox, and stops. */
  close(): Promise<void>;
}

const WRITE_MS = 200;
/** Keeps the number of script arguments small enough. */
const BATCH = 500;
/** Buffer for when Redis is unreachable; further events are lost, which is logged. */
const MAX_WAITING = 50_000;

/** @param max capacity of the outbox, in events */
export function createEventRecorder(
  redis: Redis,
  onLoss: (error: unknown, count: number) => void,
  max = OUTBOX_EVENTS,
): EventRecorder {
  const processId = randomUUID();
  const fold = createEventThrottle();
  let waiting: EmittedEvent[] = [];
  let batch: string[] = [];
  let number = 0;
  let writing = Promise.resolve();

  async function write(atTheEnd: boolean): Promise<void> {
    waiting.push(...fold.due(atTheEnd));
    while (batch.length > 0 || waiting.length > 0) {
      if (batch.length === 0) {
        batch = waiting.splice(0, BATCH).map((event) => JSON.stringify(event));
        number += 1;
      }
      try {
        if (!(await addBatch(redis, { processId, number, limit: max, events: batch })))
          throw new Error('the outbox is full: no worker takes events to the audit log');
        batch = [];
      } catch (error) {
        // The same batch with the same number is retried: it may have arrived.
        const lost = atTheEnd ? waiting.length + batch.length : Math.max(0, waiting.length - MAX_WAITING);
        if (lost > 0) onLoss(error, lost);
        waiting = waiting.slice(0, MAX_WAITING);
        return;
      }
    }
  }

  const timer = setInterval(() => {
    writing = writing.then(() => write(false));
  }, WRITE_MS).unref();
  return {
    record(event) {
      if (!isRepeatable(event) || fold.passes(event)) waiting.push(event);
    },
    async close() {
      clearInterval(timer);
      await writing;
      await write(true);
    },
  };
}
