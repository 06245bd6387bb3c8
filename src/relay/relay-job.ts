/** What API and workers share of relay jobs: the rules of each kind, and how one ended. */
import { callGroups, type ManagementCall } from '../auth0/call-groups.ts';
import type { AuthorityRefusal } from '../auth0/refusal.ts';
import type { EndpointGroup } from '../plans.ts';
import type { ProblemCode } from '../problem.ts';
import type { Access, CallOf } from './access.ts';

/** Whether a tenant's state decides if its job is begun. */
export type TenantRule =
  /** A tenant's job, which is not begun once the tenant is suspended or gone. */
  | 'active'
  /** A tenant's job that is done whatever became of the tenant: it takes away, or shows somebody their own. */
  | 'any'
  /** No tenant's: the operator's, or that of an app that registers. */
  | 'none';

/** What is done for a tenant's users, by them or with its keys, is always a tenant's job. */
type TenantRuleOf<A extends Access> = A extends 'tenant-users' | 'own-consents' | 'api-keys'
  ? Exclude<TenantRule, 'none'>
  : TenantRule;

interface Rules<Outcome> {
  /** On the queue. */
  name: string;
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
  /** It changes what its subject may do: when nobody knows what came of it, the user's tokens so far count no more. */
  altersAccess?: true;
  /** The id of what it made, for the event that tells of it. */
  madeId?(this: void, outcome: Outcome): string;
}

/** The rules of one kind of relay job. What its performer works with follows from them (`PerformerContext`). */
export interface RelayJob<
  Input = unknown,
  Outcome = unknown,
  Tenant extends TenantRule = TenantRule,
  A extends Access = Access,
  First extends ManagementCall = ManagementCall,
> extends Rules<Outcome> {
  tenant: Tenant;
  access: A;
  /**
   * The call that a first try begins with. The job waits for its turn at the bucket that this call is paid from, and gets the slot with
   * its turn; a slot that a later try has no use for is lost.
   */
  firstCall: First;
  /** Types only; never set. */
  readonly types?: { input: Input; outcome: Outcome };
}

/** Declares a relay job: `relayJob<Input, Outcome>()({ … })`. (In two calls, because TypeScript infers all type arguments or none.) */
export const relayJob =
  <Input, Outcome>() =>
  <const A extends Access, const Tenant extends TenantRuleOf<A>, const First extends CallOf<A>>(
    rules: Rules<Outcome> & { tenant: Tenant; access: A; firstCall: First },
  ): RelayJob<Input, Outcome, Tenant, A, First> =>
    rules;

/** The endpoint group whose slot is taken before the job is. */
export const firstGroupOf = ({ firstCall }: Pick<RelayJob, 'firstCall'>): EndpointGroup =>
  callGroups[firstCall];

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
