/**
 * Count of the exchanges of API keys for client-credentials tokens, of which Auth0's plans include a number per calendar month. Tokens for
 * the Management API and refused exchanges are not counted.
 */
import type { Redis } from 'ioredis';
import { redisNow } from '../redis/clock.ts';
import { addExchange, listLastUses, readExchanges } from './api-keys.ts';

export interface ExchangeBill {
  /** Exchanges in this calendar month (UTC), by all processes. */
  made: number;
  /** Number of keys used within the last 30 days. */
  keys: number;
  /** Token lifetime of the last exchange, s; undefined: no exchange for a month. */
  seconds: number | undefined;
  /** Expected exchanges in 30 days if each of those keys is in constant use. */
  expectedPerMonth: number | undefined;
}

export interface Exchanges {
  /** @param lifetimeMs token lifetime */
  count(this: void, lifetimeMs: number): void;
  read(): Promise<ExchangeBill>;
}

const MONTH_MS = 2_592_000_000;

/** @param onError a failed count is not repeated */
export function createExchanges(redis: Redis, onError: (error: unknown) => void): Exchanges {
  const monthOf = (time: number) => new Date(time).toISOString().slice(0, 7);
  return {
    count(lifetimeMs) {
      const seconds = Math.round(lifetimeMs / 1000);
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
