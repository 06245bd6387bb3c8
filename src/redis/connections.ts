import { Redis, type ChainableCommander, type RedisOptions } from 'ioredis';
import { Problem } from '../problem.ts';
import { findRedisTrouble } from './trouble.ts';

/** Longest delay before the next connection attempt, ms. */
const MAX_PAUSE_MS = 1_000;
/**
 * A server that refuses commands as a replica does is disconnected immediately the first time, then at most once per
 * second.
 */
const RECONNECT_INTERVAL_MS = 5_000;

/**
 * Reconnects when the server no longer accepts writes: after a failover, the same address leads to the new primary
 * sooner or later. The refused command is not resent automatically; its error goes to the caller, because a part of a
 * transaction that is resent alone would be executed alone.
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
      // Further errors arrive before the socket closes: ioredis would disconnect once more for each.
      if (isLeaving || findRedisTrouble(error)?.trouble !== 'elsewhere') return false;
      isLeaving = true;
      const now = performance.now();
      isAgain = now - leftAt < RECONNECT_INTERVAL_MS;
      leftAt = now;
      return true;
    },
  };
}

/**
 * For commands on a request's path: when Redis is unreachable, the call fails immediately (it becomes a 503) instead of
 * letting requests queue up. A command that was sent and not answered is not resent: it may have been executed.
 */
export function connectForCommands(url: string): Redis {
  return coalescingWrites(
    new Redis(url, {
      ...reconnecting(),
      enableOfflineQueue: false,
      maxRetriesPerRequest: 0,
      commandTimeout: 5_000,
    }),
  );
}

/**
 * For workers and subscribers: waits for Redis to come back, without limit. Unanswered commands are resent, so what
 * workers write can be written twice.
 * @param commandTimeout longest wait, where somebody waits for the reply, ms
 */
export function connectForWaiting(url: string, commandTimeout?: number): Redis {
  const options = { ...reconnecting(), maxRetriesPerRequest: null };
  return coalescingWrites(
    new Redis(url, commandTimeout === undefined ? options : { ...options, commandTimeout }),
  );
}

/**
 * Combines commands issued in the same tick into one socket write: ioredis writes each separately, and the write is
 * most of what a command costs the process.
 */
function coalescingWrites(redis: Redis): Redis {
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

/** Resolves when the connection is ready; rejects with the reason after `timeoutMs`. */
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

/** Whether a command failed because Redis is unreachable or unwell (`trouble.ts`), as opposed to a bug. */
export function isRedisAway(error: unknown): boolean {
  return findRedisTrouble(error) !== undefined;
}

/** The problem that reports it to a caller. @returns undefined for an error that is a bug */
export function redisProblem(error: unknown): Problem | undefined {
  return isRedisAway(error) ? new Problem('overloaded', { cause: error }) : undefined;
}

/** Executes a pipeline. @throws the first error of its commands, which `exec` itself does not throw */
export async function sendAll(pipeline: ChainableCommander): Promise<void> {
  for (const [error] of (await pipeline.exec()) ?? []) if (error) throw error;
}
