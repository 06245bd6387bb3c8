/** Heartbeat of a worker that processes relay jobs: API processes cannot detect one from an empty queue. */
import { randomUUID } from 'node:crypto';
import type { Redis } from 'ioredis';
import { WORKER_SEEN_MS } from '../src/redis/keys/process.ts';
import { markWorker } from '../src/redis/leases.ts';
import { forgetWorker, noteWorker } from '../src/redis/living-workers.ts';

/** Two heartbeats may be missed. */
const BEAT_MS = WORKER_SEEN_MS / 3;

/** Resolves after the first heartbeat. @returns a function that stops it */
export async function startHeartbeat(redis: Redis): Promise<() => void> {
  const id = randomUUID();
  const beat = () => Promise.all([markWorker(redis), noteWorker(redis, id)]);
  await beat();
  // Errors are ignored: while Redis is unreachable, API processes cannot read the heartbeat either.
  const timer = setInterval(() => void beat().catch(() => undefined), BEAT_MS);
  return () => {
    clearInterval(timer);
    forgetWorker(redis, id).catch(() => undefined);
  };
}
