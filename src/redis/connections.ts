import { Redis } from 'ioredis';
import type { RedisOptions } from 'ioredis';

const common: RedisOptions = { connectTimeout: 5_000, retryStrategy: (tries) => Math.min(tries * 50, 1_000) };

/**
 * For commands on a request's path: a Redis that is away fails the call at once (it becomes a 503) instead of
 * letting requests pile up behind it.
 */
export function connectForCommands(url: string): Redis {
  return writingTogether(
    new Redis(url, {
      ...common,
      enableOfflineQueue: false,
      maxRetriesPerRequest: 1,
      commandTimeout: 5_000,
    }),
  );
}

/** For workers and subscribers: waits for Redis to come back, however long. */
export function connectForWaiting(url: string): Redis {
  return writingTogether(new Redis(url, { ...common, maxRetriesPerRequest: null }));
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

/** Whether a command failed because Redis could not be reached, as opposed to a fault of ours. */
export function isRedisAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return (
    error.name === 'MaxRetriesPerRequestError' ||
    /enableOfflineQueue|Connection is closed|Command aborted due to connection close|Command timed out|ECONNREFUSED|ECONNRESET|LOADING/.test(
      error.message,
    )
  );
}
