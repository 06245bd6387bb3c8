/** Waits for an import job's end. */
import type { ImportJob } from '../../../src/auth0/management-users.ts';
import type { Batch } from '../../../src/imports/import-jobs/batches.ts';
import { learnPace, readPace } from '../../../src/imports/import-jobs/import-jobs-store.ts';
import { onFailure } from '../../failures.ts';
import type { ImportJobContext } from './context.ts';
import { firstLook, nextLook } from './look-schedule.ts';
import { pause, readWithRetries } from './retries.ts';
import { redisNow } from '../../../src/redis/clock.ts';

/** Auth0 fails what takes two hours (Auth0 docs, "Bulk user imports"); a little later we don't wait for it to say so. */
const LONGEST_MS = 2.25 * 3_600_000;
/** The time that smaller ones take says little of the pace. */
const TELLING_ROWS = 100;

/** @returns undefined when it failed, or nothing is known of it any more */
export async function awaitJob(
  context: ImportJobContext,
  batch: Batch,
): Promise<ImportJob['summary'] | 'unsaid' | undefined> {
  const { signal, redis } = context;
  const { rows = 0, sentMs = 0, job } = batch;
  if (job === undefined) return undefined;
  const elapsed = () => redisNow() - sentMs;
  await pause(Math.max(0, firstLook(rows, await readPace(redis)) - elapsed()), signal);
  for (;;) {
    const read = () => context.management.getImportJob(job);
    const seen = await readWithRetries(context, read).catch(onFailure('not_found', () => undefined));
    if (!seen || seen.status === 'failed') return undefined;
    if (seen.status === 'completed') {
      if (rows >= TELLING_ROWS) await learnPace(redis, rows, elapsed());
      return seen.summary ?? 'unsaid';
    }
    if (elapsed() > LONGEST_MS) return undefined;
    await pause(nextLook(elapsed(), seen.percentage_done), signal);
  }
}
