/** Takes relay jobs off the queue, performs them, stores how they ended. */
import { setMaxListeners } from 'node:events';
import { DelayedError, WaitingError, type Job, type Queue } from 'bullmq';
import type { Redis } from 'ioredis';
import { ManagementFailure, type ManagementFailureKind } from '../src/auth0/errors.ts';
import type { Log } from '../src/log.ts';
import { isRedisAway } from '../src/redis/connections.ts';
import type { Outages } from '../src/redis/outage.ts';
import type { RelayTicket } from '../src/redis/queues.ts';
import { Problem } from '../src/problem.ts';
import { findRedisTrouble } from '../src/redis/trouble.ts';
import type { DeadLetters, DeadReason } from '../src/relay/dead-letters.ts';
import { retryDelayMs } from '../src/relay/fair-queue/add-ticket.ts';
import type { FairQueue, Ticket } from '../src/relay/fair-queue/fair-queue.ts';
import type { JobRecord } from '../src/relay/job-records.ts';
import type { JobStore } from '../src/relay/job-store.ts';
import type { Tenant } from '../src/registry/tenants.ts';
import { relayJobs, rulesOf } from '../src/relay/jobs/index.ts';
import { firstGroupOf, type Ended, type RelayProblem } from '../src/relay/relay-job.ts';
import { presentRefusal } from '../src/auth0/refusal.ts';
import { toProblem } from './relay/failure-problem.ts';
import { performers } from './relay/generated-performers.ts';
import type { MakerCheck } from './check-maker.ts';
import type { PerformerContexts } from './relay/performer-contexts.ts';
import type { Try } from './relay/performer.ts';
import type { JobTurn, SlotScheduler } from './slot-scheduler.ts';
import { startTicketRepair } from './ticket-repair.ts';
import { startWatchedWorker, workerOptions, type WatchedWorker } from './watched-worker.ts';

interface Parts {
  connection: Redis;
  queue: Queue<RelayTicket>;
  records: JobStore;
  deadLetters: DeadLetters;
  fairQueue: FairQueue;
  scheduler: SlotScheduler;
  readTenant: (id: string) => Promise<Tenant | undefined>;
  checkMaker: MakerCheck;
  distrustUser: (userId: string) => Promise<void>;
  contexts: PerformerContexts;
  concurrency: number;
  /** How soon the job of a worker that died is taken up by another one, ms. */
  lockMs: number;
  outages: Outages;
  log: Log;
}

/** A crash of its worker costs a job nothing: each job says itself whether it may be repeated (BullMQ's default fails it). */
const MAX_STALLED = 1_000;
/** A job that was in hand whenever so many workers died is what kills them. */
const MAX_CRASHES = 5;
/** How old what is known of a tenant may be: a suspension holds at once. */
const FRESH_MS = 200;
/** By the name on the queue: the endpoint group of a job's first call. */
const firstCalls = new Map(Object.values(relayJobs).map((job) => [job.name, firstGroupOf(job)]));

/** For whoever writes a performer. */
export const WRONG_FIRST_CALL = 'relay job does not begin with the call that it declares as firstCall';

/** Nobody waits for this read any more, so its call is not made. */
class Cancelled extends Error {}
/** This worker stops, and no call of the job was sent yet: another worker has it at once. */
class Stopping extends Error {}
/** Its job waits for another try; the ticket comes back then. */
class RetryLater extends Error {
  readonly delayMs: number;
  constructor(delayMs: number) {
    super();
    this.delayMs = delayMs;
  }
}

/** Whose context is as its job declares it: the table says so of each (`PerformerContext`). */
type AnyPerformer = (context: unknown, input: unknown, attempt: Try) => Promise<unknown>;

/** What a try has to itself. */
interface Attempt {
  ticket: Ticket;
  turn: JobTurn;
  /** The tenant that the ticket names, which nearly always is that of the job when nothing waits. */
  ahead: { tenantId: string | undefined; tenant: Promise<Tenant | undefined> | undefined; askedAt: number };
}

export function startRelayWorker(parts: Parts): WatchedWorker {
  const { connection, queue, records, deadLetters, fairQueue, scheduler } = parts;
  const { readTenant, checkMaker, distrustUser, contexts, concurrency, lockMs, outages, log } = parts;
  const stopping = new AbortController();
  // Each job that waits for its turn listens; Node warns of eleven.
  setMaxListeners(concurrency, stopping.signal);
  const options = workerOptions({ connection, concurrency, lockMs, maxStalled: MAX_STALLED });
  const worker = startWatchedWorker({ queue, work, options, outages, log });
  const stopRepair = startTicketRepair({ queue, fairQueue, scheduler, count: concurrency, log });
  return {
    ...worker,
    close: () => {
      stopRepair();
      stopping.abort(new Stopping());
      return worker.close();
    },
  };

  /** Each ticket is the right to take one job, whichever is next: seldom the one that it was added with, when many wait. */
  async function work(job: Job<RelayTicket>, token: string): Promise<void> {
    const { id: jobId, tenantId } = job.data;
    const ticket = { id: job.id!, jobId, stalls: job.stalledCounter, isFresh: job.attemptsStarted === 1 };
    // All that is nearly always wanted, in one go.
    const tenant = tenantId === undefined ? undefined : readTenant(tenantId);
    // Asked for later, if at all.
    tenant?.catch(() => undefined);
    const ahead = { tenantId, tenant, askedAt: performance.now() };
    try {
      const earlyMs = 0;
      if (earlyMs > 0) throw new RetryLater(earlyMs);
      const next = await scheduler.nextJob(ticket, firstCalls.get(job.name), stopping.signal);
      // Done by a worker that died before it could say so.
      if (next.settle !== undefined) await records.settle(next.settle);
      if (!next.turn) return;
      await workOn({ ticket, turn: next.turn, ahead });
    } catch (error) {
      if (error instanceof Stopping) {
        await job.moveToWait(token);
        throw new WaitingError();
      }
      // BullMQ would end the ticket for good, and nobody would come for its job.
      if (error instanceof RetryLater || isRedisAway(error)) {
        const delayMs = error instanceof RetryLater ? error.delayMs : 0;
        await whenTaken(() => job.moveToDelayed(Date.now() + delayMs, token));
        throw new DelayedError();
      }
      throw error;
    }
  }

  /** Does it again after each time that Redis did nothing of it (`RedisTrouble`); how often may be told by `refused`. */
  async function whenTaken<T>(write: () => Promise<T>): Promise<{ result: T; refused: number }> {
    for (let refused = 0; ; refused += 1) {
      try {
        return { result: await write(), refused };
      } catch (error) {
        const trouble = findRedisTrouble(error)?.trouble;
        if (trouble === undefined || trouble === 'unanswered') throw error;
        outages.note(error);
        await outages.over();
      }
    }
  }

  async function workOn(attempt: Attempt): Promise<void> {
    const { ticket, turn } = attempt;
    try {
      await tryJob(attempt);
      // Beside the end of the ticket: should it come again without, it takes another job.
      void fairQueue.endTurn(turn.id, ticket).catch(() => undefined);
    } finally {
      turn.end();
    }
  }

  /** @throws what the ticket is put back for */
  async function tryJob(attempt: Attempt): Promise<void> {
    const { record, input } = records.open(attempt.turn.id, attempt.turn.fields);
    const rules = rulesOf(record.operationId);
    const { id, operationId, failures } = record;
    const tries = failures + 1;
    const line = { request_id: record.requestId, job: id, operation: operationId, attempt: tries };
    if (record.sent && rules.repeat === 'once') return end(record, { problem: { code: 'outcome_unknown' } });
    if (record.crashes >= MAX_CRASHES) {
      log.error(line, 'relay job kills its workers');
      return moveToDeadLetter(record, 'kills_workers');
    }
    try {
      const outcome = await perform(record, input, attempt);
      await end(record, { outcome });
      log.info(line, 'relay job succeeded');
    } catch (error) {
      if (error instanceof Cancelled) return;
      if (error instanceof Stopping || isRedisAway(error)) throw error;
      if (passes(error, rules.repeat) && tries < rules.attempts) {
        // Whatever passes by itself is tried again, and waits longer each time.
        const delayMs = retryDelayMs(failures);
        await fairQueue.retry(id, attempt.ticket, delayMs);
        throw new RetryLater(delayMs);
      }
      const problem = problemAfter(error, record.sent);
      await doubt(record, problem);
      const reason = deadLetterReason[problem.code];
      const { code, refusal } = problem;
      const told = { ...line, problem: code, ...(refusal ? { authority: presentRefusal(refusal) } : {}) };
      log[reason ? 'error' : 'info']({ ...told, err: error }, 'relay job failed');
      return reason ? moveToDeadLetter(record, reason, problem) : end(record, { problem });
    }
  }

  async function perform(record: JobRecord, input: unknown, { turn, ahead }: Attempt): Promise<unknown> {
    const { operationId, sent, tenantId, by } = record;
    const rules = rulesOf(operationId);
    if (rules.tenant === 'active' && !sent) await refuseInactive(tenantId, ahead);
    let isFirst = !turn.isStarted;
    const said = { started: turn.isStarted, sent: false };
    async function say(isWrite: boolean): Promise<void> {
      if (isWrite && !said.sent) await checkStanding(record);
      if (!(await records.start(record, { isWrite }))) throw new Cancelled();
      said.started = true;
      said.sent ||= isWrite;
    }
    const context = contexts.of(record, {
      beforeCall: async ({ isWrite }) => {
        if (said.started && (said.sent || !isWrite)) return;
        await say(isWrite);
      },
      // What was begun is brought to its end.
      whileWaiting: () => (said.started ? undefined : stopping.signal),
      account: by && tenantId !== undefined ? { tenantId, ...by } : undefined,
      takeSlot(group, signal) {
        // Its slot was for nothing, each time: a test that calls every operation looks for this line.
        if (isFirst && group !== firstGroupOf(rules))
          log.debug({ operation: operationId, declared: rules.firstCall, called: group }, WRONG_FIRST_CALL);
        isFirst = false;
        return turn.takeSlot(group, signal);
      },
    });
    const performer = performers[operationId] as AnyPerformer;
    return performer(context, input, {
      mayBeDone: sent,
      jobId: record.id,
      checkMaker: () => checkMaker(record),
    });
  }

  /**
   * What was accepted for a tenant and has not begun is not done once the tenant is suspended or gone. What has begun is brought to its
   * end: only so its outcome is known.
   */
  async function refuseInactive(id: string | undefined, ahead: Attempt['ahead']): Promise<void> {
    if (id === undefined) throw new Error('a job of no tenant');
    const isKnown = ahead.tenantId === id && performance.now() - ahead.askedAt < FRESH_MS;
    const tenant = await ((isKnown ? ahead.tenant : undefined) ?? readTenant(id));
    if (tenant?.status !== 'active')
      throw new Problem('tenant_suspended', { internal: 'its tenant is not active' });
  }

  /**
   * What was accepted and has not begun is not done once whoever asked for it may not ask any more (invariant 3). Looked at when its first
   * change is about to be sent: a job may wait for that call's slot for as long as the authority has us wait.
   */
  async function checkStanding(record: JobRecord): Promise<void> {
    if (!record.sent) await checkMaker(record);
  }

  /** What was done at the authority is written down, however long Redis takes none of it: a repeat could not tell. */
  async function end(record: JobRecord, ended: Ended<unknown>): Promise<void> {
    const { keepMs } = rulesOf(record.operationId);
    const { refused } = await whenTaken(() => records.end(record, ended, keepMs));
    // An earlier try may have written the end, and not taken its event further.
    if (refused > 0) await records.settle(record.id);
  }

  /** Whether its subject lost something cannot be known: tokens so far count no more, and a new one says how it is. */
  async function doubt({ operationId, subject }: JobRecord, { code }: RelayProblem): Promise<void> {
    const { altersAccess } = rulesOf(operationId);
    if (altersAccess && subject !== undefined && code === 'outcome_unknown') await distrustUser(subject);
  }

  /** Not its caller's fault, and nothing that passes by itself: kept with its input for the operator. */
  async function moveToDeadLetter(
    record: JobRecord,
    reason: DeadReason,
    problem?: RelayProblem,
  ): Promise<void> {
    const told = problem ?? {
      code: record.sent ? ('outcome_unknown' as const) : ('internal_error' as const),
    };
    if (!problem) await doubt(record, told);
    await deadLetters.add(record, reason, told);
  }
}

function passes(error: unknown, repeat: 'idempotent' | 'checkable' | 'once'): boolean {
  if (!(error instanceof ManagementFailure)) return false;
  return error.kind === 'unavailable' || (error.kind === 'unknown_outcome' && repeat !== 'once');
}

const deadLetterReason: Partial<Record<RelayProblem['code'], DeadReason>> = {
  internal_error: 'failed_inside',
  upstream_refused: 'authority_refused_us',
  not_in_plan: 'not_in_plan',
};

/** What leaves it open what an earlier try did: "nothing was changed" would be more than is known. */
const LEAVES_OPEN = new Set<ManagementFailureKind>(['unavailable', 'rate_limited', 'refused', 'not_in_plan']);

/** @param sent an earlier try sent its call, and nobody knows what came of it */
function problemAfter(error: unknown, sent: boolean): RelayProblem {
  const problem = toProblem(error);
  const isOpen = sent && error instanceof ManagementFailure && LEAVES_OPEN.has(error.kind);
  return isOpen ? { ...problem, code: 'outcome_unknown' } : problem;
}
