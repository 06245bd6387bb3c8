/** Removes from a restored Redis what must not go on: queues, cached validations, clean-ups of before, credentials that cannot be checked. */
import type { Redis } from 'ioredis';
import { scanKeys } from '../redis/all-masters.ts';
import { keys, QUEUE_PREFIX } from '../redis/keys.ts';

const AT_ONCE = 500;

async function unlink(redis: Redis, names: readonly string[]): Promise<void> {
  for (let at = 0; at < names.length; at += AT_ONCE)
    await Promise.all(names.slice(at, at + AT_ONCE).map((name) => redis.unlink(name)));
}

/** A glob pattern matches the text literally. */
const literal = (text: string): string => text.replace(/[\\*?[\]]/g, '\\$&');

/** Queued work of before. The jobs themselves have ended already. */
export async function clearQueues(redis: Redis): Promise<void> {
  const ofQueues = await scanKeys(redis, `${literal(QUEUE_PREFIX)}:*`);
  await unlink(
    redis,
    // Queues that are open have written it.
    ofQueues.filter((name) => !name.endsWith(':meta')),
  );
  for (const part of ['fair:*', 'flight:*'])
    await unlink(redis, await scanKeys(redis, literal(keys.relayPrefix) + part));
  await unlink(redis, [
    keys.importJobLeases,
    keys.importJobsWaiting,
    keys.importJobsGiven,
    keys.importJobLimit,
  ]);
}

const underWay = [keys.unfinishedKeys, keys.unfinishedTenants, keys.unfinishedRegistrations];

/** Ids of creations that were under way. */
export async function listCreationsUnderWay(redis: Redis): Promise<string[]> {
  return (await Promise.all(underWay.map((list) => redis.zrange(list, 0, '-1')))).flat();
}

/** What they left may have been completed since, so it is not cleaned up any more. */
export const dropCreationsUnderWay = (redis: Redis): Promise<void> =>
  unlink(redis, [...underWay, keys.strayClients]);

/** Cached validations of API keys: the secret may have been rotated since. */
export async function dropKeyValidations(redis: Redis): Promise<void> {
  await unlink(redis, await scanKeys(redis, keys.verdict('*')));
}

const findInitialAccessTokens = (redis: Redis): Promise<string[]> =>
  scanKeys(redis, keys.initialAccessToken('*'));

export const countInitialAccessTokens = async (redis: Redis): Promise<number> =>
  (await findInitialAccessTokens(redis)).length;

/** Any of them may have been revoked since. */
export async function revokeInitialAccessTokens(redis: Redis): Promise<void> {
  const lists = await scanKeys(redis, keys.initialAccessTokensOf('*'));
  await unlink(redis, [...(await findInitialAccessTokens(redis)), ...lists]);
}

/** Ids of all relay jobs that have a record. */
export async function listRelayJobs(redis: Redis): Promise<string[]> {
  const names = await scanKeys(redis, literal(keys.relayPrefix) + 'job:*');
  return names.map((name) => name.slice(keys.relayJob('').length));
}
