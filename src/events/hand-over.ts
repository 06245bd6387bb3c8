/**
 * From where an event was written in the same transaction as what it tells of (a relay job's record) to the outbox, which may lie in
 * another slot of a Redis Cluster: a crash in between makes it be handed over again, and it counts once.
 */
import type { Redis } from 'ioredis';
import { redisNow } from '../redis/clock.ts';
import { keys } from '../redis/keys.ts';
import { defineScript } from '../redis/scripts.ts';
import { idOf } from './event.ts';

const putOnOutbox = defineScript({
  file: new URL('./hand-over.lua', import.meta.url),
  keys: ['outbox', 'handedOver'],
  args: ['id', 'event', 'rememberedFrom'],
});

/** Whoever has an event in hand still after so long is not alive any more. */
const REMEMBERED_MS = 3_600_000;

/** @param text the event, as JSON. @param forget removes it from where it stands */
export async function handOver(redis: Redis, text: string, forget: () => Promise<unknown>): Promise<void> {
  const now = redisNow();
  const id = idOf(text);
  const { outbox, handedOver } = keys;
  await putOnOutbox(redis, { outbox, handedOver, id, event: text, rememberedFrom: now - REMEMBERED_MS });
  await forget();
  await redis.zadd(handedOver, 'XX', now, id);
}
