/**
 * Progress of a relay job that has steps: which were begun, which are done, and their results. A worker that takes the job over continues
 * from there, and `GET /v1/jobs/{job_id}` shows it. Results are sealed, and expire before the rest.
 */
import type { Redis } from 'ioredis';
import { parseJson } from '../json.ts';
import { fieldsOf } from '../redis/hash.ts';
import { keys } from '../redis/keys.ts';
import { defineScript, replyOf } from '../redis/scripts.ts';
import type { Seal } from '../secrets/seal.ts';
import { A_DAY_MS, type RelayProblem } from './relay-job.ts';

/** `doing`: executing the steps; `undoing`: rolling back after a permanent failure; `undone`; `done`. */
export type Phase = 'doing' | 'undoing' | 'undone' | 'done';
export type StepStatus = 'begun' | 'done' | 'undone';

export interface Standing {
  phase: Phase;
  /** Why they are rolled back. */
  problem: RelayProblem | undefined;
  /** A step without a status has not begun. */
  statuses: Map<string, StepStatus>;
}

export interface JobSteps {
  read(jobId: string): Promise<Standing | undefined>;
  /** Starts the job, or restarts an undone one; otherwise continues. */
  open(jobId: string): Promise<Standing>;
  /** Results of the steps that are done. */
  results(jobId: string): Promise<object>;
  /** @returns false when the phase is no longer `doing` */
  mark(jobId: string, step: string, status: 'begun' | 'done', result?: object): Promise<boolean>;
  markUndone(jobId: string, step: string): Promise<void>;
  /** @returns number of failures of the job's steps so far */
  countFailure(jobId: string): Promise<number>;
  /** Starts the rollback, unless the job is done. @returns the phase afterwards */
  giveUp(jobId: string, problem: RelayProblem): Promise<Phase>;
  end(jobId: string, phase: 'done' | 'undone'): Promise<void>;
}

/** As long as a job may wait. */
const KEEP_MS = 7 * A_DAY_MS;
/** After its end: the lifetime of its record. */
const ENDED_MS = A_DAY_MS;
/** After its end: in case its worker died before storing how the job ended. */
const RESULTS_MS = 3_600_000;

const changeSteps = defineScript({
  file: new URL('./job-steps.lua', import.meta.url),
  keys: ['steps', 'results'],
  args: ['action', 'step', 'status', 'value', 'keepMs'],
  reply: replyOf<Phase | 0 | 1>,
});

export function createJobSteps(redis: Redis, seal: Seal): JobSteps {
  const place = (id: string, step: string) => `relay:${id}:step:${step}`;
  const change = (
    id: string,
    action: 'open' | 'mark' | 'give-up',
    { step = '', status = '', value = '' } = {},
  ) =>
    changeSteps(redis, {
      steps: keys.relaySteps(id),
      results: keys.relayStepResults(id),
      action,
      step,
      status,
      value,
      keepMs: KEEP_MS,
    });

  async function read(id: string): Promise<Standing | undefined> {
    const hash = await redis.hgetall(keys.relaySteps(id));
    const { phase: _phase, problem, failures: _count, ...statuses } = hash;
    const { phase } = fieldsOf<{ phase?: Phase }>(hash);
    if (!phase) return undefined;
    return {
      phase,
      problem: problem ? parseJson<RelayProblem>(problem) : undefined,
      statuses: new Map(Object.entries(fieldsOf<Record<string, StepStatus>>(statuses))),
    };
  }

  return {
    read,
    async open(id) {
      await change(id, 'open');
      return (await read(id)) ?? { phase: 'doing', problem: undefined, statuses: new Map() };
    },
    async results(id) {
      const sealed = await redis.hgetall(keys.relayStepResults(id));
      const opened = Object.entries(sealed).map(([step, text]) => seal.open<object>(text, place(id, step)));
      return opened.reduce((all, one) => ({ ...all, ...one }), {});
    },
    async mark(id, step, status, result) {
      const value = result === undefined ? '' : seal.seal(result, place(id, step));
      return (await change(id, 'mark', { step, status, value })) === 1;
    },
    markUndone: async (id, step) => void (await redis.hset(keys.relaySteps(id), step, 'undone')),
    countFailure: (id) => redis.hincrby(keys.relaySteps(id), 'failures', 1),
    async giveUp(id, problem) {
      const phase = await change(id, 'give-up', { value: JSON.stringify(problem) });
      return typeof phase === 'string' ? phase : 'undoing';
    },
    async end(id, phase) {
      const writes = redis.multi().hset(keys.relaySteps(id), 'phase', phase);
      writes.pexpire(keys.relaySteps(id), ENDED_MS);
      if (phase === 'undone') writes.del(keys.relayStepResults(id));
      else writes.pexpire(keys.relayStepResults(id), RESULTS_MS);
      await writes.exec();
    },
  };
}
