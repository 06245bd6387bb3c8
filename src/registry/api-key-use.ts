/**
 * How often and when last each API key was used. Counted in memory and written once a second, so that a request pays nothing for
 * it; a process that is killed loses at most its last second.
 */
import type { Redis } from 'ioredis';
import { redisNow } from '../redis/clock.ts';
import { addUse } from './api-keys.ts';

export interface UseCounter {
  count(clientId: string): void;
  /** Writes what was counted, and stops. */
  close(): Promise<void>;
}

const WRITE_MS = 1_000;
export function createUseCounter(redis: Redis, onError: (error: unknown) => void): UseCounter {
  let counted = new Map<string, { uses: number; last: number }>();
  let writing: Promise<void> = Promise.resolve();

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

  const timer = setInterval(() => void (writing = writing.then(write)), WRITE_MS).unref();
  return {
    count(clientId) {
      const entry = counted.get(clientId);
      if (entry) {
        entry.uses += 1;
        entry.last = redisNow();
      } else counted.set(clientId, { uses: 1, last: redisNow() });
    },
    async close() {
      clearInterval(timer);
      await writing;
      await write();
    },
  };
}
