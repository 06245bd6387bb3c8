/** Which workers are alive, by their heartbeats. */
import type { Redis } from 'ioredis';
import { keys } from './keys.ts';
import { MAX_WORKERS, WORKER_SEEN_MS } from './keys/process.ts';
import { defineScript, replyOf } from './scripts.ts';

const note = defineScript({
  file: new URL('./note-worker.lua', import.meta.url),
  keys: ['workers'],
  args: ['worker', 'keepMs', 'most'],
  reply: replyOf<number>,
});

/** @param worker id of the process; it counts for the next `WORKER_SEEN_MS` */
export async function noteWorker(redis: Redis, worker: string): Promise<void> {
  await noted(redis, worker);
}

/** Number of workers that gave a sign of life within `WORKER_SEEN_MS`. */
export const countWorkers = (redis: Redis): Promise<number> => noted(redis, '');

const noted = (redis: Redis, worker: string): Promise<number> =>
  note(redis, { workers: keys.livingWorkers, worker, keepMs: WORKER_SEEN_MS, most: MAX_WORKERS });

/** It stops: it is not counted any more. */
export async function forgetWorker(redis: Redis, worker: string): Promise<void> {
  await redis.zrem(keys.livingWorkers, worker);
}
