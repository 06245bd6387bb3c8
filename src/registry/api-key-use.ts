/**
 * How often and when last each API key was used. Counted in memory and written once a second, so that a request pays nothing for
 * it; a process that is killed loses at most its last second.
 */
import type { Redis } from 'ioredis';
import { redisNow } from '../redis/clock.ts';
import { keys } from '../redis/keys.ts';
import { defineScript } from '../redis/scripts.ts';

export interface ApiKeyUse {
  uses: number;
  /** ISO 8601. */
  last_used_at?: string;
}

export interface UseCounter {
  count(clientId: string): void;
  /** Writes what was counted, and stops. */
  close(): Promise<void>;
}

const WRITE_MS = 1_000;
const recordUse = defineScript({
  file: new URL('./record-use.lua', import.meta.url),
  keys: ['clients', 'use'],
  args: ['...used'],
});

export function createUseCounter(redis: Redis, onError: (error: unknown) => void): UseCounter {
  let counted = new Map<string, { uses: number; last: number }>();
  let writing: Promise<void> = Promise.resolve();

  async function write(): Promise<void> {
    if (counted.size === 0) return;
    const batch = counted;
    counted = new Map();
    try {
      const used = [...batch].flatMap(([clientId, { uses, last }]) => [clientId, uses, last]);
      await recordUse(redis, { clients: keys.clients, use: keys.apiKeyUse, used });
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

export async function readUse(redis: Redis, clientIds: readonly string[]): Promise<Map<string, ApiKeyUse>> {
  if (clientIds.length === 0) return new Map();
  const fields = clientIds.flatMap((id) => [`${id}:uses`, `${id}:last`]);
  const values = await redis.hmget(keys.apiKeyUse, ...fields);
  return new Map(
    clientIds.map((id, index) => {
      const [uses, last] = [values[2 * index], values[2 * index + 1]];
      return [
        id,
        { uses: Number(uses ?? 0), ...(last && { last_used_at: new Date(Number(last)).toISOString() }) },
      ];
    }),
  );
}
