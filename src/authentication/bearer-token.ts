/**
 * Access tokens of the authority (RFC 9068, and Auth0's own dialect: `azp` for the client, `typ: JWT`), checked as
 * RFC 8725 asks: algorithms allow-listed, key from the issuer's set only, `iss`, `aud`, `exp`, `nbf` and `typ` compared.
 */
import { errors, jwtVerify } from 'jose';
import type { JWTPayload } from 'jose';
import { LRUCache } from 'lru-cache';
import type { Issuer } from '../auth0/issuer.ts';
import { Problem } from '../problem.ts';

/** What a token says, with names that are ours. */
export interface TokenClaims {
  subject: string;
  clientId: string;
  tenantId: string | undefined;
  roles: string[];
  scopes: string[];
  /** Seconds since 1970, by the authority's clock. */
  issuedAt: number;
  /** Milliseconds since 1970. */
  expiresAt: number;
}

export interface BearerTokens {
  /** @throws Problem `invalid_token`, or `authority_unavailable` when its keys cannot be had */
  verify(token: string): Promise<TokenClaims>;
}

const ALGORITHMS = ['RS256', 'PS256', 'ES256', 'EdDSA'];
/** An ID token of Auth0 is `JWT` too; it fails on `aud`, which names the client and not this API. */
const TYPES = new Set(['jwt', 'at+jwt', 'application/at+jwt']);
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
      const { payload, protectedHeader } = await jwtVerify(token, issuer.keys, {
        issuer: issuer.issuer,
        audience,
        algorithms: ALGORITHMS,
        clockTolerance: clockToleranceSeconds,
        requiredClaims: ['sub', 'exp', 'iat'],
      });
      if (!TYPES.has(String(protectedHeader.typ ?? '').toLowerCase()))
        throw refused('its typ is not an access token');
      return { claims: readClaims(payload, audience), kid: protectedHeader.kid };
    } catch (error) {
      if (error instanceof Problem) throw error;
      if (error instanceof errors.JWTExpired) throw refused('expired', error);
      if (isAboutKeys(error))
        throw new Problem('authority_unavailable', { headers: { 'Retry-After': '5' }, cause: error });
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

/** The key set could not be fetched: that says nothing about the token (invariant 8). */
function isAboutKeys(error: unknown): boolean {
  if (error instanceof errors.JWKSTimeout || error instanceof TypeError) return true;
  return error instanceof errors.JOSEError && error.code === 'ERR_JOSE_GENERIC';
}

function refused(detail: string, cause?: unknown): Problem {
  return new Problem('invalid_token', { detail: `The token is ${detail}.`, cause });
}

function readClaims(payload: JWTPayload, audience: string): TokenClaims {
  const clientId = payload['azp'] ?? payload['client_id'];
  if (typeof clientId !== 'string') throw refused('without a client');
  const tenantId = payload[`${audience}/tenant_id`];
  const roles = payload[`${audience}/roles`];
  return {
    subject: payload.sub!,
    clientId,
    tenantId: typeof tenantId === 'string' ? tenantId : undefined,
    roles: Array.isArray(roles) ? roles.filter((role) => typeof role === 'string') : [],
    scopes: typeof payload['scope'] === 'string' ? payload['scope'].split(' ').filter(Boolean) : [],
    issuedAt: payload.iat!,
    expiresAt: payload.exp! * 1000,
  };
}
