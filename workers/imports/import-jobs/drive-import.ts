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
  context: ImportJobContext,
  state: ImportState,
  connection: ImportConnection,
): Promise<void> {
  const { store, batches } = context;
  const { id: importId } = state;
  await batches.takeOver(importId);
  if (await context.mayGo(importId)) await store.markStarted(state);
  // What somebody else began, and did not get to its end.
  const begun = await batches.list(importId);
  const next = oneAfterTheOther(async () => begun.shift() ?? (await plan(context, importId)));
  await lanes(context, async (lane) => {
    for (let batch = await next(); batch; batch = await next())
      await new BatchDrive(lane, state, batch, connection).run();
  });
  const now = await store.read(importId);
  if (now && isGoing(now) && now.planned >= now.total && (await batches.list(importId)).length === 0)
    await store.markJobsDone(importId);
}

/** Some batches beside each other; when one fails, the others stop before it is told. */
async function lanes(
  context: ImportJobContext,
  work: (context: ImportJobContext) => Promise<void>,
): Promise<void> {
  const failed = new AbortController();
  const lane = { ...context, signal: AbortSignal.any([context.signal, failed.signal]) };
  await Promise.allSettled(
    Array.from({ length: LANES }, () =>
      work(lane).catch((error: unknown) => {
        failed.abort(error);
        throw error;
      }),
    ),
  );
  context.signal.throwIfAborted();
  failed.signal.throwIfAborted();
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

/** A batch, from its plan to the outcomes of its rows. */
class BatchDrive {
  readonly #context: ImportJobContext;
  readonly #state: ImportState;
  readonly #batch: Batch;
  readonly #connection: ImportConnection;

  constructor(context: ImportJobContext, state: ImportState, batch: Batch, connection: ImportConnection) {
    this.#context = context;
    this.#state = state;
    this.#batch = batch;
    this.#connection = connection;
  }

  async run(): Promise<void> {
    const batch = this.#batch;
    const { places } = this.#context;
    const { id } = this.#state;
    // Sent by somebody who died before the answer came.
    if (batch.job === undefined && batch.sentMs !== undefined) batch.inDoubt = true;
    const keeping = setInterval(() => {
      const isOurs = batch.job !== undefined || batch.sentMs !== undefined;
      if (isOurs) void places.hold(id, batch.number).catch(() => undefined);
    }, KEEP_MS);
    try {
      await this.#jobs();
    } finally {
      clearInterval(keeping);
    }
  }

  async #jobs(): Promise<void> {
    const { batches } = this.#context;
    const { id } = this.#state;
    const batch = this.#batch;
    while ((await this.#oneJob()) === 'settled') {
      const left = await openRows(this.#context, this.#state, { ...batch, hashOnly: true });
      if (left.length === 0) return batches.remove(id, batch);
      // Its users may be there by now: that is seen when the authority says that somebody is.
      Object.assign(batch, { hashOnly: true, inDoubt: true });
      await batches.save(id, batch);
    }
  }

  async #oneJob(): Promise<'settled' | 'stopped'> {
    const context = this.#context;
    const batch = this.#batch;
    const { id } = this.#state;
    let rows: JobRow[] | undefined;
    if (batch.job === undefined) {
      if (!(await context.mayGo(id))) return this.#afterStop();
      rows = await settleUnwritable(context, this.#state, await openRows(context, this.#state, batch));
      if (rows.length === 0) return 'settled';
      const sent = await sendBatch(context, this.#state, batch, rows, this.#connection);
      if (sent === 'stopped') return this.#afterStop();
      if (sent !== 'running') return this.#settleUnsent(sent);
    } else await context.places.hold(id, batch.number);
    await this.#settleJob(rows);
    return 'settled';
  }

  async #settleUnsent(sent: 'lost' | 'refused'): Promise<'settled'> {
    await this.#removeJob();
    if (sent === 'lost') await settleUnknown(this.#context, this.#state, this.#batch, false);
    else await settleRefused(this.#context, this.#state, this.#batch);
    return 'settled';
  }

  async #settleJob(rows: JobRow[] | undefined): Promise<void> {
    const [context, state, batch] = [this.#context, this.#state, this.#batch];
    const { job, rows: count } = batch;
    const summary = await awaitJob(context, batch);
    // The place is free, whatever is to be done yet.
    await this.#freePlace();
    if (summary === undefined) await settleUnknown(context, state, batch);
    else await settleCompleted(context, state, batch, summary, rows);
    context.log.debug({ import: state.id, job, rows: count }, 'import job settled');
    await this.#removeJob();
  }

  /** Nothing is sent any more. What may have been sent is looked at, if the import will not go on. */
  async #afterStop(): Promise<'settled' | 'stopped'> {
    const now = await this.#context.store.read(this.#state.id);
    if (!this.#batch.inDoubt || now?.status !== 'cancelled') return 'stopped';
    await settleUnknown(this.#context, this.#state, this.#batch);
    return 'settled';
  }

  async #removeJob(): Promise<void> {
    delete this.#batch.job;
    delete this.#batch.sentMs;
    await this.#freePlace();
  }

  async #freePlace(): Promise<void> {
    await this.#context.places.release(this.#state.id, this.#batch.number);
    this.#context.placeFreed.ring();
  }
}

/** Runs calls one at a time. */
function oneAfterTheOther<T>(ask: () => Promise<T>): () => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return () => {
    const asked = last.then(ask, ask);
    last = asked.catch(() => undefined);
    return asked;
  };
}
