import { errors, jwtVerify, type CryptoKey } from 'jose';
import { ApiError } from './api-error.ts';
import type { Caller } from './endpoint.ts';

interface KnownToken {
  caller: Caller;
  /** Milliseconds since 1970. */
  expiresAt: number;
}

/** Size of the cache of verified tokens. */
const KNOWN_TOKENS_MAX = 1_000;

/**
 * Verifies Management API tokens. A signature is verified once per token, not once per call.
 * Statuses and texts are from public reports about Auth0 (node-auth0#118, auth0-android-sample#70, auth0.net#123); the
 * specification has statuses only.
 */
export class AccessTokens {
  readonly #issuer: string;
  readonly #keyFor: (kid: string | undefined) => CryptoKey | undefined;
  readonly #now: () => number;
  readonly #known = new Map<string, KnownToken>();

  constructor(issuer: string, keyFor: (kid: string | undefined) => CryptoKey | undefined, now: () => number) {
    this.#issuer = issuer;
    this.#keyFor = keyFor;
    this.#now = now;
  }

  async caller(authorization: string | undefined): Promise<Caller> {
    if (authorization === undefined || authorization === '')
      throw new ApiError(401, 'Missing authentication');
    const known = this.#known.get(authorization);
    if (known && known.expiresAt > this.#now()) return known.caller;
    const token = /^Bearer ([\w-]+\.[\w-]+\.[\w-]+)$/i.exec(authorization)?.[1];
    if (token === undefined) throw new ApiError(400, 'Bad HTTP authentication header format', 'Bearer');
    const verified = await this.#verify(token);
    if (this.#known.size >= KNOWN_TOKENS_MAX) this.#known.clear();
    this.#known.set(authorization, verified);
    return verified.caller;
  }

  async #verify(token: string): Promise<KnownToken> {
    try {
      const { payload } = await jwtVerify(token, ({ kid }) => this.#key(kid), {
        issuer: this.#issuer,
        audience: managementAudience(this.#issuer),
        algorithms: ['RS256'],
        requiredClaims: ['exp', 'sub'],
        currentDate: new Date(this.#now()),
      });
      const clientId = payload['azp'] ?? payload['client_id'];
      return {
        caller: {
          clientId: typeof clientId === 'string' ? clientId : '',
          subject: payload.sub ?? '',
          scopes: new Set(typeof payload['scope'] === 'string' ? payload['scope'].split(' ') : []),
        },
        expiresAt: (payload.exp ?? 0) * 1000,
      };
    } catch (error) {
      throw refusal(error);
    }
  }

  #key(kid: string | undefined): CryptoKey {
    const key = this.#keyFor(kid);
    if (key === undefined) throw new errors.JWSSignatureVerificationFailed();
    return key;
  }
}

export function managementAudience(issuer: string): string {
  return `${issuer}api/v2/`;
}

function refusal(error: unknown): ApiError {
  if (error instanceof errors.JWTExpired)
    return new ApiError(401, 'Expired token received for JSON Web Token validation', 'invalid_token');
  if (error instanceof errors.JWSSignatureVerificationFailed)
    return new ApiError(401, 'Invalid signature received for JSON Web Token validation', 'invalid_token');
  if (error instanceof errors.JWTClaimValidationFailed && error.claim === 'aud')
    return new ApiError(401, 'Bad audience', 'invalid_token');
  return new ApiError(401, 'Invalid token', 'invalid_token');
}
