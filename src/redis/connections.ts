import { Cluster, Redis, type ChainableCommander, type ClusterOptions, type RedisOptions } from 'ioredis';
import { Problem } from '../problem.ts';
import type { RedisSettings } from '../settings/redis.ts';
import { connectionOptions, type ConnectionOptions } from './connection-options.ts';
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

/** A URL alone: without credentials and TLS files of their own, as tests and `npm start` have it. */
export type RedisTarget = string | RedisSettings;

/**
 * For commands on a request's path: when Redis is unreachable, the call fails immediately (it becomes a 503) instead of
 * letting requests queue up. A command that was sent and not answered is not resent: it may have been executed.
 */
export function connectForCommands(target: RedisTarget): Redis {
  return connect(target, {
    node: { maxRetriesPerRequest: 0, commandTimeout: 5_000 },
    isQueueing: false,
  });
}

/**
 * For workers and subscribers: waits for Redis to come back, without limit. Unanswered commands are resent, so what
 * workers write can be written twice.
 * @param commandTimeout longest wait, where somebody waits for the reply, ms
 */
export function connectForWaiting(target: RedisTarget, commandTimeout?: number): Redis {
  const waiting = { maxRetriesPerRequest: null };
  return connect(target, {
    node: commandTimeout === undefined ? waiting : { ...waiting, commandTimeout },
    isQueueing: true,
  });
}

interface Manner {
  node: RedisOptions;
  /** Whether commands wait for a lost connection, and unanswered ones are resent. */
  isQueueing: boolean;
}

function connect(target: RedisTarget, manner: Manner): Redis {
  const options = connectionOptions(typeof target === 'string' ? { REDIS_URL: target } : target);
  if (options.kind === 'cluster') return connectToCluster(options, manner);
  const { node, isQueueing } = manner;
  const all = { ...reconnecting(), ...options.node, ...node, enableOfflineQueue: isQueueing };
  return coalescingWrites(new Redis(all));
}

/**
 * A cluster is handed out as what one server is, so that stores need not know which of them there is. They share every command of
 * ours; what a cluster refuses or answers from one node only, `test/house/cluster-commands.test.ts` finds.
 */
function connectToCluster(
  { nodes, node: address }: Extract<ConnectionOptions, { kind: 'cluster' }>,
  { node, isQueueing }: Manner,
): Redis {
  // Without one, a node that restarts with its slots would stay disconnected until the slots are read again.
  const clusterNodeRetryStrategy = (tries: number) => Math.min(tries * 50, MAX_PAUSE_MS);
  const options: ClusterOptions = {
    redisOptions: {
      connectTimeout: 5_000,
      ...address,
      ...node,
      autoResendUnfulfilledCommands: isQueueing,
    },
    enableOfflineQueue: isQueueing,
    clusterRetryStrategy: clusterNodeRetryStrategy,
    clusterNodeRetryStrategy,
    slotsRefreshTimeout: 5_000,
    slotsRefreshInterval: 5_000,
    // Certificates name hosts, and addresses of hosts change.
    dnsLookup: (host, callback) => callback(null, host),
    // Otherwise a command that was sent and not answered would be sent again.
    ...(!isQueueing && { retryDelayOnFailover: 0, retryDelayOnClusterDown: 0 }),
  };
  const cluster = new Cluster([...nodes], options);
  cluster.on('+node', (one: Redis) => void coalescingWrites(one));
  return cluster as unknown as Redis;
}

export function isCluster(redis: Redis): boolean {
  return (redis as Redis | Cluster) instanceof Cluster;
}

/**
 * Whether commands are executed in the order in which they are issued, without waiting for replies: on one connection they are, on
 * the nodes of a cluster they are not.
 */
const isInOrder = (redis: Redis): boolean => !isCluster(redis);

/**
 * Both, the second one never before the first: sent together where one connection keeps them in order, otherwise one after the reply of
 * the other. @returns the results of both, `then`'s only if `first` was successful
 */
export function inOrder<A, B>(
  redis: Redis,
  first: () => Promise<A>,
  then: () => Promise<B>,
): Promise<[A, B]> {
  if (isInOrder(redis)) return Promise.all([first(), then()]);
  return first().then(async (one): Promise<[A, B]> => [one, await then()]);
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
