/** Says that a worker takes relay jobs: API processes cannot see that from a queue on which nothing waits. */
import type { Redis } from 'ioredis';
import { WORKER_SEEN_MS } from '../src/redis/keys/process.ts';
import { markWorker } from '../src/redis/leases.ts';

/** Two may be missed. */
const BEAT_MS = WORKER_SEEN_MS / 3;

/** @returns stops it. Resolves when it has been said for the first time */
export async function startHeartbeat(redis: Redis): Promise<() => void> {
  await markWorker(redis);
  // While Redis is away there is nobody to hear it.
  const timer = setInterval(() => void markWorker(redis).catch(() => undefined), BEAT_MS);
  return () => clearInterval(timer);
}
