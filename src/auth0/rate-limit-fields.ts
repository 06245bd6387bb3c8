import { readHttpDate, readRetryAfter } from '../retry-after.ts';

/** What an answer of Auth0's says of its rate limit (Auth0 docs, "Rate limit use cases"). An answer may say nothing of it. */
export interface RateLimit {
  /** The bucket's size. */
  limit: number | undefined;
  /** Tokens left in it. */
  remaining: number | undefined;
  /** How long to wait, because `Retry-After` says so (RFC 9110 section 10.2.3: seconds, or a date), ms. */
  waitMs: number | undefined;
  /**
   * Until `x-ratelimit-reset`, ms. Documented as the time of the next token; recorded at the token endpoint as that of a full bucket,
   * which may be a minute away while the next token comes at once.
   */
  resetMs: number | undefined;
}

/** When the authority does not say how long, and doubled with each refusal in a row: a token every second is what the slowest plan has. */
const FIRST_PAUSE_MS = 1_000;
/** The fields are in whole seconds, so one of them may lie in the past already. */
const SHORTEST_PAUSE_MS = 100;
export const LONGEST_PAUSE_MS = 60_000;

export function readRateLimit(headers: Headers): RateLimit {
  const number = (name: string): number | undefined => {
    const text = headers.get(name);
    return text !== null && /^\d+$/.test(text) ? Number(text) : undefined;
  };
  // By the authority's own clock, where it says what that is.
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
 * How long nobody calls after a 429, ms. `x-ratelimit-reset` bounds it, and is never waited for in full at first: under its other
 * meaning that would be many times too long. Where it is right, the second or third refusal has waited as long.
 * @param refusals how often this call was refused in a row, this time included
 */
export function pauseAfter(
  { waitMs, resetMs }: Pick<RateLimit, 'waitMs' | 'resetMs'>,
  refusals: number,
): number {
  const pause = waitMs ?? Math.min(resetMs ?? Infinity, FIRST_PAUSE_MS * 2 ** (refusals - 1));
  return Math.min(LONGEST_PAUSE_MS, Math.max(SHORTEST_PAUSE_MS, pause));
}

/**
 * The other kind of 429: two import jobs are running. No bucket is empty then, so nobody else needs to wait. Auth0 has no code of
 * its own for it, so its text is looked at, at this one endpoint only (auth0.md section 2).
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
