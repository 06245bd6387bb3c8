/** Takes relay jobs off the queue, performs them, stores how they ended. */
import { Worker } from 'bullmq';
import type { Job } from 'bullmq';
import type { Redis } from 'ioredis';
import { ManagementFailure } from '../src/auth0/errors.ts';
import type { Log } from '../src/log.ts';
import { Problem } from '../src/problem.ts';
import { QUEUE_PREFIX } from '../src/redis/keys.ts';
import { queueNames } from '../src/redis/queues.ts';
import type { RelayTicket } from '../src/redis/queues.ts';
import type { JobRecord, JobRecords } from '../src/relay/job-records.ts';
import { relayJobs } from '../src/relay/jobs/index.ts';
import type { Ended, RelayProblem } from '../src/relay/relay-job.ts';
import { performers } from './relay/index.ts';
import type { Bench, Performer } from './relay/performer.ts';

interface Parts {
  connection: Redis;
  records: JobRecords;
  bench: Bench;
  concurrency: number;
  log: Log;
}

/** A crash of its worker costs a job nothing: each job says itself whether it may be repeated (BullMQ's default fails it). */
const MAX_STALLED = 1_000;
/** How soon the job of a worker that died is taken up by another one. */
const LOCK_MS = 10_000;

export function startRelayWorker({
  connection,
  records,
  bench,
  concurrency,
  log,
}: Parts): Worker<RelayTicket> {
  const worker = new Worker<RelayTicket>(queueNames.relay, (job) => work(job), {
    connection: connection,
    prefix: QUEUE_PREFIX,
    concurrency,
    maxStalledCount: MAX_STALLED,
    lockDuration: LOCK_MS,
    stalledInterval: LOCK_MS,
  });
  worker.on('error', (err) => log.error({ err }, 'relay worker'));
  return worker;

  async function work(job: Job<RelayTicket>): Promise<void> {
    const record = await records.read(job.data.id);
    if (!record || record.ended) return;
    const rules = relayJobs[record.operationId];
    const { startedBefore } = await records.start(record.id);
    const line = {
      request_id: record.requestId,
      job: record.id,
      operation: record.operationId,
      attempt: job.attemptsMade + 1,
    };
    if (startedBefore && rules.repeat === 'once') {
      await records.end(record.id, { problem: { code: 'outcome_unknown' } }, rules.keepMs);
      return;
    }
    try {
      const outcome = await perform(record, startedBefore);
      await end(record, { outcome });
      log.info(line, 'relay job succeeded');
    } catch (error) {
      const problem = toProblem(error);
      const isLast = job.attemptsMade + 1 >= rules.attempts;
      // Whatever passes by itself is tried again; BullMQ counts the tries and waits longer each time.
      if (error instanceof ManagementFailure && passes(error, rules.repeat) && !isLast) throw error;
      await end(record, { problem });
      log.info({ ...line, problem: problem.code, err: error }, 'relay job failed');
    }
  }

  async function perform(record: JobRecord, mayBeDone: boolean): Promise<unknown> {
    const input = await records.readInput(record.id);
    const performer = performers[record.operationId] as Performer<unknown, unknown>;
    return performer(bench, input, { mayBeDone });
  }

  function end(record: JobRecord, ended: Ended<unknown>): Promise<void> {
    return records.end(record.id, ended, relayJobs[record.operationId].keepMs);
  }
}

function passes({ kind }: ManagementFailure, repeat: 'idempotent' | 'checkable' | 'once'): boolean {
  return kind === 'unavailable' || (kind === 'unknown_outcome' && repeat !== 'once');
}

const problemOf: Record<ManagementFailure['kind'], RelayProblem['code']> = {
  rate_limited: 'upstream_rate_limited',
  not_found: 'not_found',
  conflict: 'user_exists',
  weak_password: 'weak_password',
  invalid: 'invalid_field',
  limit_reached: 'application_limit_reached',
  refused: 'upstream_refused',
  unavailable: 'upstream_unavailable',
  unknown_outcome: 'outcome_unknown',
};

function toProblem(error: unknown): RelayProblem {
  if (error instanceof Problem)
    return { code: error.code, ...(error.parts.detail ? { detail: error.parts.detail } : {}) };
  if (!(error instanceof ManagementFailure)) return { code: 'internal_error' };
  const { kind, retryAfterMs } = error;
  return {
    code: problemOf[kind],
    ...(retryAfterMs === undefined ? {} : { retryAfterSeconds: Math.ceil(retryAfterMs / 1000) }),
  };
}
