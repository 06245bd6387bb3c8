/**
 * How many requests nobody in particular may make from one address: those without a credential that is good. Counted by each process
 * for itself, so that such requests cost Redis nothing; a bucket that fills up evenly (GCRA).
 */
import { LRUCache } from 'lru-cache';

export interface AnonymousLimits {
  /**
   * Counts one request.
   * @param range address, or network of addresses that count as one
   * @returns 0, or in how many seconds there may be the next one
   */
  take(range: string): number;
}

const WINDOW_MS = 60_000;
/** Addresses that are remembered, some 200 bytes each. The ones that have been quiet for longest are forgotten first. */
const MAX_RANGES = 50_000;

export function createAnonymousLimits(perMinute: number, now: () => number = Date.now): AnonymousLimits {
  const everyMs = WINDOW_MS / perMinute;
  /** By range: when its bucket is full again. */
  const fullAt = new LRUCache<string, number>({ max: MAX_RANGES });
  return {
    take(range) {
      const at = now();
      const next = Math.max(fullAt.get(range) ?? at, at) + everyMs;
      const waitMs = next - at - WINDOW_MS;
      if (waitMs > 0) return Math.ceil(waitMs / 1000);
      fullAt.set(range, next);
      return 0;
    },
  };
}
