/**
 * How many exchanges API keys cost: client-credentials tokens, of which a plan of Auth0's includes a number each calendar month. (Tokens
 * for the Management API are not counted, and neither is what the authority refuses.)
 */
import type { Redis } from 'ioredis';
import { redisNow } from '../redis/clock.ts';
import { addExchange, listLastUses, readExchanges } from './api-keys.ts';

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
  const monthOf = (time: number) => new Date(time).toISOString().slice(0, 7);
  return {
    count(servesMs) {
      const seconds = Math.round(servesMs / 1000);
      addExchange(redis, monthOf(redisNow()), seconds, 2 * MONTH_MS).catch(onError);
    },

    async read() {
      const now = redisNow();
      const [month, lastMonth, uses] = await Promise.all([
        readExchanges(redis, monthOf(now)),
        readExchanges(redis, monthOf(now - MONTH_MS)),
        listLastUses(redis),
      ]);
      const used = uses.filter((last) => last > now - MONTH_MS).length;
      const lastOne = month.seconds ?? lastMonth.seconds;
      const seconds = lastOne === undefined ? undefined : Math.max(1, lastOne);
      return {
        made: month.made,
        keys: used,
        seconds,
        expectedPerMonth: seconds === undefined ? undefined : Math.ceil((used * MONTH_MS) / (seconds * 1000)),
      };
    },
  };
}
