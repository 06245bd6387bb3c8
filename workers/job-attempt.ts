/** One attempt of a relay job: the context of its performer, and the checks before its calls are sent. */
import { Problem } from '../src/problem.ts';
import type { Log } from '../src/log.ts';
import type { EndpointGroup } from '../src/plans.ts';
import type { JobRecord } from '../src/relay/job-records.ts';
import type { JobStore } from '../src/relay/job-store.ts';
import type { Tenant } from '../src/registry/tenants.ts';
import { rulesOf } from '../src/relay/jobs/index.ts';
import { firstGroupOf, type RelayJob } from '../src/relay/relay-job.ts';
import type { MakerCheck } from './check-maker.ts';
import { performers } from './relay/generated-performers.ts';
import type { PerformerContexts } from './relay/performer-contexts.ts';
import type { Try } from './relay/performer.ts';
import type { JobTurn } from './slot-scheduler.ts';

export interface AttemptParts {
  records: JobStore;
  readTenant: (id: string) => Promise<Tenant | undefined>;
  checkMaker: MakerCheck;
  contexts: PerformerContexts;
  log: Log;
}

/** Prefetched tenant of the ticket, which is nearly always the job's tenant when there is no backlog. */
export interface TenantAhead {
  tenantId: string | undefined;
  tenant: Promise<Tenant | undefined> | undefined;
  askedAt: number;
}

/** Maximum age of the prefetched tenant: a suspension takes effect immediately. */
const FRESH_MS = 200;

/** Log text for developers of performers. */
export const WRONG_FIRST_CALL = 'relay job does not begin with the call that it declares as firstCall';

/** The read was cancelled, so its call is not made. */
export class Cancelled extends Error {}

/** A performer without its types; the table guarantees that it gets the context that its job declares (`PerformerContext`). */
type AnyPerformer = (context: unknown, input: unknown, attempt: Try) => Promise<unknown>;

export class JobAttempt {
  readonly #parts: AttemptParts;
  readonly #record: JobRecord;
  readonly #rules: RelayJob;
  readonly #turn: JobTurn;
  readonly #ahead: TenantAhead;
  readonly #stopping: AbortSignal;
  #isStarted: boolean;
  /** Whether this attempt has sent a call. */
  #isSent = false;
  #isFirstSlot: boolean;

  /** @param stopping aborts when the worker stops: jobs that have not started are given back */
  constructor(
    parts: AttemptParts,
    record: JobRecord,
    turn: JobTurn,
    ahead: TenantAhead,
    stopping: AbortSignal,
  ) {
    this.#parts = parts;
    this.#record = record;
    this.#rules = rulesOf(record.operationId);
    this.#turn = turn;
    this.#ahead = ahead;
    this.#stopping = stopping;
    this.#isStarted = turn.isStarted;
    this.#isFirstSlot = !turn.isStarted;
  }

  /** @throws Cancelled, the reason of `stopping`, Problem, ManagementFailure */
  async perform(input: unknown): Promise<unknown> {
    const { id, operationId, sent, tenantId, by, event } = this.#record;
    const { contexts, checkMaker } = this.#parts;
    if (this.#rules.tenant === 'active' && !sent) await this.#refuseInactive();
    const context = contexts.of(this.#record, {
      beforeCall: ({ isWrite }) => this.#beforeCall(isWrite),
      // A started job is finished.
      whileWaiting: () => (this.#isStarted ? undefined : this.#stopping),
      account: by && tenantId !== undefined ? { tenantId, ...by } : undefined,
      takeSlot: (group, signal) => this.#takeSlot(group, signal),
    });
    const performer = performers[operationId] as AnyPerformer;
    return performer(context, input, {
      mayHaveRun: sent,
      jobId: id,
      event,
      checkMaker: () => checkMaker(this.#record),
    });
  }

  async #beforeCall(isWrite: boolean): Promise<void> {
    if (this.#isStarted && (this.#isSent || !isWrite)) return;
    if (isWrite && !this.#isSent) await this.#checkStanding();
    if (!(await this.#parts.records.start(this.#record, { isWrite }))) throw new Cancelled();
    this.#isStarted = true;
    this.#isSent ||= isWrite;
  }

  #takeSlot(group: EndpointGroup, signal: AbortSignal | undefined): Promise<void> {
    // Its slot is wasted, every time; a test that calls every operation fails on this line.
    if (this.#isFirstSlot && group !== firstGroupOf(this.#rules))
      this.#parts.log.debug(
        { operation: this.#record.operationId, declared: this.#rules.firstCall, called: group },
        WRONG_FIRST_CALL,
      );
    this.#isFirstSlot = false;
    return this.#turn.takeSlot(group, signal);
  }

  /**
   * A tenant's job that has not started is refused once the tenant is suspended or deleted. A started job is finished: otherwise its
   * outcome would be unknown.
   */
  async #refuseInactive(): Promise<void> {
    const { tenantId: id } = this.#record;
    if (id === undefined) throw new Error('a job of no tenant');
    const { tenantId, tenant: asked, askedAt } = this.#ahead;
    const isKnown = tenantId === id && performance.now() - askedAt < FRESH_MS;
    const tenant = await ((isKnown ? asked : undefined) ?? this.#parts.readTenant(id));
    if (tenant?.status !== 'active')
      throw new Problem('tenant_suspended', { internal: 'its tenant is not active' });
  }

  /**
   * A job that has not started is refused once its requester is no longer authorized (invariant 3). Checked right before the first change
   * is sent: a job may wait for that call's slot for a long time.
   */
  async #checkStanding(): Promise<void> {
    if (!this.#record.sent) await this.#parts.checkMaker(this.#record);
  }
}
