import { readHttpDate, readRetryAfter } from '../retry-after.ts';

/** Rate-limit headers of an Auth0 answer (Auth0 docs, "Rate limit use cases"). Any of them may be absent. */
export interface RateLimit {
  /** Size of the bucket. */
  limit: number | undefined;
  /** Remaining tokens. */
  remaining: number | undefined;
  /** `Retry-After` (RFC 9110 section 10.2.3: seconds, or a date), as ms from now. */
  waitMs: number | undefined;
  /**
   * Until `x-ratelimit-reset`, ms. Documented as the time of the next token; at the token endpoint it is that of a full
   * bucket (recorded), which may be a minute away although the next token is available sooner.
   */
  resetMs: number | undefined;
}

/**
 * Used when the authority gives no time, and doubled with each consecutive refusal: the slowest plan refills one token
 * per second.
 */
const FIRST_PAUSE_MS = 1_000;
/** The headers have whole seconds, so a time may already be in the past. */
const SHORTEST_PAUSE_MS = 100;
export const LONGEST_PAUSE_MS = 60_000;

export function readRateLimit(headers: Headers): RateLimit {
  const number = (name: string): number | undefined => {
    const text = headers.get(name);
    return text !== null && /^\d+$/.test(text) ? Number(text) : undefined;
  };
  // By the authority's own clock, where the answer has a `Date`.
  const date = headers.get('date') ?? undefined;
  const now = readHttpDate(date) ?? Date.now();
  const reset = number('x-ratelimit-reset');
  return {
    limit: number('x-ratelimit-limit'),
    remaining: number('x-ratelimit-remaining'),
    waitMs: readRetryAfter(headers.get('retry-after') ?? undefined, date),
    resetMs: reset === undefined ? undefined : Math.max(0, reset * 1000 - now),
  };
}

/**
 * Backoff after a 429, ms. `x-ratelimit-reset` is an upper bound, never waited for in full at first: under its other
 * meaning that would be many times too long. Where it is right, the second or third refusal has waited as long.
 * @param refusals consecutive refusals of this call, including this one
 */
export function pauseAfter(
  { waitMs, resetMs }: Pick<RateLimit, 'waitMs' | 'resetMs'>,
  refusals: number,
): number {
  const pause = waitMs ?? Math.min(resetMs ?? Infinity, FIRST_PAUSE_MS * 2 ** (refusals - 1));
  return Math.min(LONGEST_PAUSE_MS, Math.max(SHORTEST_PAUSE_MS, pause));
}

/**
 * The other kind of 429: two import jobs are running. No bucket is empty then, so other calls need not wait. Auth0 has
 * no code for it, so the message is matched, at this one endpoint only (auth0.md section 2).
 */
export async function isImportJobsBusy(response: Response): Promise<boolean> {
  if (response.status !== 429 || !new URL(response.url).pathname.endsWith('/jobs/users-imports'))
    return false;
  return /active import/i.test(await response.clone().text());
}

/**
 * Whether a 429 is of a group's limit: "Global per minute organization_connections_read group limit has been reached"
 * (github.com/auth0/auth0-deploy-cli/issues/500). The overall one is "Global limit has been reached". Auth0 has one code for both.
 */
export async function namesGroupLimit(response: Response): Promise<boolean> {
  return /\bgroup limit\b/i.test(await response.clone().text());
}
