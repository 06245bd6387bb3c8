/**
 * The client-credentials grant (RFC 6749 section 4.4), by plain `fetch`: the SDK hides status and headers, without
 * which a rejected credential cannot be distinguished from a failing authority (invariant 8).
 */
import { isRecord } from '../json.ts';
import { readRateLimit } from './rate-limit-fields.ts';
import { readRefusal, type AuthorityRefusal } from './refusal.ts';

export type Exchange =
  | { kind: 'accepted'; token: string; expiresInSeconds: number }
  /** `reason`: the authority's error code, or what is wrong with the token that it issued. */
  | { kind: 'rejected'; reason?: string; refusal?: AuthorityRefusal }
  /** `isNamed`: the authority itself sent `Retry-After`. */
  | { kind: 'unavailable'; retryAfterSeconds: number; isNamed: boolean; reason: string };

/** Error codes that reject the credential itself; all others say nothing about it. */
const REFUSALS = new Set(['access_denied', 'invalid_client', 'unauthorized_client', 'invalid_grant']);
const DEFAULT_RETRY_SECONDS = 5;

/** A secret, or a signed assertion in its place (RFC 7523 section 2.2). */
export type ClientProof = string | { assertion: string };

export interface TokenEndpoint {
  exchange(clientId: string, proof: ClientProof, audience: string): Promise<Exchange>;
}

const ASSERTION_TYPE = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';

const fieldsOf = (proof: ClientProof): Record<string, string> =>
  typeof proof === 'string'
    ? { client_secret: proof }
    : { client_assertion: proof.assertion, client_assertion_type: ASSERTION_TYPE };

export function createTokenEndpoint(authorityUrl: string, timeoutMs = 5_000): TokenEndpoint {
  const endpoint = new URL('oauth/token', authorityUrl);
  return {
    async exchange(clientId, proof, audience) {
      let response: Response;
      let body: Record<string, unknown>;
      try {
        response = await fetch(endpoint, {
          method: 'POST',
          headers: { 'content-type': 'application/json', accept: 'application/json' },
          body: JSON.stringify({
            grant_type: 'client_credentials',
            client_id: clientId,
            ...fieldsOf(proof),
            audience,
          }),
          redirect: 'error',
          signal: AbortSignal.timeout(timeoutMs),
        });
        const answer: unknown = await response.json();
        body = isRecord(answer) ? answer : {};
      } catch (error) {
        const reason = error instanceof Error ? error.name : 'unreachable';
        return { kind: 'unavailable', retryAfterSeconds: DEFAULT_RETRY_SECONDS, isNamed: false, reason };
      }
      const token = body['access_token'];
      if (response.ok && typeof token === 'string') {
        return { kind: 'accepted', token, expiresInSeconds: Number(body['expires_in']) || 0 };
      }
      if ([400, 401, 403].includes(response.status) && REFUSALS.has(String(body['error']))) {
        const refusal = readRefusal(response.status, body, 'POST /oauth/token');
        return { kind: 'rejected', reason: String(body['error']), refusal };
      }
      const { waitMs = 0 } = readRateLimit(response.headers);
      return {
        kind: 'unavailable',
        retryAfterSeconds: waitMs > 0 ? Math.ceil(waitMs / 1000) : DEFAULT_RETRY_SECONDS,
        isNamed: waitMs > 0,
        reason: `status ${response.status}`,
      };
    },
  };
}
