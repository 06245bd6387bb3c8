/** The authority's signing keys (RFC 7517), fetched, cached and refreshed by `jose`. */
import { createRemoteJWKSet, customFetch, errors, type JWTVerifyGetKey } from 'jose';
import type { AuthorityClock } from './authority-clock.ts';

/** Without a look at the key set that went well, its keys are not taken as good for longer. */
const CACHE_MS = 600_000;
const TIMEOUT_MS = 5_000;
/** A key set that could not be had is not asked for again for so long, however many tokens come. */
const PAUSE_AFTER_FAILURE_MS = 1_000;

/** Says nothing about any token (invariant 8). */
export class KeySetUnavailable extends Error {
  override readonly name = 'KeySetUnavailable';
}

export interface Issuer {
  /** Exactly as in tokens. */
  issuer: string;
  /** @throws KeySetUnavailable; errors of jose's when the set holds no such key */
  keys: JWTVerifyGetKey;
  /** Whether the authority still shows this key. Looked up again every minute, so that a withdrawn key is soon no use. */
  hasKey(kid: string): boolean;
  /** Whether the keys can be had. */
  reachable(): Promise<boolean>;
  close(): void;
}

export interface KeySetSettings {
  /** How often the set is fetched again. */
  refreshMs: number;
  /** How often, at most, a token whose key the set does not hold has it fetched again. */
  cooldownMs: number;
  /** Reads the authority's clock off each answer. */
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
      const key = await set(header, token).catch((error: unknown) => {
        if (isAboutToken(error)) throw error;
        throw new KeySetUnavailable('the key set cannot be had', { cause: error });
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

/** The set is there, and has no key for this token. */
function isAboutToken(error: unknown): boolean {
  return (
    error instanceof errors.JWKSNoMatchingKey ||
    error instanceof errors.JWKSMultipleMatchingKeys ||
    error instanceof errors.JOSENotSupported
  );
}

/** `jose` waits between two fetches that went well only; tokens that nobody knows would have a failing authority asked for each. */
function pausingFetch(clock: AuthorityClock | undefined) {
  let pausedUntil = 0;
  return async (url: string, init: RequestInit): Promise<Response> => {
    if (Date.now() < pausedUntil) throw new Error('the key set could not be had a moment ago');
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
