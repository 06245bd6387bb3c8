/**
 * An API key is the client id and secret of a tenant's own client at the authority. It is checked by a client-credentials
 * exchange, remembered for a while: the authority meters those tokens, and an exchange costs a round trip.
 */
import { LRUCache } from 'lru-cache';
import type { TokenEndpoint } from '../auth0/token-endpoint.ts';
import { Problem } from '../problem.ts';
import { readApiKey } from './credential.ts';
import { processHash } from '../secrets/process-hash.ts';
import type { BearerTokens, TokenClaims } from './bearer-token.ts';

export interface ApiKeys {
  /**
   * @param encoded id and secret, in base64 (RFC 7617)
   * @throws Problem `invalid_authorization_header`; `invalid_api_key` when the authority said so; `authority_unavailable` when it could not be asked
   */
  verify(encoded: string): Promise<TokenClaims>;
}

interface ApiKeySettings {
  audience: string;
  cacheSeconds: number;
}

const MAX_CACHED = 10_000;
/** A refused pair is not asked about again for so long: a caller with a wrong key must not use up the account's limits. */
const REFUSED_MS = 10_000;

export function createApiKeys(
  endpoint: TokenEndpoint,
  tokens: BearerTokens,
  settings: ApiKeySettings,
): ApiKeys {
  const verified = new LRUCache<string, TokenClaims>({ max: MAX_CACHED });
  const refused = new LRUCache<string, true>({ max: MAX_CACHED, ttl: REFUSED_MS });
  const underWay = new Map<string, Promise<TokenClaims>>();

  async function exchange(key: string, clientId: string, clientSecret: string): Promise<TokenClaims> {
    const result = await endpoint.exchange(clientId, clientSecret, settings.audience);
    if (result.kind === 'rejected') {
      refused.set(key, true);
      throw new Problem('invalid_api_key');
    }
    if (result.kind === 'unavailable') {
      throw new Problem('authority_unavailable', {
        internal: `exchange: ${result.reason}`,
        headers: { 'Retry-After': String(result.retryAfterSeconds) },
      });
    }
    const claims = await tokens.verify(result.token);
    const ttl = Math.min(settings.cacheSeconds * 1000, claims.expiresAt - Date.now());
    if (ttl > 0) verified.set(key, claims, { ttl });
    return claims;
  }

  return {
    async verify(encoded) {
      const key = processHash(encoded);
      const known = verified.get(key);
      if (known) return known;
      if (refused.has(key)) throw new Problem('invalid_api_key');
      let flight = underWay.get(key);
      if (!flight) {
        const { clientId, clientSecret } = readApiKey(encoded);
        flight = exchange(key, clientId, clientSecret).finally(() => underWay.delete(key));
        underWay.set(key, flight);
      }
      return flight;
    },
  };
}
