/** Which of the two tells what happens at the authority: its event stream, or the tenant log; and until when. */
import type { Redis } from 'ioredis';
import { redisNow } from '../redis/clock.ts';
import { keys } from '../redis/keys.ts';

/** How long after a delivery the event stream counts as working, so that the tenant log is not read. */
export const STREAM_WORKS_MS = 3_600_000;

/** Times in ms since 1970; undefined: never, as far as this Redis knows. */
export interface AuthorityEventState {
  /** `none`: neither has told anything lately. */
  source: 'stream' | 'log' | 'none';
  /** Last delivery of the event stream. */
  deliveredAt: number | undefined;
  /** Last successful reading of the tenant log. */
  polledAt: number | undefined;
  /** What happened before was not read: since then this Redis knows of the tenant log. */
  logSince: number | undefined;
  /** Kind of the failure of the last reading of the tenant log; undefined: it succeeded. */
  logFailure: string | undefined;
  /** The last event of the tenant log that was read. */
  checkpoint: string | undefined;
}

const NAMES = ['delivered_at', 'polled_at', 'log_since', 'log_failure', 'checkpoint'] as const;
type Field = (typeof NAMES)[number];

/** @param pollMs how often the tenant log is read; 0: never */
export async function readAuthorityEventState(redis: Redis, pollMs: number): Promise<AuthorityEventState> {
  const [delivered, polled, since, failure, checkpoint] = await redis.hmget(keys.authorityState, ...NAMES);
  const [deliveredAt, polledAt] = [timeIn(delivered), timeIn(polled)];
  const isWithin = (time: number | undefined, ms: number) => time !== undefined && redisNow() - time < ms;
  const isPolled = pollMs > 0 && isWithin(polledAt, 3 * pollMs + MARGIN_MS) && !failure;
  return {
    source: isWithin(deliveredAt, STREAM_WORKS_MS) ? 'stream' : isPolled ? 'log' : 'none',
    deliveredAt,
    polledAt,
    logSince: timeIn(since),
    logFailure: failure ?? undefined,
    checkpoint: checkpoint ?? undefined,
  };
}

/** A reading waits for its slot of the budget. */
const MARGIN_MS = 60_000;

const timeIn = (text: string | null | undefined): number | undefined => (text ? Number(text) : undefined);

/** Call at each delivery, whatever it says. */
export async function noteDelivery(redis: Redis): Promise<void> {
  await redis.hset(keys.authorityState, 'delivered_at', redisNow());
}

/** @param fields `null` removes one */
export async function saveLogState(
  redis: Redis,
  fields: Partial<Record<Exclude<Field, 'delivered_at'>, string | number | null>>,
): Promise<void> {
  const writes = redis.multi();
  for (const [name, value] of Object.entries(fields))
    if (value === null) writes.hdel(keys.authorityState, name);
    else writes.hset(keys.authorityState, name, value);
  await writes.exec();
}
