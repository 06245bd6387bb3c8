/**
 * While no worker takes events to the audit logs they wait on the outboxes, which are in memory. At a bound nothing is changed any more: a
 * change that nobody could be told of must not be made.
 */
import type { Redis } from 'ioredis';
import { LRUCache } from 'lru-cache';
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
  /** One look for all who ask at the same time; one that failed is none. */
  const isFull = new LRUCache<'now', boolean>({
    max: 1,
    ttl: LOOK_MS,
    fetchMethod: async () => (await outboxLengths(redis)).some((length) => length >= max),
  });

  return {
    async admit() {
      if (await isFull.fetch('now'))
        throw new Problem('overloaded', {
          headers: { 'Retry-After': String(RETRY_SECONDS) },
          internal: 'an outbox is full: no worker takes events to the audit logs',
        });
    },
  };
}
