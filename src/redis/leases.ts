/** What a process says of itself for a while only: that it is the one that does something, and that it is there at all. */
import { randomUUID } from 'node:crypto';
import type { Redis } from 'ioredis';
import { keys } from './keys.ts';
import { WORKER_SEEN_MS } from './keys/process.ts';

/** One of all workers does something at a time; when it is gone, another one does. */
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

/** Writes a mark that goes by itself. */
export async function mark(redis: Redis, key: string, forMs: number): Promise<void> {
  await redis.set(key, '1', 'PX', forMs);
}

/** A worker takes relay jobs, for `WORKER_SEEN_MS` from now on. */
export const markWorker = (redis: Redis): Promise<void> => mark(redis, keys.workerSeen, WORKER_SEEN_MS);

/** Whether one does. */
export async function hasWorker(redis: Redis): Promise<boolean> {
  return (await redis.exists(keys.workerSeen)) === 1;
}

/** @returns true on the first use of a name within this time, over all processes */
export async function isFirstUse(redis: Redis, key: string, forMs: number): Promise<boolean> {
  return (await redis.set(key, '1', 'PX', forMs, 'NX')) === 'OK';
}
