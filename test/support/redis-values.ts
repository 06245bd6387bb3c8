/** Everything that lies in a Redis: each key with all that it holds, as text, whatever kind it is of. */
import type { Redis } from 'ioredis';

export async function* redisValues(redis: Redis): AsyncGenerator<[key: string, text: string]> {
  let cursor = '0';
  do {
    const [next, found] = await redis.scan(cursor, 'COUNT', '1000');
    for (const key of found) yield [key, await textOf(redis, key)];
    cursor = next;
  } while (cursor !== '0');
}

async function textOf(redis: Redis, key: string): Promise<string> {
  const type = await redis.type(key);
  const read: Record<string, () => Promise<unknown>> = {
    string: () => redis.getBuffer(key).then((bytes) => bytes?.toString('latin1')),
    hash: async () => {
      const fields = await redis.hgetallBuffer(key);
      return Object.entries(fields).map(([name, bytes]) => `${name} ${bytes.toString('latin1')}`);
    },
    list: () => redis.lrange(key, '0', '-1'),
    set: () => redis.smembers(key),
    zset: () => redis.zrange(key, '0', '-1'),
    stream: () => redis.xrange(key, '-', '+'),
  };
  return JSON.stringify((await read[type]?.()) ?? '');
}
