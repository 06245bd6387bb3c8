/**
 * How many exchanges API keys cost: client-credentials tokens, of which a plan of Auth0's includes a number each calendar month. (Tokens
 * for the Management API are not counted, and neither is what the authority refuses.)
 */
import type { Redis } from 'ioredis';
import { redisNow } from '../redis/clock.ts';
import { keys } from '../redis/keys.ts';

export interface ExchangeBill {
  /** In this calendar month (UTC), by all processes. */
  made: number;
  /** Keys that were used within the last 30 days. */
  keys: number;
  /** How long one serves, as of the last one, s; undefined: none was made for a month. */
  seconds: number | undefined;
  /** In 30 days, if each of those keys is in use all the time. */
  expectedPerMonth: number | undefined;
}

export interface Exchanges {
  /** @param servesMs how long it serves */
  count(this: void, servesMs: number): void;
  read(): Promise<ExchangeBill>;
}

const MONTH_MS = 2_592_000_000;

/** @param onError a lost count is made up for by nobody */
export function createExchanges(redis: Redis, onError: (error: unknown) => void): Exchanges {
  const keyOf = (time: number) => keys.exchanges(new Date(time).toISOString().slice(0, 7));
  return {
    count(servesMs) {
      const key = keyOf(redisNow());
      redis
        .multi()
        .hincrby(key, 'made', 1)
        .hset(key, 'seconds', Math.round(servesMs / 1000))
        .pexpire(key, 2 * MONTH_MS)
        .exec()
        .catch(onError);
    },

    async read() {
      const now = redisNow();
      const [month, lastMonth, use] = await Promise.all([
        redis.hgetall(keyOf(now)),
        redis.hgetall(keyOf(now - MONTH_MS)),
        redis.hgetall(keys.apiKeyUse),
      ]);
      const used = Object.entries(use).filter(
        ([field, last]) => field.endsWith(':last') && Number(last) > now - MONTH_MS,
      ).length;
      const told = month['seconds'] ?? lastMonth['seconds'];
      const seconds = told === undefined ? undefined : Math.max(1, Number(told));
      return {
        made: Number(month['made'] ?? 0),
        keys: used,
        seconds,
        expectedPerMonth: seconds === undefined ? undefined : Math.ceil((used * MONTH_MS) / (seconds * 1000)),
      };
    },
  };
}
