/**
 * Processes an import through import jobs: plans batches, sends each when a place is free, waits for its job, and records outcomes of its
 * rows. Every step is stored before it is taken, so that another process can continue at any point.
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

/** Concurrent batches, one more than can run: it is ready as soon as a place is free, while the previous batch is being settled. */
const LANES = PLACES + 1;
/** Interval at which the lease on a place is renewed. */
const RENEW_MS = 15_000;

export async function driveImport(
  context: ImportJobContext,
  state: ImportState,
  connection: ImportConnection,
): Promise<void> {
  const { store, batches } = context;
  const { id: importId } = state;
  await batches.takeOver(importId);
  if (await context.mayGo(importId)) await store.markStarted(state);
  // Batches that an earlier process began and did not complete.
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

/** Processes several batches concurrently; when one fails, the others stop before the error is thrown. */
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

/** @returns undefined when no rows are left, or the import may not continue */
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

/** Processes a batch, from its plan to the outcomes of its rows. */
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
    // Sent by a process that died before the answer arrived.
    if (batch.job === undefined && batch.sentMs !== undefined) batch.inDoubt = true;
    const renewal = setInterval(() => {
      const isOurs = batch.job !== undefined || batch.sentMs !== undefined;
      if (isOurs) void places.hold(id, batch.number).catch(() => undefined);
    }, RENEW_MS);
    try {
      await this.#jobs();
    } finally {
      clearInterval(renewal);
    }
  }

  async #jobs(): Promise<void> {
    const { batches } = this.#context;
    const { id } = this.#state;
    const batch = this.#batch;
    while ((await this.#oneJob()) === 'settled') {
      const left = await openRows(this.#context, this.#state, { ...batch, hashOnly: true });
      if (left.length === 0) return batches.remove(id, batch);
      // An earlier job may have created their users: the rows are then reported as existing, and looked up.
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
    // Settling needs no place.
    await this.#freePlace();
    if (summary === undefined) await settleUnknown(context, state, batch);
    else await settleCompleted(context, state, batch, summary, rows);
    context.log.debug({ import: state.id, job, rows: count }, 'import job settled');
    await this.#removeJob();
  }

  /** Nothing is sent any more. Rows that may have been sent are looked up if the import was cancelled. */
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
    this.#context.placeFreed.notify();
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
