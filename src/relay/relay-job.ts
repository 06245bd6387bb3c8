/** The rules of one kind of relay job. API and workers share them, and nothing else. */
import type { AuthorityRefusal } from '../auth0/refusal.ts';
import type { OperationId } from '../contract/load-contract.ts';
import type { EndpointGroup } from '../plans.ts';
import type { ProblemCode } from '../problem.ts';

export interface RelayJob<Input, Outcome> {
  /** On the queue. */
  name: string;
  operationId: OperationId;
  /**
   * What a worker does with a call that another one may have made already:
   * `idempotent`: make it again; `checkable`: look, then decide; `once`: never again, the outcome is `unknown`.
   */
  repeat: 'idempotent' | 'checkable' | 'once';
  /** How often it is tried when the authority is unwell. */
  attempts: number;
  /** How long its outcome is kept, ms. */
  keepMs: number;
  /** The outcome holds a secret: it is kept until somebody has seen it, and not a moment longer. */
  shownOnce?: true;
  /** It changes nothing: callers that ask for the same at the same time share it, and nobody needs it when they are gone. */
  isRead?: true;
  /**
   * The endpoint group of its first call, whose slot is taken before the job is: it waits for its turn at that bucket. A first try
   * always begins with such a call; a slot that a later try has no use for is lost.
   */
  firstCall: EndpointGroup;
  /** It changes what its subject may do: when nobody knows what came of it, the user's tokens so far count no more. */
  altersAccess?: true;
  /** The id of what it made, for the event that tells of it. */
  madeId?(this: void, outcome: Outcome): string;
  /** Types only; never set. */
  readonly types?: { input: Input; outcome: Outcome };
}

/** How a relay job ended. */
export type Ended<Outcome> = { outcome: Outcome } | { problem: RelayProblem };

export interface RelayProblem {
  code: ProblemCode;
  detail?: string;
  /** Of `Problem`: what the caller lacks. */
  scopes?: string[];
  retryAfterSeconds?: number;
  /** Why the authority refused the call: for the operator only. */
  refusal?: AuthorityRefusal;
}

export const TEN_MINUTES_MS = 600_000;
export const A_DAY_MS = 86_400_000;
/** No job waits longer; then its record goes, ended or not. */
export const RECORD_KEEP_MS = 7 * A_DAY_MS;
/**
 * A job that changes something is done only once its caller has heard that it is stored, and has said so within this time of it (Redis'
 * clock). As long as a command may take: whoever has heard nothing by then asks, and is told for good.
 */
export const RELEASE_MS = 5_000;
