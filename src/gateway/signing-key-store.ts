/** The signing keys of principal tokens in Redis, shared by all API processes: ordinal → encrypted key. */
import type { Redis } from 'ioredis';
import { sendAll } from '../redis/connections.ts';
import { keys } from '../redis/keys.ts';

export interface StoredSigningKey {
  /** In the order in which they were made, from 1. */
  ordinal: number;
  sealed: string;
}

/** Oldest first. */
export async function readSigningKeys(redis: Redis): Promise<StoredSigningKey[]> {
  const fields = await redis.hgetall(keys.signingKeys);
  return Object.entries(fields)
    .map(([ordinal, sealed]) => ({ ordinal: Number(ordinal), sealed }))
    .sort((a, b) => a.ordinal - b.ordinal);
}

/**
 * Adds a key unless there is one with its ordinal: of processes that rotate at the same time, the first one wins, and
 * no lock can be left behind.
 * @param keepMs all keys expire when none was added for this long
 */
export async function addSigningKey(
  redis: Redis,
  { ordinal, sealed }: StoredSigningKey,
  keepMs: number,
): Promise<void> {
  await sendAll(
    redis.multi().hsetnx(keys.signingKeys, String(ordinal), sealed).pexpire(keys.signingKeys, keepMs),
  );
}

export async function removeSigningKeys(redis: Redis, ordinals: readonly number[]): Promise<void> {
  if (ordinals.length > 0) await redis.hdel(keys.signingKeys, ...ordinals.map(String));
}
