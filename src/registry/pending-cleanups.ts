/** Operations under way that the upkeep completes or rolls back if their process dies. */
import type { Redis } from 'ioredis';
import { redisNow } from '../redis/clock.ts';
import { keys } from '../redis/keys.ts';

export interface PendingCleanups {
  add(id: string): Promise<void>;
  remove(id: string): Promise<void>;
  /** @returns when it was added (last), ms since 1970; undefined: it is not there */
  since(id: string): Promise<number | undefined>;
  /** A batch of ids added before this time, ms since 1970, oldest first. @param skip leaves out so many of the oldest */
  olderThan(time: number, skip?: number): Promise<string[]>;
}

/** Client ids removed from the registry whose clients are still to be deleted at the authority. */
export const clientsToDelete = (redis: Redis): PendingCleanups =>
  pendingCleanups(redis, keys.clientsToDelete);

/** Ids of keys being created: a client at the authority with such an id may have no entry in the registry. */
export const unfinishedKeys = (redis: Redis): PendingCleanups => pendingCleanups(redis, keys.unfinishedKeys);

/** `<relay job> <tenant>` of tenants being provisioned: resources at the authority with such a job's id may be orphaned. */
export const unfinishedTenants = (redis: Redis): PendingCleanups =>
  pendingCleanups(redis, keys.unfinishedTenants);

/** `<organization> <user>` of people who left a tenant that is an organization: a sign-in under way may mark them again. */
export const marksToRemove = (redis: Redis): PendingCleanups => pendingCleanups(redis, keys.marksToRemove);

/** Whether an unfinished operation may have created this client at the authority, or is about to delete it. */
export async function isUnderWay(
  redis: Redis,
  of: { clientId: string; registrationId: string; keyId: string; provisioning: string },
): Promise<boolean> {
  const scores = await Promise.all([
    redis.zscore(keys.unfinishedRegistrations, of.registrationId),
    redis.zscore(keys.clientsToDelete, of.clientId),
    redis.zscore(keys.unfinishedKeys, of.keyId),
    redis.zscore(keys.unfinishedTenants, of.provisioning),
  ]);
  return scores.some((score) => score !== null);
}

/** Ids per read. */
const BATCH = 100;
/** Bound of each list; the oldest are dropped, and their leftovers at the authority are found by the reconciliation. */
const MAX_PENDING = 100_000;

function pendingCleanups(redis: Redis, key: string): PendingCleanups {
  return {
    async add(id) {
      await redis
        .multi()
        .zadd(key, redisNow(), id)
        .zremrangebyrank(key, 0, -(MAX_PENDING + 1))
        .exec();
    },
    remove: async (id) => void (await redis.zrem(key, id)),
    async since(id) {
      const score = await redis.zscore(key, id);
      return score === null ? undefined : Number(score);
    },
    olderThan: (time, skip = 0) => redis.zrangebyscore(key, '-inf', time, 'LIMIT', skip, BATCH),
  };
}
