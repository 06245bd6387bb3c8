/** Waits for the end of an import job. */
import type { ImportJob } from '../../../src/auth0/management-users.ts';
import type { Batch } from '../../../src/imports/import-jobs/batches.ts';
import { learnPace, readPace } from '../../../src/imports/import-jobs/import-jobs-store.ts';
import { onFailure } from '../../failures.ts';
import type { ImportJobContext } from './context.ts';
import { firstPollMs, nextPollMs } from './poll-schedule.ts';
import { pause, readWithRetries } from './retries.ts';
import { redisNow } from '../../../src/redis/clock.ts';

/** Timeout, a little more than the two hours after which Auth0 fails a job (Auth0 docs, "Bulk user imports"). */
const TIMEOUT_MS = 2.25 * 3_600_000;
/** Minimum size of a job whose duration is used to estimate the pace. */
const PACE_ROWS = 100;

/** @returns its summary; `unsaid`: completed without one; undefined: it failed, or the authority does not know it any more */
export async function awaitJob(
  context: ImportJobContext,
  batch: Batch,
): Promise<ImportJob['summary'] | 'unsaid' | undefined> {
  const { signal, redis } = context;
  const { rows = 0, sentMs = 0, job } = batch;
  if (job === undefined) return undefined;
  const elapsed = () => redisNow() - sentMs;
  await pause(Math.max(0, firstPollMs(rows, await readPace(redis)) - elapsed()), signal);
  for (;;) {
    const read = () => context.management.getImportJob(job);
    const seen = await readWithRetries(context, read).catch(onFailure('not_found', () => undefined));
    if (!seen || seen.status === 'failed') return undefined;
    if (seen.status === 'completed') {
      if (rows >= PACE_ROWS) await learnPace(redis, rows, elapsed());
      return seen.summary ?? 'unsaid';
    }
    if (elapsed() > TIMEOUT_MS) return undefined;
    await pause(nextPollMs(elapsed(), seen.percentage_done), signal);
  }
}
