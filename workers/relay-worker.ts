/** Takes relay jobs off the queue, performs them, stores how they ended. */
import type { Job, Queue } from 'bullmq';
import type { Redis } from 'ioredis';
import { ManagementFailure } from '../src/auth0/errors.ts';
import type { Log } from '../src/log.ts';
import { Problem } from '../src/problem.ts';
import { isRedisAway } from '../src/redis/connections.ts';
import { QUEUE_PREFIX } from '../src/redis/keys.ts';
import type { RelayTicket } from '../src/redis/queues.ts';
import type { DeadLetters, DeadReason } from '../src/relay/dead-letters.ts';
import type { JobRecord, JobRecords } from '../src/relay/job-records.ts';
import { relayJobs } from '../src/relay/jobs/index.ts';
import type { Ended, RelayProblem } from '../src/relay/relay-job.ts';
import { performers } from './relay/index.ts';
import type { Bench, Performer } from './relay/performer.ts';
import { startWatchedWorker } from './watched-worker.ts';
import type { WatchedWorker } from './watched-worker.ts';

interface Parts {
  connection: Redis;
  queue: Queue<RelayTicket>;
  records: JobRecords;
  deadLetters: DeadLetters;
  /** What performers work with. `beforeCall` runs just before each call to the authority. */
  benchFor: (beforeCall: (call: { isWrite: boolean }) => Promise<void>) => Bench;
  concurrency: number;
  log: Log;
}

/** A crash of its worker costs a job nothing: each job says itself whether it may be repeated (BullMQ's default fails it). */
const MAX_STALLED = 1_000;
/** A job that was in hand whenever so many workers died is what kills them. */
const MAX_CRASHES = 5;
/** How soon the job of a worker that died is taken up by another one. */
const LOCK_MS = 10_000;

/** Nobody waits for this read any more, so its call is not made. */
class Cancelled extends Error {}

export function startRelayWorker(parts: Parts): WatchedWorker {
  const { connection, queue, records, deadLetters, benchFor, concurrency, log } = parts;
  const options = {
    connection,
    prefix: QUEUE_PREFIX,
    concurrency,
    maxStalledCount: MAX_STALLED,
    lockDuration: LOCK_MS,
    stalledInterval: LOCK_MS,
  };
  return startWatchedWorker({ queue, work, options, log });

  async function work(job: Job<RelayTicket>): Promise<void> {
    const found = await records.readWork(job.data.id);
    // Cancelled, or done by a worker that died before it could say so.
    if (!found || found.record.ended) return;
    const { record, input } = found;
    const rules = relayJobs[record.operationId];
    const { id, operationId } = record;
    const attempt = job.attemptsMade + 1;
    const line = { request_id: record.requestId, job: id, operation: operationId, attempt };
    if (record.sent && rules.repeat === 'once') return end(record, { problem: { code: 'outcome_unknown' } });
    if (job.attemptsStarted - job.attemptsMade > MAX_CRASHES) {
      log.error(line, 'relay job kills its workers');
      return bury(record, 'kills_workers');
    }
    try {
      const outcome = await perform(record, input);
      await end(record, { outcome });
      log.info(line, 'relay job succeeded');
    } catch (error) {
      if (error instanceof Cancelled) return;
      // Whatever passes by itself is tried again; BullMQ counts the tries and waits longer each time.
      if (isRedisAway(error) || (passes(error, rules.repeat) && attempt < rules.attempts)) throw error;
      const problem = toProblem(error, record.sent);
      const reason = deadly[problem.code];
      log[reason ? 'error' : 'info']({ ...line, problem: problem.code, err: error }, 'relay job failed');
      return reason ? bury(record, reason, problem) : end(record, { problem });
    }
  }

  async function perform({ id, operationId, sent }: JobRecord, input: unknown): Promise<unknown> {
    const said = { started: false, sent: false };
    const bench = benchFor(async ({ isWrite }) => {
      if (said.started && (said.sent || !isWrite)) return;
      if (!(await records.start(id, { isWrite }))) throw new Cancelled();
      said.started = true;
      said.sent ||= isWrite;
    });
    const performer = performers[operationId] as Performer<unknown, unknown>;
    return performer(bench, input, { mayBeDone: sent, jobId: id });
  }

  function end(record: JobRecord, ended: Ended<unknown>): Promise<void> {
    return records.end(record, ended, relayJobs[record.operationId].keepMs);
  }

  /** Not its caller's fault, and nothing that passes by itself: kept with its input for the operator. */
  async function bury(record: JobRecord, reason: DeadReason, problem?: RelayProblem): Promise<void> {
    const told = problem ?? {
      code: record.sent ? ('outcome_unknown' as const) : ('internal_error' as const),
    };
    await deadLetters.add(record, reason, told);
  }
}

function passes(error: unknown, repeat: 'idempotent' | 'checkable' | 'once'): boolean {
  if (!(error instanceof ManagementFailure)) return false;
  return error.kind === 'unavailable' || (error.kind === 'unknown_outcome' && repeat !== 'once');
}

const deadly: Partial<Record<RelayProblem['code'], DeadReason>> = {
  internal_error: 'failed_inside',
  upstream_refused: 'authority_refused_us',
};

const problemOf: Record<ManagementFailure['kind'], RelayProblem['code']> = {
  rate_limited: 'upstream_rate_limited',
  import_jobs_busy: 'upstream_rate_limited',
  not_found: 'not_found',
  conflict: 'user_exists',
  weak_password: 'weak_password',
  invalid: 'invalid_field',
  limit_reached: 'application_limit_reached',
  refused: 'upstream_refused',
  unavailable: 'upstream_unavailable',
  unknown_outcome: 'outcome_unknown',
};

/** @param sent an earlier try sent its call, and nobody knows what came of it */
function toProblem(error: unknown, sent: boolean): RelayProblem {
  if (error instanceof Problem)
    return { code: error.code, ...(error.parts.detail ? { detail: error.parts.detail } : {}) };
  if (!(error instanceof ManagementFailure)) return { code: 'internal_error' };
  const { kind, retryAfterMs } = error;
  // "Nothing was changed" would be more than is known.
  if (sent && (kind === 'unavailable' || kind === 'rate_limited')) return { code: 'outcome_unknown' };
  return {
    code: problemOf[kind],
    ...(retryAfterMs === undefined ? {} : { retryAfterSeconds: Math.ceil(retryAfterMs / 1000) }),
  };
}
