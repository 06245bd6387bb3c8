/** The workers' own token for the Management API. */
import { ManagementFailure } from './errors.ts';
import type { TokenEndpoint } from './token-endpoint.ts';

interface Parts {
  authorityUrl: string;
  clientId: string;
  clientSecret: string;
  tokens: TokenEndpoint;
}

/** A token is replaced so long before it ends. */
const TOKEN_MARGIN_MS = 60_000;

/** One token for all clients of a process. */
export function createManagementToken(parts: Parts) {
  let current: { token: string; until: number } | undefined;
  let underWay: Promise<string> | undefined;
  async function fetchToken(): Promise<string> {
    const audience = new URL('api/v2/', parts.authorityUrl).href;
    const result = await parts.tokens.exchange(parts.clientId, parts.clientSecret, audience);
    if (result.kind === 'rejected') throw new ManagementFailure('refused', 401);
    if (result.kind === 'unavailable') {
      throw new ManagementFailure('unavailable', undefined, result.retryAfterSeconds * 1000);
    }
    current = { token: result.token, until: Date.now() + result.expiresInSeconds * 1000 - TOKEN_MARGIN_MS };
    return result.token;
  }
  return async (): Promise<string> => {
    if (current && Date.now() < current.until) return current.token;
    underWay ??= fetchToken().finally(() => (underWay = undefined));
    return underWay;
  };
}
