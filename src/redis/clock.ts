/**
 * One clock for everything that is ordered, scheduled or compared between processes: Redis's. Scripts read it
 * themselves (`TIME`); other code reads it here. Between two reads this process's monotonic clock is used, so that
 * setting the machine's clock changes nothing. Not for what the authority signed or sent: that follows the authority's
 * clock.
 */
import type { Redis } from 'ioredis';
import type { Log } from '../log.ts';
import { keys } from './keys.ts';
import { defineScript, replyOf } from './scripts.ts';

/**
 * Offset from this process's monotonic clock to Redis's clock, ms. Until Redis was read, this machine's clock is used.
 */
let aheadMs = Date.now() - performance.now();

/** ms since 1970. */
export const redisNow = (): number => Math.floor(aheadMs + performance.now());

/** ISO 8601. */
export const redisTimestamp = (): string => new Date(redisNow()).toISOString();

/** How far this machine's clock is ahead of Redis's, ms; negative: behind. */
export const clockOffsetMs = (): number => Date.now() - redisNow();

/** Clocks this close count as equal, so that the network's latency does not make times jump. */
const SAME_MS = 50;
/**
 * What is added to a point in time that somebody outside asked us to wait for: one process notes it, another one acts on
 * it, and each may see Redis's clock up to `SAME_MS` wrong.
 */
export const CLOCK_TOLERANCE_MS = 2 * SAME_MS;
const LOOK_MS = 10_000;
/** An offset from here on is logged, and again when it has changed by as much. */
const LOGGED_OFFSET_MS = 1_000;

/** `TIME` of the master that has the relay's keys: the nodes of a cluster have a clock each. */
const readTimeOf = defineScript({
  file: new URL('./read-time.lua', import.meta.url),
  keys: ['place'],
  args: [],
  reply: replyOf<[seconds: string, micros: string]>,
});

/** The time of Redis at one moment, ms since 1970, with a fraction. */
export async function readRedisTime(redis: Redis): Promise<number> {
  const [seconds, micros] = await readTimeOf(redis, { place: keys.relayLastTurn });
  return Number(seconds) * 1000 + Number(micros) / 1000;
}

/** Reads Redis's time. */
export async function readRedisClock(redis: Redis): Promise<void> {
  const sent = performance.now();
  const time = await readRedisTime(redis);
  const received = performance.now();
  const measured = time - (sent + received) / 2;
  if (Math.abs(measured - aheadMs) > SAME_MS + (received - sent) / 2) aheadMs = measured;
}

/** Reads the clock now and then periodically; while Redis is unreachable, the last offset stays. @returns stops it */
export async function followRedisClock(redis: Redis, log: Log): Promise<() => void> {
  let loggedOffset = 0;

  async function look(): Promise<void> {
    await readRedisClock(redis).catch(() => undefined);
    const offset_ms = clockOffsetMs();
    if (Math.abs(offset_ms - loggedOffset) < LOGGED_OFFSET_MS) return;
    const isWrong = Math.abs(offset_ms) >= LOGGED_OFFSET_MS;
    loggedOffset = isWrong ? offset_ms : 0;
    if (isWrong)
      log.warn({ offset_ms }, "this machine's clock differs from Redis' clock, which is authoritative");
    else log.info({ offset_ms }, "this machine's clock agrees with Redis' again");
  }

  await look();
  const timer = setInterval(() => void look(), LOOK_MS).unref();
  return () => clearInterval(timer);
}
