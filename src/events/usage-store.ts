/** Usage per client in Redis: one hash per tenant and hour, and one per day. */
import type { Redis } from 'ioredis';
import { nextTurn } from '../next-turn.ts';
import { keys } from '../redis/keys.ts';
import { defineScript } from '../redis/scripts.ts';
import { toPairs } from '../redis/replies.ts';
import { DAY_KEPT_MS, HOUR_KEPT_MS, latencyFields, periodOf, type Interval } from './usage-periods.ts';

/** Counts of one process for a tenant. */
export interface UsageBatch {
  number: number;
  tenantId: string;
  /** ms since 1970, within the hour that it belongs to. */
  time: number;
  /** Arguments of `record-usage.lua`. */
  counts: (string | number)[];
}

/** Of a client in a period, as `record-usage.lua` counts them. */
const USAGE_FIELDS = [
  'kind',
  'requests',
  'refusals',
  'failures',
  'relay_calls',
  'rows_created',
  'ms',
  'max_ms',
  ...latencyFields,
];

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

/** A figure of a client in one period. */
export type UsageField = readonly [clientId: string, field: string, value: string];

/** Fields that are read at once: so much work that nobody notices it. */
const FIELDS_AT_ONCE = 250;

/** All figures of the period that begins at this time, ms since 1970, in parts; of thousands of clients without a pause for others. */
export async function* scanPeriod(
  redis: Redis,
  tenantId: string,
  interval: Interval,
  start: number,
): AsyncGenerator<UsageField[]> {
  const key = keys.usage(tenantId, interval, periodOf(interval, start));
  // A scan may return a field again.
  const seen = new Set<string>();
  let cursor = '0';
  do {
    const [next, found] = await redis.hscan(key, cursor, 'COUNT', FIELDS_AT_ONCE);
    cursor = next;
    yield toPairs(found).flatMap(([name, value]) => {
      if (seen.has(name)) return [];
      seen.add(name);
      const [clientId = '', field = ''] = name.split(' ');
      return [[clientId, field, value] as const];
    });
    // Node would read on from this connection before it serves others.
    if (cursor !== '0') await nextTurn();
  } while (cursor !== '0');
}

/** As `scanPeriod`, of one client. */
export async function readClientPeriod(
  redis: Redis,
  tenantId: string,
  { interval, start, clientId }: { interval: Interval; start: number; clientId: string },
): Promise<UsageField[]> {
  const key = keys.usage(tenantId, interval, periodOf(interval, start));
  const values = await redis.hmget(key, ...USAGE_FIELDS.map((field) => `${clientId} ${field}`));
  return USAGE_FIELDS.flatMap((field, i) => {
    const value = values[i];
    return value === null || value === undefined ? [] : [[clientId, field, value] as const];
  });
}
