/** Whether anybody may belong to several tenants: without organizations nobody does, and nobody needs to be looked up. */
import type { Redis } from 'ioredis';
import { redisNow } from '../../src/redis/clock.ts';
import { hasOrganizations } from '../../src/registry/tenants.ts';

/** How long an answer of the registry counts. */
const KNOWN_MS = 5_000;

/**
 * The setting alone is not enough: tenants that are organizations stay so when they are offered no longer.
 * @param areOffered `TENANT_ORGANIZATIONS` offers them, so that there may be one at any time
 */
export function organizationsExist(redis: Redis, areOffered: boolean): () => Promise<boolean> {
  if (areOffered) return () => Promise.resolve(true);
  let exist = false;
  let knownMs = -Infinity;
  return async () => {
    const now = redisNow();
    if (now - knownMs > KNOWN_MS) {
      exist = await hasOrganizations(redis);
      knownMs = now;
    }
    return exist;
  };
}
