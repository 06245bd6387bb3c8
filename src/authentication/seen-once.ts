import type { Redis } from 'ioredis';
import { keys } from '../redis/keys.ts';
import { isFirstUse } from '../redis/leases.ts';

/**
 * @returns a function that is true on the first use of a DPoP proof (by its name) within the TTL, across all processes
 */
export function createSeenOnce(redis: Redis): (name: string, forMs: number) => Promise<boolean> {
  return (name, forMs) => isFirstUse(redis, keys.dpopProof(name), forMs);
}
