/** Keys with a TTL by which a process says that it holds a role, or that it is alive. */
import { randomUUID } from 'node:crypto';
import type { Redis } from 'ioredis';
import { keys } from './keys.ts';
import { WORKER_SEEN_MS } from './keys/process.ts';

/** A lease that one worker at a time holds; when that worker disappears, another one acquires it. */
export interface Lease {
  /** Acquires or renews it. Whether this worker holds it for the next `LEASE_MS`. */
  isOurs(): Promise<boolean>;
  release(): Promise<void>;
}

/** TTL: another worker takes over when the lease was not renewed for this long. */
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

/** Writes a marker with a TTL. */
export async function mark(redis: Redis, key: string, forMs: number): Promise<void> {
  await redis.set(key, '1', 'PX', forMs);
}

/** Marks that a worker processes relay jobs, for the next `WORKER_SEEN_MS`. */
export const markWorker = (redis: Redis): Promise<void> => mark(redis, keys.workerSeen, WORKER_SEEN_MS);

/** Whether any worker does. */
export async function hasWorker(redis: Redis): Promise<boolean> {
  return (await redis.exists(keys.workerSeen)) === 1;
}

/** @returns true on the first use of a name within the TTL, across all processes */
export async function isFirstUse(redis: Redis, key: string, forMs: number): Promise<boolean> {
  return (await redis.set(key, '1', 'PX', forMs, 'NX')) === 'OK';
}
