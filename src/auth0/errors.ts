import { readRateLimit } from './rate-limit-fields.ts';
import { describeRefusal, messageOf, readRefusal } from './refusal.ts';
import type { AuthorityRefusal } from './refusal.ts';

/** How a call to the Management API failed, told apart by what follows from it. Never carries Auth0's text: it quotes input. */
export type ManagementFailureKind =
  /** The token bucket is empty: wait, then repeat. */
  | 'rate_limited'
  /** Two import jobs are running in the account. */
  | 'import_jobs_busy'
  | 'not_found'
  /** What should be made is there already, or has an email or a name that somebody has. */
  | 'exists'
  | 'weak_password'
  /** The authority refused a value. */
  | 'invalid'
  /** The plan allows no more applications. */
  | 'limit_reached'
  /** The plan lacks what the call needs. */
  | 'not_in_plan'
  /** Our own credential or its scopes, or how we call: a fault of this installation. */
  | 'refused'
  /** It failed without doing anything. */
  | 'unavailable'
  /** Nobody can say whether it was done: no answer, or a failure after the request was sent. */
  | 'unknown_outcome';

export class ManagementFailure extends Error {
  readonly kind: ManagementFailureKind;
  readonly retryAfterMs: number | undefined;
  /** What the authority answered; undefined: nothing. */
  readonly refusal: AuthorityRefusal | undefined;

  constructor(kind: ManagementFailureKind, refusal?: AuthorityRefusal, retryAfterMs?: number) {
    super(`Management API: ${kind}${refusal === undefined ? '' : ` (${describeRefusal(refusal)})`}`);
    this.name = 'ManagementFailure';
    this.kind = kind;
    this.refusal = refusal;
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

/** @returns why a call that failed was refused; undefined when the authority had no part in it */
export function refusalIn(error: unknown): AuthorityRefusal | undefined {
  if (error instanceof ManagementFailure) return error.refusal;
  return error instanceof Error && error.cause !== undefined ? refusalIn(error.cause) : undefined;
}

/**
 * @param isRead a read that got no answer changed nothing
 * @param endpoint of the call (`endpointOf`); undefined: none was sent
 * @returns for a call that was not sent, why it was not: that is no failure of the authority
 */
export function toManagementFailure(error: unknown, isRead: boolean, endpoint?: string): unknown {
  if (error instanceof ManagementFailure) return error;
  const cause = error instanceof Error ? error.cause : undefined;
  if (cause instanceof NotSent) return cause.cause;
  // No token could be had: whatever was sent with the one before did nothing.
  if (cause instanceof ManagementFailure) return cause;
  const { statusCode: status, body, rawResponse } = error as SdkError;
  const lost = isRead ? 'unavailable' : 'unknown_outcome';
  if (status === undefined) return new ManagementFailure(lost);
  const refusal = readRefusal(status, body, endpoint);
  if (status === 429)
    return new ManagementFailure(
      isAboutImportJobs(body) ? 'import_jobs_busy' : 'rate_limited',
      refusal,
      rawResponse?.headers && readRateLimit(rawResponse.headers).waitMs,
    );
  if (status >= 500 || status === 408) return new ManagementFailure(lost, refusal);
  return new ManagementFailure(kindOf(refusal, body), refusal);
}

/** By `errorCode` where Auth0 has one for it. Where it has none its message is compared, by the words that it begins with. */
function kindOf({ status, errorCode }: AuthorityRefusal, body: unknown): ManagementFailureKind {
  if (status === 404) return 'not_found';
  if (status === 409) return meansExists(errorCode, body) ? 'exists' : 'refused';
  if (status === 403 && errorCode === 'too_many_entities') return 'limit_reached';
  if (status === 403 && errorCode === 'insufficient_entitlement') return 'not_in_plan';
  if (status === 401 || status === 403) return 'refused';
  if (isAboutPassword(errorCode, body)) return 'weak_password';
  // PATCH /users answers 400, not 409, for an email that somebody has (public reports).
  return isNewValueTaken(body) ? 'exists' : 'invalid';
}

/** Codes of a 409 by which what was to be made is there: of users (recorded), client grants and connections. */
const EXISTS = new Set(['auth0_idp_error', 'user_exists', 'duplicate_client_grant', 'connection_conflict']);

/** Any other code says something else, `custom_domain_conflict` above all; without one there are only words. */
function meansExists(errorCode: string | undefined, body: unknown): boolean {
  if (errorCode !== undefined) return EXISTS.has(errorCode);
  return /already (exists|in use)|in use already/i.test(messageOf(body));
}

function isNewValueTaken(body: unknown): boolean {
  return /^The specified new [\w ]+ already exists/i.test(messageOf(body));
}

/** `PasswordStrengthError`, `PasswordDictionaryError`, `PasswordNoUserInfoError`, `PasswordHistoryError`, and others to come. */
function isAboutPassword(errorCode: string | undefined, body: unknown): boolean {
  return errorCode === 'invalid_password' || /^Password\w*Error\b/.test(messageOf(body));
}

/** Auth0 has no code of its own for this one either. */
function isAboutImportJobs(body: unknown): boolean {
  return /active import/i.test(messageOf(body));
}
