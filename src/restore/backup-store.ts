/** Reads keys out of Redis for a backup, and loads them. Works without access to files, and without the right to replicate. */
import type { Redis } from 'ioredis';
import { countKeys, scanKeys } from '../redis/all-masters.ts';
import { redisNow } from '../redis/clock.ts';
import { keys } from '../redis/keys.ts';
import { batchesOf, isInBackup } from './backup-keys.ts';

/** A key as the file has it. */
export interface SavedKey {
  key: string;
  /** ms since 1970; 0: never. */
  expiresAt: number;
  /** As `DUMP` returns it. */
  value: Buffer;
}

export async function* dumpKeys(redis: Redis): AsyncGenerator<SavedKey> {
  const names = (await scanKeys(redis, 'trivium:*')).filter(isInBackup);
  for (const batch of batchesOf(names)) yield* await dumpBatch(redis, batch);
}

async function dumpBatch(redis: Redis, names: readonly string[]): Promise<SavedKey[]> {
  const reads = redis.multi();
  for (const name of names) reads.pttl(name).dumpBuffer(name);
  const now = redisNow();
  const replies = (await reads.exec()) ?? [];
  return names.flatMap((key, index) => {
    const [[fault, ttl], [otherFault, value]] = [replies[2 * index]!, replies[2 * index + 1]!];
    const error = fault ?? otherFault;
    if (error) throw error;
    // It has expired or was deleted since it was found.
    if (!Buffer.isBuffer(value)) return [];
    return [{ key, expiresAt: Number(ttl) < 0 ? 0 : now + Number(ttl), value }];
  });
}

/** Whether there is anything but the note of a restore. */
export async function isEmpty(redis: Redis): Promise<boolean> {
  return (await countKeys(redis)) <= (await redis.exists(keys.restored));
}

/** Replaces keys of an attempt that was interrupted. Skips those that have expired. @returns how many were loaded */
export async function loadKeys(redis: Redis, saved: readonly SavedKey[]): Promise<number> {
  const current = saved.filter(({ expiresAt }) => expiresAt === 0 || expiresAt > redisNow());
  const load = ({ key, expiresAt, value }: SavedKey) =>
    redis.restore(key, expiresAt, value, 'REPLACE', 'ABSTTL');
  await Promise.all(current.map(load));
  return current.length;
}
