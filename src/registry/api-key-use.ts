/**
 * How often and when last each API key was used. Counted in memory and written once a second (`writeBehind`).
 */
import type { Redis } from 'ioredis';
import { redisNow } from '../redis/clock.ts';
import { writeBehind } from '../redis/write-behind.ts';
import { addUse } from './api-keys.ts';

export interface UseCounter {
  count(clientId: string): void;
  /** Writes what was counted, and stops. */
  close(): Promise<void>;
}

export function createUseCounter(redis: Redis, onError: (error: unknown) => void): UseCounter {
  let counted = new Map<string, { uses: number; last: number }>();

  async function write(): Promise<void> {
    if (counted.size === 0) return;
    const batch = counted;
    counted = new Map();
    try {
      const used = [...batch].flatMap(([clientId, { uses, last }]) => [clientId, uses, last]);
      await addUse(redis, used);
    } catch (error) {
      onError(error);
    }
  }

  return {
    count(clientId) {
      const entry = counted.get(clientId);
      if (entry) {
        entry.uses += 1;
        entry.last = redisNow();
      } else counted.set(clientId, { uses: 1, last: redisNow() });
    },
    close: writeBehind(write),
  };
}
