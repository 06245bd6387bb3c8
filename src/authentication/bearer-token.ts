/**
 * Verifies access tokens of the authority (RFC 9068, and Auth0's own profile: `azp` for the client, `typ: JWT`) as RFC
 * 8725 requires: algorithms allow-listed, keys from the issuer's key set only; `iss`, `aud`, `exp`, `nbf`, `iat` and
 * `typ` checked.
 */
import { errors, jwtVerify } from 'jose';
import { LRUCache } from 'lru-cache';
import { isExactBase64url } from '../base64url.ts';
import { KeySetUnavailable, type Issuer } from '../auth0/issuer.ts';
import { Problem } from '../problem.ts';
import { joseReason } from './jose-reason.ts';
import { notValidYet, readClaims, type TokenClaims } from './token-claims.ts';
import { checkTokenHeader } from './token-header.ts';

export interface BearerTokens {
  /**
   * Returns a promise only for a token that is not known yet. For a sender-constrained token (`boundTo`), the caller must check the DPoP proof.
   * @throws Problem `invalid_token`, or `authority_unavailable` when its keys cannot be fetched
   */
  verify(token: string): TokenClaims | Promise<TokenClaims>;
  /** @returns what `verify` would without a promise */
  find(token: string): TokenClaims | undefined;
}

const ALGORITHMS = ['RS256', 'PS256', 'ES256', 'EdDSA'];
/** As many as 5,000 tenants with four keys each have, and more. */
const MAX_CACHED = 32_768;
/** Total length of all cached tokens, in characters. */
const MAX_CACHED_LENGTH = 33_554_432;
/** A cached token is verified again after this time. */
const MAX_CACHED_MS = 600_000;
const MAX_LENGTH = 8_192;
const JWS_PARTS = 3;
/** Of a signature, in characters: hashing whole tokens for a lookup cost as much as all other authentication. */
const TAIL_LENGTH = 43;

interface Verified {
  token: string;
  claims: TokenClaims;
  kid: string | undefined;
}

export function createBearerTokens(
  issuer: Issuer,
  audience: string,
  clockToleranceSeconds: number,
): BearerTokens {
  /**
   * Caches only the verification; client and tenant are looked up for every request, so a revoked client's token is
   * refused. Keyed by the end of the token, which anybody can copy, so the whole token is compared. An entry expires with
   * its token.
   */
  const verified = new LRUCache<string, Verified>({
    max: MAX_CACHED,
    maxSize: MAX_CACHED_LENGTH,
    sizeCalculation: ({ token }) => token.length,
    // By default the cache sets a timer in each millisecond in which it is read.
    ttlResolution: 1_000,
  });

  async function verifyAnew(token: string): Promise<Verified> {
    if (token.length > MAX_LENGTH) throw refused('too long');
    // One token, written in many ways, would fill the cache.
    if (!token.split('.', JWS_PARTS + 1).every(isExactBase64url)) throw refused('not valid here');
    try {
      // Before key lookup: a token whose header is not an access token's never triggers a key fetch.
      const dialect = checkTokenHeader(token, ALGORITHMS);
      const { payload, protectedHeader } = await jwtVerify(token, issuer.keys, {
        issuer: issuer.issuer,
        audience,
        algorithms: ALGORITHMS,
        clockTolerance: clockToleranceSeconds,
      });
      return {
        token,
        claims: readClaims(payload, dialect, { audience, clockToleranceSeconds }),
        kid: protectedHeader.kid,
      };
    } catch (error) {
      if (error instanceof Problem) throw error;
      if (error instanceof KeySetUnavailable)
        throw new Problem('authority_unavailable', { headers: { 'Retry-After': '5' }, cause: error });
      if (error instanceof errors.JWTExpired) throw refused('expired', error);
      if (error instanceof errors.JWTClaimValidationFailed && isNotBefore(error)) throw notValidYet(error);
      throw refused('not valid here', error);
    }
  }

  /** Without `kid`, a token is valid only while the set has exactly one key; `jose` enforces that. */
  const isStillShown = (kid: string | undefined) => kid !== undefined && issuer.hasKey(kid);

  async function verifyAndKeep(token: string): Promise<TokenClaims> {
    const entry = await verifyAnew(token);
    verified.set(token.slice(-TAIL_LENGTH), entry, {
      ttl: Math.max(1, Math.min(MAX_CACHED_MS, entry.claims.expiresAt - Date.now())),
    });
    return entry.claims;
  }

  function find(token: string): TokenClaims | undefined {
    const known = verified.get(token.slice(-TAIL_LENGTH));
    if (known?.token !== token) return undefined;
    return known.claims.expiresAt > Date.now() && isStillShown(known.kid) ? known.claims : undefined;
  }

  return {
    verify: (token) => find(token) ?? verifyAndKeep(token),
    find,
  };
}

/** `nbf` is a number and in the future. */
function isNotBefore({ claim, reason }: errors.JWTClaimValidationFailed): boolean {
  return claim === 'nbf' && reason === 'check_failed';
}

function refused(detail: string, cause?: unknown): Problem {
  return new Problem('invalid_token', {
    detail: `The token is ${detail}.`,
    internal: cause === undefined ? undefined : joseReason(cause),
    cause,
  });
}
