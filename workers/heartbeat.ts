/** Says that a worker takes relay jobs: API processes cannot see that from a queue on which nothing waits. */
import type { Redis } from 'ioredis';
import { keys } from '../src/redis/keys.ts';
import { WORKER_SEEN_MS } from '../src/redis/keys/process.ts';

/** Two may be missed. */
const BEAT_MS = WORKER_SEEN_MS / 3;

/** @returns stops it. Resolves when it has been said for the first time */
export async function startHeartbeat(redis: Redis): Promise<() => void> {
  const beat = () => redis.set(keys.workerSeen, '1', 'PX', WORKER_SEEN_MS);
  await beat();
  // While Redis is away there is nobody to hear it.
  const timer = setInterval(() => void beat().catch(() => undefined), BEAT_MS);
  return () => clearInterval(timer);
}
