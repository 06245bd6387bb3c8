/**
 * The outboxes in Redis: events that are on their way to the audit logs. `registry` lies beside what its transactions change, `events`
 * takes all others.
 */
import type { Redis } from 'ioredis';
import { parseJson } from '../json.ts';
import { redisNow } from '../redis/clock.ts';
import { keys } from '../redis/keys.ts';
import { defineScript } from '../redis/scripts.ts';
import type { OutboxEntry } from './audit-log.ts';
import { idOf, type EmittedEvent } from './event.ts';

const outboxes = { registry: keys.registryOutbox, events: keys.outbox } as const;

/** A batch whose answer was lost is sent again before that. */
const BATCH_REMEMBERED_MS = 86_400_000;

const addScript = defineScript({
  file: new URL('./tell.lua', import.meta.url),
  keys: ['outbox', 'lastBatch'],
  args: ['batch', 'rememberedMs', 'limit', '...events'],
});

const handOverScript = defineScript({
  file: new URL('./hand-over.lua', import.meta.url),
  keys: ['outbox', 'handedOver'],
  args: ['id', 'event', 'rememberedFrom'],
});

/** Events of one process, each batch once, however often it is sent. @returns false when the outbox is full */
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

/** Whoever has an event in hand still after so long is not alive any more. */
const REMEMBERED_MS = 3_600_000;

/**
 * From where an event was written in the same transaction as what it tells of (a relay job's record) to the outbox, which may lie in
 * another slot of a Redis Cluster: a crash in between makes it be handed over again, and it counts once.
 * @param text the event, as JSON.
 * @param remove takes it away from where it stands
 */
export async function handOver(redis: Redis, text: string, remove: () => Promise<unknown>): Promise<void> {
  const now = redisNow();
  const id = idOf(text);
  const { outbox, handedOver } = keys;
  await handOverScript(redis, { outbox, handedOver, id, event: text, rememberedFrom: now - REMEMBERED_MS });
  await remove();
  await redis.zadd(handedOver, 'XX', now, id);
}

/** An event without a batch. @param event as text */
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

/** They are in the audit log. */
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
