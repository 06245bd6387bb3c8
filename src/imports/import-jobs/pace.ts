/** How quickly the authority's import jobs work, as the last ones did: it says when to look, and which channel is the quicker one. */
import type { Redis } from 'ioredis';
import { keys } from '../../redis/keys.ts';

/** The last job counts so much. */
const WEIGHT = 0.3;
const KEPT_SECONDS = 7 * 86_400;

/** @returns rows a second of one job; undefined while there was none lately */
export async function readPace(redis: Redis): Promise<number | undefined> {
  const pace = Number(await redis.get(keys.importJobsPace));
  return pace > 0 ? pace : undefined;
}

/** Two at once may forget one of them: the next makes up for it. */
export async function learnPace(redis: Redis, rows: number, ms: number): Promise<void> {
  const measured = (rows * 1000) / Math.max(1, ms);
  const known = await readPace(redis);
  const pace = known === undefined ? measured : known + (measured - known) * WEIGHT;
  await redis.set(keys.importJobsPace, pace.toFixed(3), 'EX', KEPT_SECONDS);
}
