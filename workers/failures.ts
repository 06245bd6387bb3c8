/**
 * The meaning of a failed call to the Management API: one table for relay jobs with and without steps, user imports and the upkeep. The
 * kind of a failure is examined here only, except for what it means for a particular call (`onFailure`).
 */
import { ManagementFailure, refusalIn, type ManagementFailureKind as Kind } from '../src/auth0/errors.ts';
import type { EndMark } from '../src/imports/row-outcome.ts';
import { Problem } from '../src/problem.ts';
import type { DeadReason } from '../src/relay/dead-letters.ts';
import type { RelayJob, RelayProblem } from '../src/relay/relay-job.ts';

type ProblemCode = RelayProblem['code'];

interface Meaning {
  /** Problem code of a relay job that ends with it. */
  code: ProblemCode;
  /** When the same call may succeed: after a while, after the operator has fixed our credential or plan, or never. */
  passes: 'in a while' | 'by the operator' | 'never';
  /** It says nothing about the request itself, so the outcome of an earlier attempt stays unknown. */
  isUnrelated?: true;
  /** Outcome of a row of a user import that ends with it. */
  row?: EndMark;
}

const meanings: Record<Kind, Meaning> = {
  rate_limited: { code: 'upstream_rate_limited', passes: 'in a while', isUnrelated: true },
  import_jobs_busy: { code: 'upstream_rate_limited', passes: 'in a while' },
  unavailable: { code: 'upstream_unavailable', passes: 'in a while', isUnrelated: true },
  unknown_outcome: { code: 'outcome_unknown', passes: 'in a while' },
  refused: { code: 'upstream_refused', passes: 'by the operator', isUnrelated: true },
  not_in_plan: { code: 'not_in_plan', passes: 'by the operator', isUnrelated: true },
  limit_reached: { code: 'application_limit_reached', passes: 'by the operator' },
  not_found: { code: 'not_found', passes: 'never' },
  // Where it means an existing user, the performer handles it; everything else we create has a unique name.
  exists: { code: 'upstream_refused', passes: 'never' },
  weak_password: { code: 'weak_password', passes: 'never', row: 'w' },
  invalid: { code: 'invalid_field', passes: 'never', row: 'i' },
};

/** Faults of this installation, which the operator has to fix. */
const deadLetterReasons: Partial<Record<ProblemCode, DeadReason>> = {
  internal_error: 'failed_inside',
  upstream_refused: 'authority_refused_us',
  not_in_plan: 'not_in_plan',
};

/** @returns why a job that ended with this becomes a dead letter; undefined: it does not */
export const deadLetterReason = ({ code }: RelayProblem): DeadReason | undefined => deadLetterReasons[code];

const meaningOf = (error: unknown): Meaning | undefined =>
  error instanceof ManagementFailure ? meanings[error.kind] : undefined;

export const isFailure = (error: unknown, ...kinds: Kind[]): error is ManagementFailure =>
  error instanceof ManagementFailure && kinds.includes(error.kind);

/**
 * For `catch`: handles these kinds of failure, and rethrows every other error.
 * @param meaning of the failure; its return value replaces the answer
 */
export const onFailure =
  <T>(kinds: Kind | Kind[], meaning: (failure: ManagementFailure) => T) =>
  (error: unknown): T => {
    if (isFailure(error, ...[kinds].flat())) return meaning(error);
    throw error;
  };

export const rethrown = (error: unknown): never => {
  throw error;
};

/** For a call after another one that changed something: whatever the refusal, "nothing was changed" would be wrong. */
export const begunAlready = (error: unknown): never => {
  if (!(error instanceof ManagementFailure)) throw error;
  throw new ManagementFailure('unknown_outcome', error.refusal, error.retryAfterMs);
};

/** A transient failure, though the outcome of its call may be unknown. */
export const passes = (error: unknown): boolean => meaningOf(error)?.passes === 'in a while';

/** Not the fault of a caller or a row: it is transient, or the operator has to fix it. */
export const isWaitedFor = (error: unknown): error is ManagementFailure =>
  passes(error) || waitsForOperator(error);

export const waitsForOperator = (error: unknown): error is ManagementFailure =>
  meaningOf(error)?.passes === 'by the operator';

/** Whether a relay job is retried. After a rate limit error the call has been retried already (`budgeted-fetch.ts`). */
export function isRetried(error: unknown, repeat: RelayJob['repeat']): boolean {
  return isFailure(error, 'unavailable') || (repeat !== 'once' && isFailure(error, 'unknown_outcome'));
}

/** Converts it into a failure that makes the whole job retry; other errors are returned unchanged. */
export function toRetriable(error: unknown): unknown {
  if (!(error instanceof ManagementFailure) || !passes(error)) return error;
  return new ManagementFailure('unavailable', error.refusal, error.retryAfterMs);
}

/** @param sent an earlier attempt has sent its call, and its outcome is unknown */
export function toProblem(error: unknown, { sent = false } = {}): RelayProblem {
  const refusal = refusalIn(error);
  if (error instanceof Problem) {
    const { detail, scopes } = error.parts;
    return { code: error.code, detail, scopes, refusal };
  }
  if (!(error instanceof ManagementFailure)) return { code: 'internal_error' };
  const { kind, retryAfterMs } = error;
  const meaning = meanings[kind];
  return {
    // "Nothing was changed" would claim more than is known.
    code: sent && meaning.isUnrelated ? 'outcome_unknown' : meaning.code,
    retryAfterSeconds: retryAfterMs === undefined ? undefined : Math.ceil(retryAfterMs / 1000),
    refusal,
  };
}

/** Outcomes of rows whose user exists already, or whose email cannot be used. */
const rowEnds: Partial<Record<ProblemCode, EndMark>> = { user_exists: 's', email_unavailable: 'e' };

/** @returns the outcome of the row; undefined: it is retried */
export const rowMarkOf = (error: unknown): EndMark | undefined =>
  error instanceof Problem ? rowEnds[error.code] : meaningOf(error)?.row;
