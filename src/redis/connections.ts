import { Redis, type ChainableCommander, type RedisOptions } from 'ioredis';
import { Problem } from '../problem.ts';
import { findRedisTrouble } from './trouble.ts';

/** How long before the next try to connect, at most, ms. */
const MAX_PAUSE_MS = 1_000;
/** A server that refuses commands as a replica does is left at once the first time, and then no more often than each second. */
const LEFT_LATELY_MS = 5_000;

/**
 * A server that takes no writes any more is left for the one that does: the same address leads there after a failover, at once or a
 * little later. The refused command is not sent again by itself: its error goes to whoever gave it, because a part of a transaction
 * that is sent alone would be done alone.
 */
function reconnecting(): RedisOptions {
  let leftAt = -Infinity;
  let isAgain = false;
  let isLeaving = false;
  return {
    connectTimeout: 5_000,
    retryStrategy: (tries) => {
      isLeaving = false;
      return isAgain ? MAX_PAUSE_MS : Math.min(tries * 50, MAX_PAUSE_MS);
    },
    reconnectOnError: (error) => {
      // Whatever else it answers before it is gone: ioredis would end it once more for each.
      if (isLeaving || findRedisTrouble(error)?.trouble !== 'elsewhere') return false;
      isLeaving = true;
      const now = performance.now();
      isAgain = now - leftAt < LEFT_LATELY_MS;
      leftAt = now;
      return true;
    },
  };
}

/**
 * For commands on a request's path: a Redis that is away fails the call at once (it becomes a 503) instead of
 * letting requests pile up behind it. What was sent and got no answer is not sent again: it may have been done.
 */
export function connectForCommands(url: string): Redis {
  return writingTogether(
    new Redis(url, {
      ...reconnecting(),
      enableOfflineQueue: false,
      maxRetriesPerRequest: 0,
      commandTimeout: 5_000,
    }),
  );
}

/**
 * For workers and subscribers: waits for Redis to come back, however long. What got no answer is sent again then; what workers write
 * can be written twice.
 * @param commandTimeout how long at most, where somebody waits for it, ms
 */
export function connectForWaiting(url: string, commandTimeout?: number): Redis {
  const options = { ...reconnecting(), maxRetriesPerRequest: null };
  return writingTogether(
    new Redis(url, commandTimeout === undefined ? options : { ...options, commandTimeout }),
  );
}

/**
 * Commands that are given in one go leave in one write: ioredis writes each by itself, and what that costs the process is most of
 * what a command costs it.
 */
function writingTogether(redis: Redis): Redis {
  redis.on('connect', () => {
    const { stream } = redis;
    const write = stream.write.bind(stream);
    let isHeld = false;
    stream.write = ((...given: Parameters<typeof write>) => {
      if (!isHeld) {
        isHeld = true;
        stream.cork();
        process.nextTick(() => {
          isHeld = false;
          stream.uncork();
        });
      }
      return write(...given);
    }) as typeof write;
  });
  return redis;
}

/** Resolves when the connection can be used; rejects with the reason after `timeoutMs`. */
export async function untilReady(redis: Redis, timeoutMs = 10_000): Promise<void> {
  if (redis.status === 'ready') return;
  await new Promise<void>((resolve, reject) => {
    let last: Error | undefined;
    const timer = setTimeout(() => done(last ?? new Error('Redis did not answer in time')), timeoutMs);
    const onError = (error: Error) => (last = error);
    const onReady = () => done();
    const done = (error?: Error) => {
      clearTimeout(timer);
      redis.off('ready', onReady).off('error', onError);
      if (error) reject(error);
      else resolve();
    };
    redis.on('ready', onReady).on('error', onError);
  });
}

/** Whether a command failed because Redis is away or unwell (`trouble.ts`), as opposed to a fault of ours. */
export function isRedisAway(error: unknown): boolean {
  return findRedisTrouble(error) !== undefined;
}

/** What a caller is told of that. @returns undefined for an error that is a fault of ours */
export function redisProblem(error: unknown): Problem | undefined {
  return isRedisAway(error) ? new Problem('overloaded', { cause: error }) : undefined;
}

/** Sends a pipeline. @throws the first error of its commands, which a pipeline keeps to itself */
export async function sendAll(pipeline: ChainableCommander): Promise<void> {
  for (const [error] of (await pipeline.exec()) ?? []) if (error) throw error;
}
