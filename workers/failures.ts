/**
 * What a failed call to the Management API means to whoever asked for it: one table, for relay jobs with steps and without, user imports
 * and the upkeep. Nobody else looks at a failure's kind, but for what it says of one particular call (`onFailure`).
 */
import { ManagementFailure, refusalIn, type ManagementFailureKind as Kind } from '../src/auth0/errors.ts';
import type { EndMark } from '../src/imports/row-outcome.ts';
import { Problem } from '../src/problem.ts';
import type { DeadReason } from '../src/relay/dead-letters.ts';
import type { RelayJob, RelayProblem } from '../src/relay/relay-job.ts';

type ProblemCode = RelayProblem['code'];

interface Meaning {
  /** What the caller of a relay job is answered that ends with it. */
  code: ProblemCode;
  /** When the same call may succeed: by itself in a while, once the operator has seen to our credential or our plan, or never. */
  passes: 'in a while' | 'by the operator' | 'never';
  /** It says nothing of what was asked for, so what an earlier try did stays open. */
  isAside?: true;
  /** How a row of a user import ends by it. */
  row?: EndMark;
}

const meanings: Record<Kind, Meaning> = {
  rate_limited: { code: 'upstream_rate_limited', passes: 'in a while', isAside: true },
  import_jobs_busy: { code: 'upstream_rate_limited', passes: 'in a while' },
  unavailable: { code: 'upstream_unavailable', passes: 'in a while', isAside: true },
  unknown_outcome: { code: 'outcome_unknown', passes: 'in a while' },
  refused: { code: 'upstream_refused', passes: 'by the operator', isAside: true },
  not_in_plan: { code: 'not_in_plan', passes: 'by the operator', isAside: true },
  limit_reached: { code: 'application_limit_reached', passes: 'by the operator' },
  not_found: { code: 'not_found', passes: 'never' },
  // Where somebody's user is meant, its performer says so; all else that we make has a name of its own.
  exists: { code: 'upstream_refused', passes: 'never' },
  weak_password: { code: 'weak_password', passes: 'never', row: 'w' },
  invalid: { code: 'invalid_field', passes: 'never', row: 'i' },
};

/** Faults of this installation, which the operator has to see to. */
const deadLetterReasons: Partial<Record<ProblemCode, DeadReason>> = {
  internal_error: 'failed_inside',
  upstream_refused: 'authority_refused_us',
  not_in_plan: 'not_in_plan',
};

/** @returns why a job that ended with this is kept for the operator; undefined: it is not */
export const deadLetterReason = ({ code }: RelayProblem): DeadReason | undefined => deadLetterReasons[code];

const meaningOf = (error: unknown): Meaning | undefined =>
  error instanceof ManagementFailure ? meanings[error.kind] : undefined;

export const isFailure = (error: unknown, ...kinds: Kind[]): error is ManagementFailure =>
  error instanceof ManagementFailure && kinds.includes(error.kind);

/**
 * For `catch`: what these kinds mean to this one call. Every other error goes on.
 * @param meaning of the failure; what it returns takes the place of the answer
 */
export const onFailure =
  <T>(kinds: Kind | Kind[], meaning: (failure: ManagementFailure) => T) =>
  (error: unknown): T => {
    if (isFailure(error, ...[kinds].flat())) return meaning(error);
    throw error;
  };

/** It will go by itself, though what it did so far may be unknown. */
export const passes = (error: unknown): boolean => meaningOf(error)?.passes === 'in a while';

/** Nothing that a caller or a row could be blamed for: it will go by itself, or once the operator has seen to it. */
export const isWaitedFor = (error: unknown): error is ManagementFailure =>
  passes(error) || waitsForOperator(error);

export const waitsForOperator = (error: unknown): error is ManagementFailure =>
  meaningOf(error)?.passes === 'by the operator';

/** Whether a relay job is tried again. One that met the rate limit has been, call by call (`budgeted-fetch.ts`). */
export function isTriedAgain(error: unknown, repeat: RelayJob['repeat']): boolean {
  return isFailure(error, 'unavailable') || (repeat !== 'once' && isFailure(error, 'unknown_outcome'));
}

/** As a failure that has the whole job tried again; any other error as it is. */
export function toTriedAgain(error: unknown): unknown {
  if (!(error instanceof ManagementFailure) || !passes(error)) return error;
  return new ManagementFailure('unavailable', error.refusal, error.retryAfterMs);
}

/** @param sent an earlier try sent its call, and nobody knows what came of it */
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
    // "Nothing was changed" would be more than is known.
    code: sent && meaning.isAside ? 'outcome_unknown' : meaning.code,
    retryAfterSeconds: retryAfterMs === undefined ? undefined : Math.ceil(retryAfterMs / 1000),
    refusal,
  };
}

/** How a row ends whose user exists, or cannot. */
const rowEnds: Partial<Record<ProblemCode, EndMark>> = { user_exists: 's', email_unavailable: 'e' };

/** @returns how a row ends by it; undefined: it is tried again */
export const rowMarkOf = (error: unknown): EndMark | undefined =>
  error instanceof Problem ? rowEnds[error.code] : meaningOf(error)?.row;
