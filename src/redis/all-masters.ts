/** Commands that a server answers for itself, asked of each master of a cluster. */
import { Cluster, type Redis } from 'ioredis';

const SCAN_COUNT = 1_000;

const mastersOf = (redis: Redis | Cluster): Redis[] =>
  redis instanceof Cluster ? redis.nodes('master') : [redis];

/** Every key once, though a key that is created meanwhile may be missing. @param match glob pattern */
export async function scanKeys(redis: Redis, match: string): Promise<string[]> {
  const found = new Set<string>();
  for (const master of mastersOf(redis)) {
    let cursor = '0';
    do {
      const [next, names] = await master.scan(cursor, 'MATCH', match, 'COUNT', SCAN_COUNT);
      for (const name of names) found.add(name);
      cursor = next;
    } while (cursor !== '0');
  }
  return [...found];
}

export async function countKeys(redis: Redis): Promise<number> {
  const counts = await Promise.all(mastersOf(redis).map((master) => master.dbsize()));
  return counts.reduce((sum, count) => sum + count, 0);
}
