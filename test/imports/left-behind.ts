/** What uploads that became no import have left in Redis. */
import { Redis } from 'ioredis';
import { world } from '../support/world.ts';

/** A connection of a test's own, to look into what is stored. */
export async function openRedis(): Promise<Redis> {
  return new Redis((await world()).redis);
}

/** Names of all keys that belong to a user import of which there is no state. */
export async function keysOfUploads(): Promise<string[]> {
  const redis = await openRedis();
  try {
    const names = await keysLike(redis, 'trivium:{import:*');
    const made = new Set(names.filter((name) => name.endsWith('}:state')).map(tagOf));
    const stray = names.filter((name) => !made.has(tagOf(name)));
    // Nor may a set name an import that there is not.
    const sets = ['trivium:imports:open', ...(await keysLike(redis, 'trivium:{imports-of:*'))];
    for (const set of sets) {
      for (const id of await membersOf(redis, set))
        if (!made.has(`{import:${id}}`)) stray.push(`${set} ${id}`);
    }
    return stray;
  } finally {
    redis.disconnect();
  }
}

const tagOf = (name: string) => /\{[^}]+\}/.exec(name)![0];

async function membersOf(redis: Redis, set: string): Promise<string[]> {
  return (await redis.type(set)) === 'set' ? redis.smembers(set) : redis.zrange(set, 0, '-1');
}

async function keysLike(redis: Redis, pattern: string): Promise<string[]> {
  const found: string[] = [];
  for await (const names of redis.scanStream({ match: pattern, count: 1_000 }))
    found.push(...(names as string[]));
  return found;
}
