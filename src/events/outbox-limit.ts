/**
 * While no worker takes events to the audit logs they wait on the outboxes, which are in memory. At a bound nothing is changed any more: a
 * change that nobody could be told of must not be made.
 */
import type { Redis } from 'ioredis';
import { Problem } from '../problem.ts';
import { OUTBOX_EVENTS } from '../redis/keys/events.ts';
import { outboxLengths } from './outbox-store.ts';

export interface OutboxLimit {
  /** Before something is changed. @throws Problem `overloaded` */
  admit(): Promise<void>;
}

/** How long a look at the outboxes counts: what comes meanwhile is little against the bound. */
const LOOK_MS = 1_000;
const RETRY_SECONDS = 10;

/** @param max how many events may wait on each */
export function createOutboxLimit(redis: Redis, max = OUTBOX_EVENTS): OutboxLimit {
  let lookedAt = -Infinity;
  let looking = Promise.resolve(false);

  async function look(): Promise<boolean> {
    return (await outboxLengths(redis)).some((length) => length >= max);
  }

  return {
    async admit() {
      if (performance.now() - lookedAt >= LOOK_MS) {
        lookedAt = performance.now();
        looking = look();
        // Whoever waits for it hears of it; nobody may.
        looking.catch(() => (lookedAt = -Infinity));
      }
      if (await looking)
        throw new Problem('overloaded', {
          headers: { 'Retry-After': String(RETRY_SECONDS) },
          internal: 'an outbox is full: no worker takes events to the audit logs',
        });
    },
  };
}
