/**
 * The parts of an Auth0 error that may be shown: an allow-list of values of known form. Never its `message`, which
 * quotes input.
 */
import { asObject } from '../contract/json-structure.ts';

export interface AuthorityRefusal {
  /** HTTP status. */
  status: number;
  /** Auth0's own code, such as `insufficient_scope`. */
  errorCode?: string | undefined;
  /** Method and path without ids: `POST /api/v2/users`. */
  endpoint?: string | undefined;
  /** Any one of these would have sufficed. */
  missingScopes?: string[] | undefined;
}

const CODE = /^[a-z][a-z0-9_]{0,63}$/;
const SCOPE = /^[a-z]+:[a-z][a-z0-9_-]{0,63}$/;
const MAX_SCOPES = 10;

/** @param body untrusted, of any shape */
export function readRefusal(status: number, body: unknown, endpoint?: string): AuthorityRefusal {
  const { errorCode, error } = asObject(body);
  // The token endpoint has its code in `error` (RFC 6749 section 5.2); at the Management API that is the status as
  // text.
  const code = [errorCode, error].find((text) => typeof text === 'string' && CODE.test(text));
  const missing = code === 'insufficient_scope' ? missingScopes(messageOf(body)) : [];
  return {
    status,
    errorCode: typeof code === 'string' ? code : undefined,
    endpoint,
    missingScopes: missing.length > 0 ? missing : undefined,
  };
}

/** For comparison only. */
export function messageOf(body: unknown): string {
  const { message } = asObject(body);
  return typeof message === 'string' ? message : '';
}

/** "403 insufficient_scope at POST /api/v2/users, missing scope create:users" */
export function describeRefusal({
  status,
  errorCode,
  endpoint,
  missingScopes = [],
}: AuthorityRefusal): string {
  return [
    [status, errorCode].filter(Boolean).join(' '),
    endpoint === undefined ? '' : ` at ${endpoint}`,
    missingScopes.length === 0 ? '' : `, missing scope ${missingScopes.join(' or ')}`,
  ].join('');
}

/** The form for log and dead letters. */
export function presentRefusal({ status, errorCode, endpoint, missingScopes }: AuthorityRefusal) {
  return { status, error_code: errorCode, endpoint, missing_scopes: missingScopes };
}

/**
 * Auth0 has them in its message only: "Insufficient scope, expected any of: create:users,create:user_tickets"
 * (recorded).
 */
function missingScopes(message: string): string[] {
  const named = message.slice(message.indexOf('any of:') + 'any of:'.length);
  return named
    .split(/[\s,]+/)
    .filter((scope) => SCOPE.test(scope))
    .slice(0, MAX_SCOPES);
}
