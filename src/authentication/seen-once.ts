import type { Redis } from 'ioredis';
import { keys } from '../redis/keys.ts';

/** @returns whether nobody, at any process, told this name before, as long as it is kept in mind */
export function createSeenOnce(redis: Redis): (name: string, forMs: number) => Promise<boolean> {
  return async (name, forMs) => (await redis.set(keys.dpopProof(name), '1', 'PX', forMs, 'NX')) === 'OK';
}
