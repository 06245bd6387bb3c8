/**
 * Rate limit per host, across all webhooks of all tenants that point to it and across all workers. While calls are
 * scarce, tenants take turns.
 */
import type { Redis } from 'ioredis';
import { redisNow } from '../redis/clock.ts';
import { keys } from '../redis/keys.ts';
import { defineScript } from '../redis/scripts.ts';
import type { KeyedHash } from '../secrets/keyed-hash.ts';

export interface HostPace {
  /**
   * @param count calls wanted. @param cost of each. @returns calls granted, and when to ask for the rest, ms since 1970
   */
  take(
    url: string,
    tenantId: string,
    count: number,
    cost?: number,
  ): Promise<{ granted: number; againAt: number }>;
}

const takeHostSlot = defineScript({
  file: new URL('./take-host-slot.lua', import.meta.url),
  keys: ['pace', 'given', 'asking'],
  args: ['tenant', 'intervalMs', 'size', 'calls', 'patienceMs'],
});

/** Burst after a pause: the calls of one second. */
const BURST_SECONDS = 1;
/** A tenant that was refused and has not asked again for this many intervals loses its turn. */
const PATIENCE_INTERVALS = 3;
const MIN_PATIENCE_MS = 3_000;

export function createHostPace(redis: Redis, keyedHash: KeyedHash, perSecond: number): HostPace {
  const interval = 1000 / perSecond;
  const burst = Math.max(1, perSecond * BURST_SECONDS);
  const patience = Math.max(MIN_PATIENCE_MS, PATIENCE_INTERVALS * interval);
  return {
    async take(url, tenantId, count, cost = 1) {
      const host = keyedHash('webhook-host', hostOf(url));
      const asked = {
        pace: keys.webhookHostPace(host),
        given: keys.webhookHostGiven(host),
        asking: keys.webhookHostAsking(host),
        tenant: keyedHash('webhook-host', tenantId),
        intervalMs: interval,
        size: burst,
        // A cost above the burst would never be granted.
        calls: Math.min(cost, burst),
        patienceMs: Math.ceil(patience),
      };
      for (let granted = 0; granted < count; granted += 1) {
        const waitMs = Number(await takeHostSlot(redis, asked));
        if (waitMs > 0) return { granted, againAt: redisNow() + waitMs };
      }
      return { granted: count, againAt: 0 };
    },
  };
}

/** Without port, and normalized: the limit protects the machine. */
function hostOf(url: string): string {
  return new URL(url).hostname.replace(/\.$/, '');
}
