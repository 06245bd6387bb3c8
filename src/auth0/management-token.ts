/** The workers' access token for the Management API. */
import { ManagementFailure } from './errors.ts';
import type { ClientProof, TokenEndpoint } from './token-endpoint.ts';

interface Parts {
  authorityUrl: string;
  clientId: string;
  /** The secret, or an assertion of its own for each request. */
  proof: () => ClientProof | Promise<ClientProof>;
  tokens: TokenEndpoint;
  now?: () => number;
}

/** One token shared by all clients of a process. */
export interface ManagementToken {
  /** @throws ManagementFailure */
  current(): Promise<string>;
  /**
   * Replaces a refused token: `unknown` to the authority (401: its keys or the client's secret were replaced), or
   * `narrow` (403: a scope is missing, which may have been granted since).
   * @returns a new token; undefined when this one is so new that another would be refused, too
   * @throws ManagementFailure
   */
  replace(refused: string, why: 'unknown' | 'narrow'): Promise<string | undefined>;
  /** The authority accepted this token. */
  accepted(token: string): void;
}

interface Held {
  token: string;
  until: number;
  fetchedAt: number;
  isAccepted: boolean;
}

/** A token is replaced this long before it expires. */
const TOKEN_MARGIN_MS = 60_000;
/**
 * Younger tokens are not replaced, or each refused call would fetch another one. A token that was accepted before had
 * been valid.
 */
const YOUNG_MS = { unknown: 10_000, narrow: 60_000 };

export function createManagementToken({ now = Date.now, ...parts }: Parts): ManagementToken {
  let held: Held | undefined;
  let underWay: Promise<string> | undefined;

  async function fetchToken(): Promise<string> {
    const audience = new URL('api/v2/', parts.authorityUrl).href;
    const result = await parts.tokens.exchange(parts.clientId, await parts.proof(), audience);
    if (result.kind === 'rejected') throw new ManagementFailure('refused', result.refusal);
    if (result.kind === 'unavailable') {
      throw new ManagementFailure('unavailable', undefined, result.retryAfterSeconds * 1000);
    }
    const { token, expiresInSeconds } = result;
    const fetchedAt = now();
    const until = fetchedAt + expiresInSeconds * 1000 - TOKEN_MARGIN_MS;
    held = { token, until, fetchedAt, isAccepted: false };
    return token;
  }

  function fetchOnce(): Promise<string> {
    underWay ??= fetchToken().finally(() => (underWay = undefined));
    return underWay;
  }

  return {
    current: async () => (held && now() < held.until ? held.token : fetchOnce()),
    async replace(refused, why) {
      // Another refused call has already requested a new token, or has it.
      if (underWay) return underWay;
      if (held?.token !== refused) return this.current();
      const isYoung = now() - held.fetchedAt < YOUNG_MS[why];
      if (isYoung && !(why === 'unknown' && held.isAccepted)) return undefined;
      return fetchOnce();
    },
    accepted(token) {
      if (held?.token === token) held.isAccepted = true;
    },
  };
}
