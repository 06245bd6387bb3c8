/** One of all workers does something at a time; when it is gone, another one does. */
import { randomUUID } from 'node:crypto';
import type { Redis } from 'ioredis';

export interface Lease {
  /** Whether it is this worker's turn, for `LEASE_MS` from now on. */
  isOurs(): Promise<boolean>;
  release(): Promise<void>;
}

/** After so long without a sign of life another worker takes over. */
export const LEASE_MS = 5_000;

export function createLease(redis: Redis, key: string): Lease {
  const id = randomUUID();
  return {
    async isOurs() {
      if ((await redis.set(key, id, 'PX', LEASE_MS, 'NX')) === 'OK') return true;
      if ((await redis.get(key)) !== id) return false;
      await redis.pexpire(key, LEASE_MS);
      return true;
    },
    async release() {
      if ((await redis.get(key)) === id) await redis.del(key);
    },
  };
}
