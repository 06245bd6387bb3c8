/**
 * While no worker moves events to the audit logs, they wait in the outboxes, in memory. When an outbox is full, no
 * change is accepted: a change that cannot be recorded must not be made.
 */
import type { Redis } from 'ioredis';
import { LRUCache } from 'lru-cache';
import { Problem } from '../problem.ts';
import { OUTBOX_EVENTS } from '../redis/keys/events.ts';
import { outboxLengths } from './outbox-store.ts';

export interface OutboxLimit {
  /** Called before a change. Returns a promise only when Redis has to be asked. @throws Problem `overloaded` */
  admit(): void | Promise<void>;
}

/** How long a length is cached: few events are added meanwhile. */
const LOOK_MS = 1_000;
const RETRY_SECONDS = 10;

/** @param max capacity of each, in events */
export function createOutboxLimit(redis: Redis, max = OUTBOX_EVENTS): OutboxLimit {
  /** One shared read for concurrent callers; a failed one is not cached. */
  const isFull = new LRUCache<'now', boolean>({
    max: 1,
    ttl: LOOK_MS,
    // By default the cache sets a timer in each millisecond in which it is read.
    ttlResolution: LOOK_MS / 10,
    fetchMethod: async () => (await outboxLengths(redis)).some((length) => length >= max),
  });

  return {
    admit() {
      const known = isFull.get('now');
      if (known !== undefined) return refuseIf(known);
      return isFull.fetch('now').then((found) => refuseIf(found ?? false));
    },
  };
}

function refuseIf(isFull: boolean): void {
  if (!isFull) return;
  throw new Problem('overloaded', {
    headers: { 'Retry-After': String(RETRY_SECONDS) },
    internal: 'an outbox is full: no worker moves events to the audit logs',
  });
}
