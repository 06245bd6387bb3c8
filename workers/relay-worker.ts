/** Takes relay jobs off the queue, performs them, and stores how they ended. */
import { setMaxListeners } from 'node:events';
import { DelayedError, WaitingError, type Job, type Queue } from 'bullmq';
import type { Redis } from 'ioredis';
import { isRedisAway } from '../src/redis/connections.ts';
import type { Outages } from '../src/redis/outage.ts';
import type { RelayTicket } from '../src/redis/queues.ts';
import { findRedisTrouble } from '../src/redis/trouble.ts';
import type { DeadLetters } from '../src/relay/dead-letters.ts';
import { retryDelayMs } from '../src/relay/fair-queue/add-ticket.ts';
import type { FairQueue, Ticket } from '../src/relay/fair-queue/fair-queue.ts';
import { isKnown, type JobRecord } from '../src/relay/job-records.ts';
import { relayJobs, rulesOf } from '../src/relay/jobs/index.ts';
import { firstGroupOf, type Ended, type RelayProblem } from '../src/relay/relay-job.ts';
import { presentRefusal } from '../src/auth0/refusal.ts';
import { deadLetterReason, isRetried, toProblem } from './failures.ts';
import { Cancelled, JobAttempt, type AttemptParts, type TenantAhead } from './job-attempt.ts';
import type { JobTurn, SlotScheduler } from './slot-scheduler.ts';
import { startTicketRepair } from './ticket-repair.ts';
import { WatchedWorker, workerOptions } from './watched-worker.ts';

interface Parts extends AttemptParts {
  connection: Redis;
  queue: Queue<RelayTicket>;
  deadLetters: DeadLetters;
  fairQueue: FairQueue;
  scheduler: SlotScheduler;
  distrustUser: (userId: string, tenantId: string) => Promise<void>;
  concurrency: number;
  /** Time until another worker takes over the job of a worker that died, ms. */
  lockMs: number;
  outages: Outages;
}

/** A worker's crash does not fail a job: each job declares whether it may be repeated (BullMQ's default fails it). */
const MAX_STALLED = 1_000;
/** A job whose workers died this often is assumed to kill them. */
const MAX_CRASHES = 5;
/** When a job of a newer release is offered again, to any worker. Long, because each offer costs a slot of the budget. */
const UNKNOWN_JOB_MS = 15_000;
/** By job name on the queue: the endpoint group of the job's first call. */
const firstCalls = new Map(Object.values(relayJobs).map((job) => [job.name, firstGroupOf(job)]));

/** This worker stops before the job has sent a call: the ticket goes to another worker immediately. */
class Stopping extends Error {}
/** The job waits for a retry, for which its ticket is redelivered. */
class RetryLater extends Error {
  readonly delayMs: number;
  constructor(delayMs: number) {
    super();
    this.delayMs = delayMs;
  }
}

export class RelayWorker {
  readonly #parts: Parts;
  readonly #stopping = new AbortController();
  readonly #worker: WatchedWorker<RelayTicket>;
  readonly #stopRepair: () => void;
  #hasMetUnknown = false;

  constructor(parts: Parts) {
    this.#parts = parts;
    const { connection, queue, fairQueue, scheduler, concurrency, lockMs, outages, log } = parts;
    // Each waiting job adds a listener; Node warns above ten.
    setMaxListeners(concurrency, this.#stopping.signal);
    const options = workerOptions({ connection, concurrency, lockMs, maxStalled: MAX_STALLED });
    const work = (job: Job<RelayTicket>, token: string) => this.#work(job, token);
    this.#worker = new WatchedWorker({ queue, work, options, outages, log });
    this.#stopRepair = startTicketRepair({ queue, fairQueue, scheduler, count: concurrency, log });
  }

  waitUntilReady(): Promise<unknown> {
    return this.#worker.waitUntilReady();
  }

  close(): Promise<void> {
    this.#stopRepair();
    this.#stopping.abort(new Stopping());
    return this.#worker.close();
  }

  /** Each ticket is the right to take the next job: with a backlog seldom the one that it was added with. */
  async #work(job: Job<RelayTicket>, token: string): Promise<void> {
    const { id: jobId, tenantId } = job.data;
    const { id = '', stalledCounter: stalls, attemptsStarted } = job;
    // Prefetch what is nearly always needed.
    const tenant = tenantId === undefined ? undefined : this.#parts.readTenant(tenantId);
    // Awaited later, if at all: must not count as an unhandled rejection.
    tenant?.catch(() => undefined);
    const ahead = { tenantId, tenant, askedAt: performance.now() };
    try {
      await this.#useTicket({ id, jobId, stalls, isFresh: attemptsStarted === 1 }, job.name, ahead);
    } catch (error) {
      if (error instanceof Stopping) {
        await job.moveToWait(token);
        throw new WaitingError();
      }
      // BullMQ would discard the ticket, and its job would be stuck.
      if (error instanceof RetryLater || isRedisAway(error)) {
        const delayMs = error instanceof RetryLater ? error.delayMs : 0;
        await this.#whenTaken(() => job.moveToDelayed(Date.now() + delayMs, token));
        throw new DelayedError();
      }
      throw error;
    }
  }

  /** @throws what makes BullMQ redeliver the ticket */
  async #useTicket(ticket: Ticket, jobName: string, ahead: TenantAhead): Promise<void> {
    const { scheduler, records, fairQueue } = this.#parts;
    const { turn, settle } = await scheduler.nextJob(ticket, firstCalls.get(jobName), this.#stopping.signal);
    // Ended by a worker that died before it could publish the event.
    if (settle !== undefined) await records.settle(settle);
    if (!turn) return;
    try {
      await this.#tryJob(ticket, turn, ahead);
      // Not awaited: if the ticket is redelivered without this, it takes another job.
      void fairQueue.endTurn(turn.id, ticket).catch(() => undefined);
    } finally {
      turn.end();
    }
  }

  /** @throws RetryLater */
  async #leaveToOthers(ticket: Ticket, { id }: JobTurn): Promise<never> {
    const { fairQueue, log } = this.#parts;
    await fairQueue.giveBack(id, ticket, UNKNOWN_JOB_MS);
    if (!this.#hasMetUnknown)
      log.warn(
        { job: id },
        'a newer release made jobs that this worker leaves to newer ones (docs/upgrading.md)',
      );
    this.#hasMetUnknown = true;
    throw new RetryLater(UNKNOWN_JOB_MS);
  }

  async #tryJob(ticket: Ticket, turn: JobTurn, ahead: TenantAhead): Promise<void> {
    const { records, fairQueue, log } = this.#parts;
    if (!isKnown(turn.fields)) return this.#leaveToOthers(ticket, turn);
    const { record, input } = records.open(turn.id, turn.fields);
    const { id, operationId, tenantId, failures, requestId, sent } = record;
    const rules = rulesOf(operationId);
    const tries = failures + 1;
    const line = {
      request_id: requestId,
      job: id,
      operation: operationId,
      tenant_id: tenantId,
      attempt: tries,
    };
    if (sent && rules.repeat === 'once') return this.#end(record, { problem: { code: 'outcome_unknown' } });
    if (record.crashes >= MAX_CRASHES) {
      log.error(line, 'relay job failed: its workers died repeatedly');
      const problem: RelayProblem = { code: sent ? 'outcome_unknown' : 'internal_error' };
      await this.#doubt(record, problem);
      return this.#parts.deadLetters.add(record, 'kills_workers', problem);
    }
    try {
      const attempt = new JobAttempt(this.#parts, record, turn, ahead, this.#stopping.signal);
      const outcome = await attempt.perform(input);
      await this.#end(record, { outcome });
      log.info(line, 'relay job succeeded');
    } catch (error) {
      if (error instanceof Cancelled) return;
      if (error instanceof Stopping || isRedisAway(error)) throw error;
      if (isRetried(error, rules.repeat) && tries < rules.attempts) {
        // Transient failures are retried with exponential backoff.
        const delayMs = retryDelayMs(failures);
        await fairQueue.retry(id, ticket, delayMs);
        throw new RetryLater(delayMs);
      }
      return this.#fail(record, error, line);
    }
  }

  async #fail(record: JobRecord, error: unknown, line: object): Promise<void> {
    const problem = toProblem(error, record);
    await this.#doubt(record, problem);
    const reason = deadLetterReason(problem);
    const { code, refusal } = problem;
    const authority = refusal && { authority: presentRefusal(refusal) };
    const fields = { ...line, problem: code, ...authority, err: error };
    this.#parts.log[reason ? 'error' : 'info'](fields, 'relay job failed');
    if (reason) await this.#parts.deadLetters.add(record, reason, problem);
    else await this.#end(record, { problem });
  }

  /** Retries until Redis has stored the end of a job: a repetition of the job could not tell its outcome. */
  async #end(record: JobRecord, ended: Ended<unknown>): Promise<void> {
    const { records } = this.#parts;
    const { keepMs } = rulesOf(record.operationId);
    const { refused } = await this.#whenTaken(() => records.end(record, ended, keepMs));
    // An earlier attempt may have stored the end without publishing its event.
    if (refused > 0) await records.settle(record.id);
  }

  /** Whether its subject lost permissions is unknown: existing tokens are revoked, and a new token has the actual ones. */
  async #doubt({ operationId, subject, tenantId }: JobRecord, { code }: RelayProblem): Promise<void> {
    const { altersAccess } = rulesOf(operationId);
    if (altersAccess && subject !== undefined && tenantId !== undefined && code === 'outcome_unknown')
      await this.#parts.distrustUser(subject, tenantId);
  }

  /** Retries as long as Redis refuses the write (`RedisTrouble`). @returns also the number of refusals */
  async #whenTaken<T>(write: () => Promise<T>): Promise<{ result: T; refused: number }> {
    const { outages } = this.#parts;
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
}
