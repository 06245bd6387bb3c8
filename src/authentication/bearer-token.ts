/**
 * Access tokens of the authority (RFC 9068, and Auth0's own dialect: `azp` for the client, `typ: JWT`), checked as
 * RFC 8725 asks: algorithms allow-listed, key from the issuer's set only, `iss`, `aud`, `exp`, `nbf`, `iat` and `typ` compared.
 */
import { errors, jwtVerify } from 'jose';
import { LRUCache } from 'lru-cache';
import { KeySetUnavailable, type Issuer } from '../auth0/issuer.ts';
import { Problem } from '../problem.ts';
import { joseReason } from './jose-reason.ts';
import { notValidYet, readClaims, type TokenClaims } from './token-claims.ts';
import { checkTokenHeader } from './token-header.ts';

export interface BearerTokens {
  /**
   * Whether a token that is bound to a key (`boundTo`) comes with a proof is for the caller to check.
   * @throws Problem `invalid_token`, or `authority_unavailable` when its keys cannot be had
   */
  verify(token: string): Promise<TokenClaims>;
}

const ALGORITHMS = ['RS256', 'PS256', 'ES256', 'EdDSA'];
const MAX_CACHED = 10_000;
/** Characters of all the tokens that are remembered. */
const MAX_CACHED_LENGTH = 16_777_216;
/** Whatever else is known of it, a token is looked at anew after so long. */
const MAX_CACHED_MS = 600_000;
const MAX_LENGTH = 8_192;

export function createBearerTokens(
  issuer: Issuer,
  audience: string,
  clockToleranceSeconds: number,
): BearerTokens {
  /**
   * Stands behind the look-up of client and tenant, never in front of it: a revoked client's token is still refused. By the whole
   * token: to hash it would cost more than all the rest of a look-up, and what it opens ends with it.
   */
  const verified = new LRUCache<string, { claims: TokenClaims; kid: string | undefined }>({
    max: MAX_CACHED,
    maxSize: MAX_CACHED_LENGTH,
    sizeCalculation: (_entry, token) => token.length,
  });

  async function verifyAnew(token: string): Promise<{ claims: TokenClaims; kid: string | undefined }> {
    if (token.length > MAX_LENGTH) throw refused('too long');
    try {
      // Before the keys are asked for: what is no access token by its header never has them fetched.
      const dialect = checkTokenHeader(token, ALGORITHMS);
      const { payload, protectedHeader } = await jwtVerify(token, issuer.keys, {
        issuer: issuer.issuer,
        audience,
        algorithms: ALGORITHMS,
        clockTolerance: clockToleranceSeconds,
      });
      return {
        claims: readClaims(payload, dialect, { audience, clockToleranceSeconds }),
        kid: protectedHeader.kid,
      };
    } catch (error) {
      if (error instanceof Problem) throw error;
      if (error instanceof KeySetUnavailable)
        throw new Problem('authority_unavailable', { headers: { 'Retry-After': '5' }, cause: error });
      if (error instanceof errors.JWTExpired) throw refused('expired', error);
      if (error instanceof errors.JWTClaimValidationFailed && isAboutBegin(error)) throw notValidYet(error);
      throw refused('not valid here', error);
    }
  }

  /** A token without `kid` is only good while there is one key, which `jose` sees to. */
  const isStillShown = (kid: string | undefined) => kid !== undefined && issuer.hasKey(kid);

  return {
    async verify(token) {
      const known = verified.get(token);
      if (known && known.claims.expiresAt > Date.now() && isStillShown(known.kid)) return known.claims;
      const entry = await verifyAnew(token);
      verified.set(token, entry, {
        ttl: Math.max(1, Math.min(MAX_CACHED_MS, entry.claims.expiresAt - Date.now())),
      });
      return entry.claims;
    },
  };
}

/** `nbf` is a time, and has not come. */
function isAboutBegin({ claim, reason }: errors.JWTClaimValidationFailed): boolean {
  return claim === 'nbf' && reason === 'check_failed';
}

function refused(detail: string, cause?: unknown): Problem {
  return new Problem('invalid_token', {
    detail: `The token is ${detail}.`,
    internal: cause === undefined ? undefined : joseReason(cause),
    cause,
  });
}
