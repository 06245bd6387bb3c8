/** Shared by API and workers: the rules of each kind of relay job, and how a job ended. */
import { callGroups, type ManagementCall } from '../auth0/call-groups.ts';
import type { AuthorityRefusal } from '../auth0/refusal.ts';
import type { EndpointGroup } from '../plans.ts';
import type { ProblemCode } from '../problem.ts';
import type { Access, CallOf } from './access.ts';

/** Whether a tenant's state decides if its job is started. */
export type TenantRule =
  /** A tenant's job, which is not started once the tenant is suspended or deleted. */
  | 'active'
  /** A tenant's job that runs in any state of the tenant: it removes something, or shows users their own data. */
  | 'any'
  /** A job without a tenant: the operator's, or that of an app that registers. */
  | 'none';

/** Jobs on a tenant's users, by these users, or with the tenant's keys always belong to a tenant. */
type TenantRuleOf<A extends Access> = A extends 'tenant-users' | 'own-consents' | 'api-keys'
  ? Exclude<TenantRule, 'none'>
  : TenantRule;

interface Rules<Outcome> {
  /** Name of its BullMQ jobs. */
  name: string;
  /**
   * What a worker does about a call that another worker may have made already:
   * `idempotent`: repeat it; `checkable`: check first, then decide; `once`: never repeat it, the outcome is `unknown`.
   */
  repeat: 'idempotent' | 'checkable' | 'once';
  /**
   * Version of its input and of what its performer does, if it is not the first: workers of a release that has an older one leave the job to
   * others. Raised with each change that the release before would misread.
   */
  format?: number;
  /** Most attempts while Auth0 is failing. */
  attempts: number;
  /** How long its outcome is kept, ms. */
  keepMs: number;
  /** The outcome holds a secret: it is deleted once it was shown. */
  shownOnce?: true;
  /** It changes nothing: identical concurrent requests share it, and it is cancelled when their callers have disconnected. */
  isRead?: true;
  /** It changes what its subject may do: if its outcome is unknown, the user's existing tokens are revoked. */
  altersAccess?: true;
  /** Its performer records the event of its success with the last change, because another job or the upkeep may make that one. */
  recordsSuccess?: true;
  /** The id of what it created, for its event. */
  createdId?(this: void, outcome: Outcome): string;
}

/** The rules of one kind of relay job. They determine what its performer can access (`PerformerContext`). */
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
   * The first call of a first attempt. The job waits for its turn in the bucket that pays for this call, and gets the slot with its turn; a
   * slot that a later attempt does not need is lost.
   */
  firstCall: First;
  /** Types only; never set. */
  readonly types?: { input: Input; outcome: Outcome };
}

/** Declares a relay job: `relayJob<Input, Outcome>()({ … })`. (Two calls, because TypeScript infers all type arguments or none.) */
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
  /** As in `Problem`: the scopes that the caller lacks. */
  scopes?: string[];
  retryAfterSeconds?: number;
  /** Why Auth0 refused the call: for the operator only. */
  refusal?: AuthorityRefusal;
}

export const TEN_MINUTES_MS = 600_000;
export const A_DAY_MS = 86_400_000;
/** Longest wait of a job; then its record expires, ended or not. */
export const RECORD_KEEP_MS = 7 * A_DAY_MS;
/**
 * A job that changes something is executed only after the API has confirmed, within this time by Redis' clock, that it knows of the stored
 * record. As long as a command may take: an API process without a reply by then asks again, and gets a definite answer.
 */
export const RELEASE_MS = 5_000;
