/**
 * The outboxes in Redis: events on their way to the audit logs. `registry` is in the slot of the data whose
 * transactions write to it; `events` holds all others.
 */
import type { Redis } from 'ioredis';
import { parseJson } from '../json.ts';
import { redisNow } from '../redis/clock.ts';
import { keys } from '../redis/keys.ts';
import { defineScript } from '../redis/scripts.ts';
import type { OutboxEntry } from './audit-log.ts';
import { idOf, type EmittedEvent } from './event.ts';

const outboxes = { registry: keys.registryOutbox, events: keys.outbox } as const;

/** A batch whose reply was lost is resent within this time. */
const BATCH_REMEMBERED_MS = 86_400_000;

const addScript = defineScript({
  file: new URL('./add-event-batch.lua', import.meta.url),
  keys: ['outbox', 'lastBatch'],
  args: ['batch', 'rememberedMs', 'limit', '...events'],
});

const handOverScript = defineScript({
  file: new URL('./hand-over.lua', import.meta.url),
  keys: ['outbox', 'handedOver'],
  args: ['id', 'event', 'rememberedFrom'],
});

/** Adds a batch of one process, exactly once, however often it is sent. @returns false when the outbox is full */
export async function addBatch(
  redis: Redis,
  batch: { processId: string; number: number; limit: number; events: readonly string[] },
): Promise<boolean> {
  const { processId, number, limit, events } = batch;
  const added = await addScript(redis, {
    outbox: keys.outbox,
    lastBatch: keys.lastBatch(processId),
    batch: number,
    rememberedMs: BATCH_REMEMBERED_MS,
    limit,
    events,
  });
  return added === 1;
}

/** No process still holds an event in memory after this time. */
const REMEMBERED_MS = 3_600_000;

/**
 * Moves an event from the record in whose transaction it was written (a relay job's) to the outbox, which may be in
 * another slot of a Redis Cluster: after a crash in between it is handed over again, and counts once.
 * @param text the event, as JSON
 * @param remove removes it from its record
 */
export async function handOver(redis: Redis, text: string, remove: () => Promise<unknown>): Promise<void> {
  const now = redisNow();
  const id = idOf(text);
  const { outbox, handedOver } = keys;
  await handOverScript(redis, { outbox, handedOver, id, event: text, rememberedFrom: now - REMEMBERED_MS });
  await remove();
  await redis.zadd(handedOver, 'XX', now, id);
}

/** Adds an event without a batch number. @param event as text */
export async function addEvent(redis: Redis, event: string): Promise<void> {
  await redis.xadd(keys.outbox, '*', 'e', event);
}

/** Oldest first. */
export async function readOutbox(
  redis: Redis,
  source: OutboxEntry['source'],
  count: number,
): Promise<OutboxEntry[]> {
  const found = await redis.xrange(outboxes[source], '-', '+', 'COUNT', count);
  return found.map(([id, [, text = '']]) => ({ source, id, event: parseJson<EmittedEvent>(text) }));
}

/** Called when they are in the audit log. */
export async function removeFromOutbox(
  redis: Redis,
  source: OutboxEntry['source'],
  ids: readonly string[],
): Promise<void> {
  await redis.xdel(outboxes[source], ...ids);
}

export function outboxLengths(redis: Redis): Promise<number[]> {
  return Promise.all(Object.values(outboxes).map((outbox) => redis.xlen(outbox)));
}
