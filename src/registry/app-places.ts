/** Lists of apps, newest first, a page at a time. */
import type { Redis } from 'ioredis';
import { toPairs } from '../redis/replies.ts';

/** Position of an app in the list of all apps; times in ms since 1970. */
export interface AppPlace {
  registeredAt: number;
  clientId: string;
}

/** @param list sorted set: client id of an app → since when it is in the list, ms since 1970. @param after the last one of the page before */
export async function listAppPlaces(
  redis: Redis,
  list: string,
  limit: number,
  after?: AppPlace,
): Promise<AppPlace[]> {
  const found = await (after ? listAfter(redis, list, limit, after) : listFrom(redis, list, limit, 0));
  return toPairs(found).map(([clientId, time]) => ({ clientId, registeredAt: Number(time) }));
}

async function listAfter(redis: Redis, list: string, limit: number, after: AppPlace): Promise<string[]> {
  const rank = await redis.zrevrank(list, after.clientId);
  if (rank !== null) return listFrom(redis, list, limit, rank + 1);
  // That app was removed meanwhile: continue from its time.
  return redis.zrevrangebyscore(list, `(${after.registeredAt}`, '-inf', 'WITHSCORES', 'LIMIT', 0, limit);
}

const listFrom = (redis: Redis, list: string, limit: number, rank: number): Promise<string[]> =>
  redis.zrevrange(list, rank, rank + limit - 1, 'WITHSCORES');
