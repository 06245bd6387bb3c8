/**
 * Takes an import through import jobs: plans batches, sends each when there is a place, waits for its job and settles its rows.
 * Everything that matters is written down before it happens, so that another process can go on from any point.
 */
import type { Batch, JobRow } from '../../../src/imports/import-jobs/batches.ts';
import { PLACES } from '../../../src/imports/import-jobs/import-jobs-store.ts';
import { isGoing } from '../../../src/imports/import-state.ts';
import type { ImportState } from '../../../src/imports/import-store.ts';
import { awaitJob } from './await-job.ts';
import type { ImportJobContext } from './context.ts';
import { planBatch } from './plan-batch.ts';
import { sendBatch, type ImportConnection } from './send-batch.ts';
import { openRows, settleCompleted, settleRefused, settleUnknown, settleUnwritable } from './settle-batch.ts';

/** One more than can run: it is ready when a place gets free, while the one that had it is settled. */
const LANES = PLACES + 1;
/** A place is kept by saying so, this often. */
const KEEP_MS = 15_000;

export async function driveImport(
  bench: ImportJobContext,
  state: ImportState,
  connection: ImportConnection,
): Promise<void> {
  const { store, batches } = bench;
  const { id: importId } = state;
  await batches.takeOver(importId);
  if (await bench.mayGo(importId)) await store.markStarted(state);
  // What somebody else began, and did not get to its end.
  const begun = await batches.list(importId);
  const next = oneAfterTheOther(async () => begun.shift() ?? (await plan(bench, importId)));
  await lanes(bench, async (lane) => {
    for (let batch = await next(); batch; batch = await next())
      await takeThrough(lane, state, batch, connection);
  });
  const now = await store.read(importId);
  if (now && isGoing(now) && now.planned >= now.total && (await batches.list(importId)).length === 0)
    await store.markJobsDone(importId);
}

/** Some batches beside each other; when one fails, the others stop before it is told. */
async function lanes(
  bench: ImportJobContext,
  work: (bench: ImportJobContext) => Promise<void>,
): Promise<void> {
  const failed = new AbortController();
  const lane = { ...bench, signal: AbortSignal.any([bench.signal, failed.signal]) };
  const ends = await Promise.allSettled(
    Array.from({ length: LANES }, () =>
      work(lane).catch((error: unknown) => {
        failed.abort(error);
        throw error;
      }),
    ),
  );
  bench.signal.throwIfAborted();
  if (failed.signal.aborted) throw failed.signal.reason as Error;
  for (const end of ends) if (end.status === 'rejected') throw end.reason as Error;
}

/** @returns undefined when there is none left, or the import does not go on */
async function plan(
  { store, batches, mayGo }: ImportJobContext,
  importId: string,
): Promise<Batch | undefined> {
  for (;;) {
    const state = await mayGo(importId);
    if (!state || state.planned >= state.total) return undefined;
    const { upTo, batch } = await planBatch(store, state);
    if ((await batches.plan(importId, state.planned, upTo, batch)) && batch) return batch;
  }
}

async function takeThrough(
  bench: ImportJobContext,
  state: ImportState,
  batch: Batch,
  connection: ImportConnection,
): Promise<void> {
  const { batches, places } = bench;
  const { id } = state;
  const isOurs = () => batch.job !== undefined || batch.sentMs !== undefined;
  // Sent by somebody who died before the answer came.
  if (batch.job === undefined && batch.sentMs !== undefined) batch.inDoubt = true;
  const keeping = setInterval(() => {
    if (isOurs()) void places.hold(id, batch.number).catch(() => undefined);
  }, KEEP_MS);
  try {
    for (;;) {
      const end = await oneJob();
      if (end === 'stopped') return;
      if ((await openRows(bench, state, { ...batch, hashOnly: true })).length === 0) break;
      // Its users may be there by now: that is seen when the authority says that somebody is.
      Object.assign(batch, { hashOnly: true, inDoubt: true });
      await batches.save(id, batch);
    }
    await batches.remove(id, batch);
  } finally {
    clearInterval(keeping);
  }

  async function oneJob(): Promise<'settled' | 'stopped'> {
    let rows: JobRow[] | undefined;
    if (batch.job === undefined) {
      if (!(await bench.mayGo(id))) return afterStop();
      rows = await settleUnwritable(bench, state, await openRows(bench, state, batch));
      if (rows.length === 0) return 'settled';
      const sent = await sendBatch(bench, state, batch, rows, connection);
      if (sent === 'stopped') return afterStop();
      if (sent !== 'running') {
        await freed();
        if (sent === 'lost') await settleUnknown(bench, state, batch, false);
        else await settleRefused(bench, state, batch);
        return 'settled';
      }
    } else await places.hold(id, batch.number);
    const summary = await awaitJob(bench, batch, batch.job!);
    const { job } = batch;
    // The place is free, whatever is to be done yet.
    await freePlace();
    if (summary === undefined) await settleUnknown(bench, state, batch);
    else await settleCompleted(bench, state, batch, summary, rows);
    bench.log.debug({ import: id, job, rows: batch.rows }, 'import job settled');
    await freed();
    return 'settled';
  }

  /** Nothing is sent any more. What may have been sent is looked at, if the import will not go on. */
  async function afterStop(): Promise<'settled' | 'stopped'> {
    const now = await bench.store.read(id);
    if (!batch.inDoubt || now?.status !== 'cancelled') return 'stopped';
    await settleUnknown(bench, state, batch);
    return 'settled';
  }

  async function freed(): Promise<void> {
    delete batch.job;
    delete batch.sentMs;
    await freePlace();
  }

  async function freePlace(): Promise<void> {
    await places.release(id, batch.number);
    bench.placeFreed.ring();
  }
}

/** Whoever asks next is answered when the one before was. */
function oneAfterTheOther<T>(ask: () => Promise<T>): () => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return () => {
    const asked = last.then(ask, ask);
    last = asked.catch(() => undefined);
    return asked;
  };
}
