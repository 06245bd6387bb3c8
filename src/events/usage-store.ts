/** Usage per client in Redis: one hash per tenant and hour, and one per day. */
import type { Redis } from 'ioredis';
import { keys } from '../redis/keys.ts';
import { defineScript } from '../redis/scripts.ts';
import { DAY_KEPT_MS, HOUR_KEPT_MS, periodOf, type Interval } from './usage-periods.ts';

/** Counts of one process for a tenant. */
export interface UsageBatch {
  number: number;
  tenantId: string;
  /** ms since 1970, within the hour that it belongs to. */
  time: number;
  /** Arguments of `record-usage.lua`. */
  counts: (string | number)[];
}

/** A batch whose reply was lost is resent within this time. */
const REMEMBERED_MS = 86_400_000;

const recordUsage = defineScript({
  file: new URL('./record-usage.lua', import.meta.url),
  keys: ['hour', 'day', 'lastBatch'],
  args: ['batch', 'rememberedMs', 'hourMs', 'dayMs', '...counts'],
});

/** Each batch of a process counts once, however often it is sent. */
export async function addUsage(
  redis: Redis,
  processId: string,
  { number, tenantId, time, counts }: UsageBatch,
): Promise<void> {
  await recordUsage(redis, {
    hour: keys.usage(tenantId, 'hour', periodOf('hour', time)),
    day: keys.usage(tenantId, 'day', periodOf('day', time)),
    lastBatch: keys.lastUsageBatch(tenantId, processId),
    batch: number,
    rememberedMs: REMEMBERED_MS,
    hourMs: HOUR_KEPT_MS,
    dayMs: DAY_KEPT_MS,
    counts,
  });
}

/** `<client id> <field>` → value, of the period that begins at this time, ms since 1970; empty when there is none. */
export function readPeriod(
  redis: Redis,
  tenantId: string,
  interval: Interval,
  start: number,
): Promise<Record<string, string>> {
  return redis.hgetall(keys.usage(tenantId, interval, periodOf(interval, start)));
}
