/** What a caller is told when a call to the Management API failed: one table, for jobs with steps and without. */
import { ManagementFailure, refusalIn, type ManagementFailureKind } from '../../src/auth0/errors.ts';
import { Problem } from '../../src/problem.ts';
import type { RelayProblem } from '../../src/relay/relay-job.ts';

const problemOf: Record<ManagementFailureKind, RelayProblem['code']> = {
  rate_limited: 'upstream_rate_limited',
  import_jobs_busy: 'upstream_rate_limited',
  not_found: 'not_found',
  // Where somebody's user is meant, its performer says so; all else that we make has a name of its own.
  exists: 'upstream_refused',
  weak_password: 'weak_password',
  invalid: 'invalid_field',
  limit_reached: 'application_limit_reached',
  not_in_plan: 'not_in_plan',
  refused: 'upstream_refused',
  unavailable: 'upstream_unavailable',
  unknown_outcome: 'outcome_unknown',
};

export function toProblem(error: unknown): RelayProblem {
  const refusal = refusalIn(error);
  const authority = refusal === undefined ? {} : { refusal };
  if (error instanceof Problem) {
    const { detail, scopes } = error.parts;
    return { code: error.code, ...(detail ? { detail } : {}), ...(scopes ? { scopes } : {}), ...authority };
  }
  if (!(error instanceof ManagementFailure)) return { code: 'internal_error' };
  const { kind, retryAfterMs } = error;
  return {
    code: problemOf[kind],
    ...(retryAfterMs === undefined ? {} : { retryAfterSeconds: Math.ceil(retryAfterMs / 1000) }),
    ...authority,
  };
}

/** For `catch` of a call that gives a user an email. */
export function emailTaken(error: unknown): never {
  if (error instanceof ManagementFailure && error.kind === 'exists')
    throw new Problem('user_exists', { cause: error });
  throw error;
}
