/** How a call to the Management API failed, told apart by what follows from it. Never carries Auth0's text: it quotes input. */
export type ManagementFailureKind =
  /** The token bucket is empty: wait, then repeat. */
  | 'rate_limited'
  /** Two import jobs are running in the account. */
  | 'import_jobs_busy'
  | 'not_found'
  | 'conflict'
  | 'weak_password'
  /** The authority refused a value. */
  | 'invalid'
  /** The plan allows no more applications. */
  | 'limit_reached'
  /** Our own credential or its scopes. */
  | 'refused'
  /** It failed without doing anything. */
  | 'unavailable'
  /** Nobody can say whether it was done: no answer, or a failure after the request was sent. */
  | 'unknown_outcome';

export class ManagementFailure extends Error {
  readonly kind: ManagementFailureKind;
  readonly status: number | undefined;
  readonly retryAfterMs: number | undefined;

  constructor(kind: ManagementFailureKind, status?: number, retryAfterMs?: number) {
    super(`Management API: ${kind}${status === undefined ? '' : ` (${status})`}`);
    this.name = 'ManagementFailure';
    this.kind = kind;
    this.status = status;
    this.retryAfterMs = retryAfterMs;
  }
}

/** Thrown where a call is sent, for one that was not: whatever it says happened before, so nothing is in doubt. */
export class NotSent extends Error {
  constructor(cause: unknown) {
    super('the call was not sent', { cause });
    this.name = 'NotSent';
  }
}

/** What an SDK error tells. `statusCode` is undefined for time-outs and broken connections (auth0 7.1.0). */
interface SdkError {
  statusCode?: number;
  body?: unknown;
  rawResponse?: { headers?: Headers };
}

/**
 * @param isRead a read that got no answer changed nothing
 * @returns for a call that was not sent, why it was not: that is no failure of the authority
 */
export function toManagementFailure(error: unknown, isRead: boolean): unknown {
  if (error instanceof ManagementFailure) return error;
  if (error instanceof Error && error.cause instanceof NotSent) return error.cause.cause;
  const { statusCode: status, body, rawResponse } = error as SdkError;
  const lost = isRead ? 'unavailable' : 'unknown_outcome';
  if (status === undefined) return new ManagementFailure(lost);
  if (status === 429)
    return new ManagementFailure(
      isAboutImportJobs(body) ? 'import_jobs_busy' : 'rate_limited',
      status,
      retryAfterMs(rawResponse?.headers),
    );
  if (status >= 500 || status === 408) return new ManagementFailure(lost, status);
  return new ManagementFailure(kindOf(status, body), status);
}

function kindOf(status: number, body: unknown): ManagementFailureKind {
  const { message, errorCode } = (typeof body === 'object' && body !== null ? body : {}) as Record<
    string,
    unknown
  >;
  if (status === 404) return 'not_found';
  if (status === 409) return 'conflict';
  if (status === 403 && errorCode === 'too_many_entities') return 'limit_reached';
  if (status === 401 || status === 403) return 'refused';
  // Auth0 has no code of its own for this one (auth0.md section 2).
  if (typeof message === 'string' && message.startsWith('PasswordStrengthError')) return 'weak_password';
  return 'invalid';
}

/** Auth0 has no code of its own for this one either. */
function isAboutImportJobs(body: unknown): boolean {
  const { message } = (typeof body === 'object' && body !== null ? body : {}) as { message?: unknown };
  return typeof message === 'string' && /active import/i.test(message);
}

/** `Retry-After` in seconds, else `x-ratelimit-reset` in seconds since 1970 (Auth0 docs, "Rate limit use cases"). */
function retryAfterMs(headers: Headers | undefined): number | undefined {
  const after = Number(headers?.get('retry-after'));
  if (after > 0) return after * 1000;
  const reset = Number(headers?.get('x-ratelimit-reset'));
  return reset > 0 ? Math.max(0, reset * 1000 - Date.now()) : undefined;
}
