/**
 * One clock for whatever is ordered, due, or compared between processes: that of Redis. Scripts ask it by themselves (`TIME`); everybody
 * else knows it from here. Between two looks at it this process' monotonic clock goes on, so that setting the machine's clock moves
 * nothing. Not for what the authority signed or sent: that goes by the authority's clock.
 */
import type { Redis } from 'ioredis';
import type { Log } from '../log.ts';

/** What Redis' clock is ahead of this process' monotonic one, ms. Until Redis was asked, this machine's clock counts. */
let aheadMs = Date.now() - performance.now();

/** ms since 1970. */
export const redisNow = (): number => Math.floor(aheadMs + performance.now());

/** ISO 8601. */
export const redisTimestamp = (): string => new Date(redisNow()).toISOString();

/** How far this machine's clock is ahead of Redis', ms; negative: behind. */
export const clockOffsetMs = (): number => Date.now() - redisNow();

/** Clocks that are as near as this are taken for the same: nobody's times jump to and fro by what the way to Redis takes. */
const SAME_MS = 50;
const LOOK_MS = 10_000;
/** An offset is told from here on, and again when it has changed by as much. */
const TOLD_MS = 1_000;

/** Asks Redis what time it is. */
export async function lookAtRedisClock(redis: Redis): Promise<void> {
  const sent = performance.now();
  const [seconds, micros] = await redis.time();
  const received = performance.now();
  const measured = Number(seconds) * 1000 + Number(micros) / 1000 - (sent + received) / 2;
  if (Math.abs(measured - aheadMs) > SAME_MS + (received - sent) / 2) aheadMs = measured;
}

/** Asks at once, and from then on every so often; while Redis is away, what was known of its clock goes on. @returns stops it */
export async function followRedisClock(redis: Redis, log: Log): Promise<() => void> {
  let told = 0;

  async function look(): Promise<void> {
    await lookAtRedisClock(redis).catch(() => undefined);
    const offset_ms = clockOffsetMs();
    if (Math.abs(offset_ms - told) < TOLD_MS) return;
    const isWrong = Math.abs(offset_ms) >= TOLD_MS;
    told = isWrong ? offset_ms : 0;
    if (isWrong)
      log.warn({ offset_ms }, "this machine's clock differs from Redis', which is the one that counts");
    else log.info({ offset_ms }, "this machine's clock agrees with Redis' again");
  }

  await look();
  const timer = setInterval(() => void look(), LOOK_MS).unref();
  return () => clearInterval(timer);
}
