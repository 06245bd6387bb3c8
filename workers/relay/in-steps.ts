/**
 * Executes a relay job with steps: all or nothing. The start and end of each step are stored, so that any worker can continue; a step that
 * was started and is not known to be done checks first. After a permanent failure the steps that are done are rolled back in reverse
 * order, and only then does the job end (docs/decisions/0010).
 */
import { ManagementFailure } from '../../src/auth0/errors.ts';
import { Problem } from '../../src/problem.ts';
import { isRedisAway } from '../../src/redis/connections.ts';
import type { JobSteps } from '../../src/relay/job-steps.ts';
import { passes, toProblem, toRetriable } from '../failures.ts';

export interface Step<Made> {
  name: string;
  /**
   * @param made results of the previous steps
   * @param again an earlier attempt has started this step, and its outcome is unknown
   */
  perform: (made: Made, again: boolean) => Promise<Partial<Made>>;
  /** Deletes what the step created or may have created; idempotent. */
  undo?: () => Promise<void>;
}

/** By default, attempts of a job with transient failures before these count as permanent. */
const TRIES = 5;

/** Another worker has started the rollback. */
class GivenUp extends Error {}

/**
 * @param tries transient failures before a rollback; Infinity: what is done stays, and another job may continue it
 * @throws Problem after a rollback; ManagementFailure for a retry
 */
export async function performOrUndo<Made extends object>(
  jobSteps: JobSteps,
  jobId: string,
  steps: readonly Step<Made>[],
  tries = TRIES,
): Promise<Made> {
  const { phase } = await jobSteps.open(jobId);
  if (phase === 'doing' || phase === 'done') {
    try {
      return await executeSteps(jobSteps, jobId, steps);
    } catch (error) {
      if (isRedisAway(error)) throw error;
      if (passes(error) && (await jobSteps.countFailure(jobId)) < tries) throw toRetriable(error);
      // After the rollback nothing is left, so the outcome is not unknown.
      const problem = passes(error) ? ({ code: 'upstream_unavailable' } as const) : toProblem(error);
      if (!(error instanceof GivenUp)) await jobSteps.giveUp(jobId, problem);
    }
  }
  const { problem } = await jobSteps.open(jobId);
  await rollBackSteps(jobSteps, jobId, steps, 'begun').catch((error: unknown) => {
    throw toRetriable(error);
  });
  const { code = 'internal_error', detail, refusal } = problem ?? {};
  throw Problem.of(code, { detail, cause: refusal && new ManagementFailure('refused', refusal) });
}

/** Executes the steps that are not done. @throws the error of a step; the next call continues there */
export async function executeSteps<Made extends object>(
  jobSteps: JobSteps,
  jobId: string,
  steps: readonly Step<Made>[],
): Promise<Made> {
  const { statuses } = await jobSteps.open(jobId);
  let made = (await jobSteps.results(jobId)) as Made;
  for (const { name, perform } of steps) {
    const status = statuses.get(name);
    if (status === 'done') continue;
    if (!(await jobSteps.mark(jobId, name, 'begun'))) throw new GivenUp();
    const result = await perform(made, status === 'begun');
    made = { ...made, ...result };
    if (!(await jobSteps.mark(jobId, name, 'done', result))) throw new GivenUp();
  }
  await jobSteps.end(jobId, 'done');
  return made;
}

/** @param which steps: `all` when their progress is no longer stored */
export async function rollBackSteps<Made extends object>(
  jobSteps: JobSteps,
  jobId: string,
  steps: readonly Step<Made>[],
  which: 'begun' | 'all',
): Promise<void> {
  const statuses = (await jobSteps.read(jobId))?.statuses;
  for (const { name, undo } of steps.toReversed()) {
    if (which === 'begun' && !statuses?.has(name)) continue;
    await undo?.();
    await jobSteps.markUndone(jobId, name);
  }
  await jobSteps.end(jobId, 'undone');
}
