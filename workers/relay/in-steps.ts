/**
 * Does a relay job that has steps: all of them, or none. Each is remembered as it begins and as it is done, so that any worker goes on
 * where the last one was; one that was begun and is not known to be done looks before it does anything. When a step fails for good,
 * what was done is undone, last first, and only then does the job end (docs/decisions/0010).
 */
import { ManagementFailure } from '../../src/auth0/errors.ts';
import { Problem } from '../../src/problem.ts';
import { isRedisAway } from '../../src/redis/connections.ts';
import type { JobSteps } from '../../src/relay/job-steps.ts';
import { passes, toProblem, toTriedAgain } from '../failures.ts';

export interface Step<Made> {
  name: string;
  /**
   * @param made by the steps before
   * @param again an earlier try began this one, and nobody knows how far it came
   */
  perform: (made: Made, again: boolean) => Promise<Partial<Made>>;
  /** Takes away what it made or may have made; finding nothing is right. */
  undo?: () => Promise<void>;
}

/** What passes by itself is tried so often before it counts as having failed for good. */
const TRIES = 5;

/** Somebody else gave the job up meanwhile. */
class GivenUp extends Error {}

/** @throws Problem why it was undone; ManagementFailure for what is to be tried again */
export async function performOrUndo<Made extends object>(
  jobSteps: JobSteps,
  jobId: string,
  steps: readonly Step<Made>[],
): Promise<Made> {
  const { phase } = await jobSteps.open(jobId);
  if (phase === 'doing' || phase === 'done') {
    try {
      return await goThrough(jobSteps, jobId, steps);
    } catch (error) {
      if (isRedisAway(error)) throw error;
      if (passes(error) && (await jobSteps.countFailure(jobId)) < TRIES) throw toTriedAgain(error);
      // Nothing is left of it then, so nothing is in doubt.
      const problem = passes(error) ? ({ code: 'upstream_unavailable' } as const) : toProblem(error);
      if (!(error instanceof GivenUp)) await jobSteps.giveUp(jobId, problem);
    }
  }
  const { problem } = await jobSteps.open(jobId);
  await undoSteps(jobSteps, jobId, steps, 'begun').catch((error: unknown) => {
    throw toTriedAgain(error);
  });
  const { code = 'internal_error', detail, refusal } = problem ?? {};
  throw Problem.of(code, { detail, cause: refusal && new ManagementFailure('refused', refusal) });
}

/** Those that are not done yet. @throws whatever a step throws, and goes on from there the next time */
export async function goThrough<Made extends object>(
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

/** @param which of them: `all` for what nobody remembers any more */
export async function undoSteps<Made extends object>(
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
