/** The authority's signing keys (RFC 7517), fetched, cached and refreshed by `jose`. */
import { createRemoteJWKSet } from 'jose';
import type { JWTVerifyGetKey } from 'jose';

/** A key that the set does not hold makes it fetch again, but not more often than this. */
const COOLDOWN_MS = 30_000;
/** Without a look at the key set that went well, its keys are not taken as good for longer. */
const CACHE_MS = 600_000;
const TIMEOUT_MS = 5_000;

export interface Issuer {
  /** Exactly as in tokens. */
  issuer: string;
  keys: JWTVerifyGetKey;
  /** Whether the authority still shows this key. Looked up again every minute, so that a withdrawn key is soon no use. */
  hasKey(kid: string): boolean;
  /** Whether the keys can be had. */
  reachable(): Promise<boolean>;
  close(): void;
}

export function createIssuer(authorityUrl: string, refreshMs: number): Issuer {
  const set = createRemoteJWKSet(new URL('.well-known/jwks.json', authorityUrl), {
    cooldownDuration: COOLDOWN_MS,
    cacheMaxAge: CACHE_MS,
    timeoutDuration: TIMEOUT_MS,
  });
  let shown = new Set<string | undefined>();
  // `jwks()` copies the whole set: not for each request.
  const look = () => (shown = new Set(set.jwks()?.keys.map(({ kid }) => kid)));
  const timer = setInterval(() => {
    // An authority that is away withdraws nothing.
    if (shown.size > 0) set.reload().then(look, () => undefined);
  }, refreshMs).unref();
  return {
    issuer: authorityUrl,
    hasKey: (kid) => shown.has(kid),
    close: () => clearInterval(timer),
    keys: async (header, token) => {
      const key = await set(header, token);
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
