import { isRecord } from '../json.ts';
import { readRateLimit } from './rate-limit-fields.ts';
import { describeRefusal, messageOf, readRefusal, type AuthorityRefusal } from './refusal.ts';

/** Kinds of Management API failures, by their consequences. Never carries Auth0's message, which quotes input. */
export type ManagementFailureKind =
  /** The token bucket is empty: wait, then retry. */
  | 'rate_limited'
  /** Two import jobs are running in the account. */
  | 'import_jobs_busy'
  | 'not_found'
  /** The resource exists already, or its email or name is taken. */
  | 'exists'
  | 'weak_password'
  /** The authority rejected a value. */
  | 'invalid'
  /** The plan allows no more applications. */
  | 'limit_reached'
  /** The plan lacks what the call needs. */
  | 'not_in_plan'
  /** The workers' credential or scopes, or the call itself, is wrong: a fault of this installation. */
  | 'refused'
  /** It failed without an effect. */
  | 'unavailable'
  /** Unknown whether it took effect: no answer, or a failure after the request was sent. */
  | 'unknown_outcome';

export class ManagementFailure extends Error {
  readonly kind: ManagementFailureKind;
  readonly retryAfterMs: number | undefined;
  /** The authority's answer; undefined: none. */
  readonly refusal: AuthorityRefusal | undefined;

  constructor(kind: ManagementFailureKind, refusal?: AuthorityRefusal, retryAfterMs?: number) {
    super(`Management API: ${kind}${refusal === undefined ? '' : ` (${describeRefusal(refusal)})`}`);
    this.name = 'ManagementFailure';
    this.kind = kind;
    this.refusal = refusal;
    this.retryAfterMs = retryAfterMs;
  }
}

/** Thrown by `send` for a call that was never sent, so its outcome is not in doubt. */
export class NotSent extends Error {
  constructor(cause: unknown) {
    super('the call was not sent', { cause });
    this.name = 'NotSent';
  }
}

/** Relevant members of an SDK error. `statusCode` is undefined for timeouts and broken connections (auth0 7.1.0). */
interface SdkError {
  statusCode?: number;
  body?: unknown;
  rawResponse?: { headers?: Headers };
}

/** @returns why the authority refused a call; undefined when the failure was not the authority's */
export function refusalIn(error: unknown): AuthorityRefusal | undefined {
  if (error instanceof ManagementFailure) return error.refusal;
  return error instanceof Error && error.cause !== undefined ? refusalIn(error.cause) : undefined;
}

/**
 * @param isRead an unanswered read changed nothing
 * @param endpoint of the call (`endpointOf`); undefined: none was sent
 * @returns for a call that was not sent, the reason, which is not a failure of the authority
 */
export function toManagementFailure(error: unknown, isRead: boolean, endpoint?: string): unknown {
  if (error instanceof ManagementFailure) return error;
  const cause = error instanceof Error ? error.cause : undefined;
  if (cause instanceof NotSent) return cause.cause;
  // No token could be obtained: a call with the previous one had no effect.
  if (cause instanceof ManagementFailure) return cause;
  const { statusCode: status, body, rawResponse }: SdkError = isRecord(error) ? error : {};
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
  return new ManagementFailure(kindOf(refusal, body, isRead), refusal);
}

/**
 * By `errorCode` where Auth0 has one, otherwise by the first words of its message. A refusal that concerns neither the
 * requested resource nor a value of the caller's is a fault of this installation.
 */
function kindOf(refusal: AuthorityRefusal, body: unknown, isRead: boolean): ManagementFailureKind {
  const { status, errorCode } = refusal;
  if (status === 404) return isOfThing(refusal, body) ? 'not_found' : 'refused';
  if (status === 409) return meansExists(errorCode, body) ? 'exists' : 'refused';
  if (status === 403 && errorCode === 'too_many_entities') return 'limit_reached';
  if (status === 403 && errorCode === 'insufficient_entitlement') return 'not_in_plan';
  if (!ABOUT_VALUES.has(status)) return 'refused';
  if (errorCode === NO_SUCH_USER) return 'not_found';
  if (errorCode?.startsWith('inexistent_')) return 'refused';
  if (isRead) return status === 414 || CODES_OF_READS.has(errorCode) ? 'invalid' : 'refused';
  if (isAboutPassword(errorCode, body)) return 'weak_password';
  return isValueTaken(errorCode, body) ? 'exists' : 'invalid';
}

/** Including too large and too long: the caller's values decide. */
const ABOUT_VALUES = new Set([400, 413, 414, 422]);
/** A read has no values but its path and query. */
const CODES_OF_READS = new Set<string | undefined>(['invalid_uri', 'invalid_query_string']);
const NO_SUCH_USER = 'inexistent_user';

/**
 * Whether a 404 concerns the requested resource: the path names it, or it is a user. Others concern a dependency (the
 * API of a grant, the connection of a user), or come from an intermediary that is not Auth0.
 */
function isOfThing({ endpoint = '', errorCode }: AuthorityRefusal, body: unknown): boolean {
  if (errorCode === NO_SUCH_USER) return true;
  return endpoint.includes('{id}') && typeof body === 'object' && body !== null;
}

/** Codes of a 409 for a resource that exists: users (recorded), client grants, connections and organizations. */
const EXISTS = new Set([
  'auth0_idp_error',
  'user_exists',
  'duplicate_client_grant',
  'connection_conflict',
  'organization_conflict',
]);

/** Any other code means something else, `custom_domain_conflict` above all; without a code only the message remains. */
function meansExists(errorCode: string | undefined, body: unknown): boolean {
  if (errorCode !== undefined) return EXISTS.has(errorCode);
  return /already (exists|in use)|in use already/i.test(messageOf(body));
}

/**
 * Changing an email to a taken one is answered 400, not 409 (public reports). Matches plain words from the start, as in
 * Auth0's own message: one that quotes a value has a colon or a quotation mark before it.
 */
function isValueTaken(errorCode: string | undefined, body: unknown): boolean {
  return (
    errorCode === 'user_exists' ||
    /^[\w ]{1,80} (already exists|already in use|in use already)\b/i.test(messageOf(body))
  );
}

/** `PasswordStrengthError`, `PasswordDictionaryError`, `PasswordNoUserInfoError`, `PasswordHistoryError`, and others to come. */
function isAboutPassword(errorCode: string | undefined, body: unknown): boolean {
  return (
    errorCode === 'invalid_password' ||
    errorCode?.startsWith('password_') === true ||
    /^Password\w*Error\b/.test(messageOf(body))
  );
}

/** Auth0 has no code for this one either. */
function isAboutImportJobs(body: unknown): boolean {
  return /active import/i.test(messageOf(body));
}
