/** The authority's signing keys (RFC 7517), fetched, cached and refreshed by `jose`. */
import { createRemoteJWKSet, customFetch, errors, type JWTVerifyGetKey } from 'jose';
import type { AuthorityClock } from './authority-clock.ts';

/** Keys are trusted no longer than this after the last successful fetch of the key set. */
const CACHE_MS = 600_000;
const TIMEOUT_MS = 5_000;
/** After a failed fetch, the key set is not requested again for this long, however many tokens arrive. */
const PAUSE_AFTER_FAILURE_MS = 1_000;

/** Says nothing about any token (invariant 8). */
export class KeySetUnavailable extends Error {
  override readonly name = 'KeySetUnavailable';
}

export interface Issuer {
  /** Exactly as in tokens. */
  issuer: string;
  /** @throws KeySetUnavailable; errors of jose when the set has no such key */
  keys: JWTVerifyGetKey;
  /**
   * Whether the authority still publishes this key. Refreshed every minute, so that a withdrawn key soon becomes
   * useless.
   */
  hasKey(kid: string): boolean;
  /** Whether the keys can be fetched. */
  reachable(): Promise<boolean>;
  close(): void;
}

export interface KeySetSettings {
  /** Refresh interval of the key set. */
  refreshMs: number;
  /** Shortest interval between fetches caused by tokens with an unknown key. */
  cooldownMs: number;
  /** Measures the authority's clock by each answer. */
  clock?: AuthorityClock;
}

export function createIssuer(authorityUrl: string, { refreshMs, cooldownMs, clock }: KeySetSettings): Issuer {
  const set = createRemoteJWKSet(new URL('.well-known/jwks.json', authorityUrl), {
    cooldownDuration: cooldownMs,
    cacheMaxAge: CACHE_MS,
    timeoutDuration: TIMEOUT_MS,
    [customFetch]: pausingFetch(clock),
  });
  let shown = new Set<string | undefined>();
  // `jwks()` copies the whole set: too costly for each request.
  const look = () => (shown = new Set(set.jwks()?.keys.map(({ kid }) => kid)));
  const timer = setInterval(() => {
    // An unreachable authority withdraws nothing.
    if (shown.size > 0) set.reload().then(look, () => undefined);
  }, refreshMs).unref();
  return {
    issuer: authorityUrl,
    hasKey: (kid) => shown.has(kid),
    close: () => clearInterval(timer),
    keys: async (header, token) => {
      const key = await set(header, token).catch((error: unknown) => {
        if (isAboutToken(error)) throw error;
        throw new KeySetUnavailable('the key set cannot be fetched', { cause: error });
      });
      look();
      return key;
    },
    reachable: async () => {
      if (set.fresh) return true;
      return set.reload().then(
        () => true,
        () => false,
      );
    },
  };
}

/** The set was fetched, and has no key for this token. */
function isAboutToken(error: unknown): boolean {
  return (
    error instanceof errors.JWKSNoMatchingKey ||
    error instanceof errors.JWKSMultipleMatchingKeys ||
    error instanceof errors.JOSENotSupported
  );
}

/**
 * `jose` has a cooldown after successful fetches only; without this, each token with an unknown key would call a
 * failing authority.
 */
function pausingFetch(clock: AuthorityClock | undefined) {
  let pausedUntil = 0;
  return async (url: string, init: RequestInit): Promise<Response> => {
    if (Date.now() < pausedUntil) throw new Error('fetching the key set failed a moment ago');
    const sentAt = Date.now();
    const response = await fetch(url, init).catch((error: unknown) => {
      pausedUntil = Date.now() + PAUSE_AFTER_FAILURE_MS;
      throw error;
    });
    clock?.read(response, sentAt);
    if (!response.ok) pausedUntil = Date.now() + PAUSE_AFTER_FAILURE_MS;
    return response;
  };
}
