/** What an answer of the Management API says of its rate limit (Auth0 docs, "Rate limit use cases"). */
export interface RateLimit {
  /** The bucket's size. */
  limit: number | undefined;
  /** Tokens left in it. */
  remaining: number | undefined;
  /** With a 429: how long to wait. */
  pauseMs: number;
}

/** When the authority does not say how long. */
const DEFAULT_PAUSE_MS = 1_000;

export function readRateLimit({ headers }: Response): RateLimit {
  const number = (name: string): number | undefined => {
    const text = headers.get(name);
    return text !== null && /^\d+$/.test(text) ? Number(text) : undefined;
  };
  return {
    limit: number('x-ratelimit-limit'),
    remaining: number('x-ratelimit-remaining'),
    pauseMs: pauseOf(number('retry-after'), number('x-ratelimit-reset')),
  };
}

/** @param reset seconds since 1970 when the next token comes */
function pauseOf(retryAfter: number | undefined, reset: number | undefined): number {
  if (retryAfter !== undefined) return retryAfter * 1000;
  return reset === undefined ? DEFAULT_PAUSE_MS : Math.max(DEFAULT_PAUSE_MS / 10, reset * 1000 - Date.now());
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
