/** Heartbeat of a worker that takes relay jobs: API processes cannot detect that from an empty queue. */
import type { Redis } from 'ioredis';
import { WORKER_SEEN_MS } from '../src/redis/keys/process.ts';
import { markWorker } from '../src/redis/leases.ts';

/** Two may be missed. */
const BEAT_MS = WORKER_SEEN_MS / 3;

/** @returns stops it. Resolves after the first heartbeat */
export async function startHeartbeat(redis: Redis): Promise<() => void> {
  await markWorker(redis);
  // While Redis is unreachable, so is whoever would read it.
  const timer = setInterval(() => void markWorker(redis).catch(() => undefined), BEAT_MS);
  return () => clearInterval(timer);
}
