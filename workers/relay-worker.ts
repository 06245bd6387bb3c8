/** Takes relay jobs off the queue, performs them, stores how they ended. */
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
import type { JobRecord } from '../src/relay/job-records.ts';
import { relayJobs, rulesOf } from '../src/relay/jobs/index.ts';
import { firstGroupOf, type Ended, type RelayProblem } from '../src/relay/relay-job.ts';
import { presentRefusal } from '../src/auth0/refusal.ts';
import { deadLetterReason, isTriedAgain, toProblem } from './failures.ts';
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
  distrustUser: (userId: string) => Promise<void>;
  concurrency: number;
  /** How soon the job of a worker that died is taken up by another one, ms. */
  lockMs: number;
  outages: Outages;
}

/** A crash of its worker costs a job nothing: each job says itself whether it may be repeated (BullMQ's default fails it). */
const MAX_STALLED = 1_000;
/** A job that was in hand whenever so many workers died is what kills them. */
const MAX_CRASHES = 5;
/** By the name on the queue: the endpoint group of a job's first call. */
const firstCalls = new Map(Object.values(relayJobs).map((job) => [job.name, firstGroupOf(job)]));

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

export class RelayWorker {
  readonly #parts: Parts;
  readonly #stopping = new AbortController();
  readonly #worker: WatchedWorker<RelayTicket>;
  readonly #stopRepair: () => void;

  constructor(parts: Parts) {
    this.#parts = parts;
    const { connection, queue, fairQueue, scheduler, concurrency, lockMs, outages, log } = parts;
    // Each job that waits for its turn listens; Node warns of eleven.
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

  /** Each ticket is the right to take one job, whichever is next: seldom the one that it was added with, when many wait. */
  async #work(job: Job<RelayTicket>, token: string): Promise<void> {
    const { id: jobId, tenantId } = job.data;
    const { id = '', stalledCounter: stalls, attemptsStarted } = job;
    // All that is nearly always wanted, in one go.
    const tenant = tenantId === undefined ? undefined : this.#parts.readTenant(tenantId);
    // Asked for later, if at all.
    tenant?.catch(() => undefined);
    const ahead = { tenantId, tenant, askedAt: performance.now() };
    try {
      await this.#useTicket({ id, jobId, stalls, isFresh: attemptsStarted === 1 }, job.name, ahead);
    } catch (error) {
      if (error instanceof Stopping) {
        await job.moveToWait(token);
        throw new WaitingError();
      }
      // BullMQ would end the ticket for good, and nobody would come for its job.
      if (error instanceof RetryLater || isRedisAway(error)) {
        const delayMs = error instanceof RetryLater ? error.delayMs : 0;
        await this.#whenTaken(() => job.moveToDelayed(Date.now() + delayMs, token));
        throw new DelayedError();
      }
      throw error;
    }
  }

  /** @throws what the ticket is put back for */
  async #useTicket(ticket: Ticket, jobName: string, ahead: TenantAhead): Promise<void> {
    const { scheduler, records, fairQueue } = this.#parts;
    const { turn, settle } = await scheduler.nextJob(ticket, firstCalls.get(jobName), this.#stopping.signal);
    // Done by a worker that died before it could say so.
    if (settle !== undefined) await records.settle(settle);
    if (!turn) return;
    try {
      await this.#tryJob(ticket, turn, ahead);
      // Beside the end of the ticket: should it come again without, it takes another job.
      void fairQueue.endTurn(turn.id, ticket).catch(() => undefined);
    } finally {
      turn.end();
    }
  }

  async #tryJob(ticket: Ticket, turn: JobTurn, ahead: TenantAhead): Promise<void> {
    const { records, fairQueue, log } = this.#parts;
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
      log.error(line, 'relay job kills its workers');
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
      if (isTriedAgain(error, rules.repeat) && tries < rules.attempts) {
        // Whatever passes by itself is tried again, and waits longer each time.
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

  /** What was done at the authority is written down, however long Redis takes none of it: a repeat could not tell. */
  async #end(record: JobRecord, ended: Ended<unknown>): Promise<void> {
    const { records } = this.#parts;
    const { keepMs } = rulesOf(record.operationId);
    const { refused } = await this.#whenTaken(() => records.end(record, ended, keepMs));
    // An earlier try may have written the end, and not taken its event further.
    if (refused > 0) await records.settle(record.id);
  }

  /** Whether its subject lost something cannot be known: tokens so far count no more, and a new one says how it is. */
  async #doubt({ operationId, subject }: JobRecord, { code }: RelayProblem): Promise<void> {
    const { altersAccess } = rulesOf(operationId);
    if (altersAccess && subject !== undefined && code === 'outcome_unknown')
      await this.#parts.distrustUser(subject);
  }

  /** Does it again after each time that Redis did nothing of it (`RedisTrouble`); how often is said by `refused`. */
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
