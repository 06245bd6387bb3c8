/** The authority's signing keys (RFC 7517), fetched, cached and refreshed by `jose`. */
import { createRemoteJWKSet } from 'jose';
import type { JWTVerifyGetKey } from 'jose';

/** A key that the set does not hold makes it fetch again, but not more often than this. */
const COOLDOWN_MS = 30_000;
/** A key that the authority withdrew is not accepted longer than this. */
const CACHE_MS = 600_000;
const TIMEOUT_MS = 5_000;

export interface Issuer {
  /** Exactly as in tokens. */
  issuer: string;
  keys: JWTVerifyGetKey;
  /** Whether the keys can be had. */
  reachable(): Promise<boolean>;
}

export function createIssuer(authorityUrl: string): Issuer {
  const set = createRemoteJWKSet(new URL('.well-known/jwks.json', authorityUrl), {
    cooldownDuration: COOLDOWN_MS,
    cacheMaxAge: CACHE_MS,
    timeoutDuration: TIMEOUT_MS,
  });
  return {
    issuer: authorityUrl,
    keys: set,
    reachable: async () => {
      if (set.fresh) return true;
      return set.reload().then(
        () => true,
        () => false,
      );
    },
  };
}
