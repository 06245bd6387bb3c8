/** What was begun and has to be brought to its end, whatever happens to whoever began it. */
import type { Redis } from 'ioredis';
import { redisNow } from '../redis/clock.ts';
import { keys } from '../redis/keys.ts';

export interface PendingCleanups {
  add(id: string): Promise<void>;
  remove(id: string): Promise<void>;
  /** Those that were begun before this time, ms since 1970. */
  olderThan(time: number): Promise<string[]>;
}

/** Client ids of keys that are gone from the registry and are still to be deleted at the authority. */
export const clientsToDelete = (redis: Redis): PendingCleanups => pendingCleanups(redis, keys.leavingClients);

/** Ids of keys that are being made: a client at the authority may carry such an id and be nobody's. */
export const unfinishedKeys = (redis: Redis): PendingCleanups => pendingCleanups(redis, keys.unfinishedKeys);

/** `<relay job> <tenant>` of makings of tenants: something at the authority may carry such a job's id and be nobody's. */
export const unfinishedTenants = (redis: Redis): PendingCleanups =>
  pendingCleanups(redis, keys.unfinishedTenants);

/** Whether one of these has begun, and not ended, that may have left this client at the authority. */
export async function isUnderWay(
  redis: Redis,
  of: { clientId: string; registrationId: string; keyId: string; making: string },
): Promise<boolean> {
  const scores = await Promise.all([
    redis.zscore(keys.unfinishedRegistrations, of.registrationId),
    redis.zscore(keys.leavingClients, of.clientId),
    redis.zscore(keys.unfinishedKeys, of.keyId),
    redis.zscore(keys.unfinishedTenants, of.making),
  ]);
  return scores.some((score) => score !== null);
}

const AT_ONCE = 100;
/** The oldest go then: what they may have left at the authority is found when it is compared with the registry. */
const MAX_ENDS = 100_000;

function pendingCleanups(redis: Redis, key: string): PendingCleanups {
  return {
    async add(id) {
      await redis
        .multi()
        .zadd(key, redisNow(), id)
        .zremrangebyrank(key, 0, -(MAX_ENDS + 1))
        .exec();
    },
    remove: async (id) => void (await redis.zrem(key, id)),
    olderThan: (time) => redis.zrangebyscore(key, '-inf', time, 'LIMIT', 0, AT_ONCE),
  };
}
