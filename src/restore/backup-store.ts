/** Reads keys out of Redis for a backup, and loads them. Works without access to files, and without the right to replicate. */
import type { Redis } from 'ioredis';
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

const SCAN_COUNT = 1_000;

/** Every key once, though a key that is created meanwhile may be missing. */
export async function scanKeys(redis: Redis, match: string): Promise<string[]> {
  const found = new Set<string>();
  let cursor = '0';
  do {
    const [next, names] = await redis.scan(cursor, 'MATCH', match, 'COUNT', SCAN_COUNT);
    for (const name of names) found.add(name);
    cursor = next;
  } while (cursor !== '0');
  return [...found];
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
  return (await redis.dbsize()) <= (await redis.exists(keys.restored));
}

/** Replaces keys of an attempt that was interrupted. Skips those that have expired. @returns how many were loaded */
export async function loadKeys(redis: Redis, saved: readonly SavedKey[]): Promise<number> {
  const current = saved.filter(({ expiresAt }) => expiresAt === 0 || expiresAt > redisNow());
  const writes = redis.pipeline();
  for (const { key, expiresAt, value } of current) writes.restore(key, expiresAt, value, 'REPLACE', 'ABSTTL');
  for (const [error] of (await writes.exec()) ?? []) if (error) throw error;
  return current.length;
}
