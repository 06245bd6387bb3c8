/**
 * Rate limit for anonymous requests per address: those without a valid credential. Counted per process, so that such
 * requests cost Redis nothing; a continuously refilling bucket (GCRA).
 */
import { LRUCache } from 'lru-cache';

export interface AnonymousLimits {
  /**
   * Counts one request.
   * @param range address, or network of addresses that count as one
   * @returns 0, or seconds until the next request is admitted
   */
  take(range: string): number;
}

const WINDOW_MS = 60_000;
/** Remembered addresses, about 200 bytes each; the least recently used are evicted. */
const MAX_RANGES = 50_000;

export function createAnonymousLimits(perMinute: number, now: () => number = Date.now): AnonymousLimits {
  const everyMs = WINDOW_MS / perMinute;
  /** Range → when its bucket is full again. */
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
