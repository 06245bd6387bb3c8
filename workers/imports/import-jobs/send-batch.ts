/** Sends a batch to the authority as soon as a place is free. */
import { ManagementFailure } from '../../../src/auth0/errors.ts';
import type { Batch, JobRow } from '../../../src/imports/import-jobs/batches.ts';
import type { ImportState } from '../../../src/imports/import-store.ts';
import { isFailure, isWaitedFor, waitsForOperator } from '../../failures.ts';
import { fileOf } from './batch-file.ts';
import type { ImportJobContext } from './context.ts';
import { createBackoff, logRefusal } from './retries.ts';
import { redisNow } from '../../../src/redis/clock.ts';

/**
 * `running`: the job was created. `stopped`: the import may not continue (`mayGo`). `refused`: no job was created. `lost`: whether a job was
 * created is unknown, and it is not sent again.
 */
export type Sent = 'running' | 'stopped' | 'refused' | 'lost';

/** Import jobs require the id of the connection; tenants are stored with its name. */
export interface ImportConnection {
  id(): Promise<string>;
  /** Drops the cached id, which may be outdated. */
  invalidate(): void;
}

class Stopped extends Error {}

/** Poll interval for a free place. */
const POLL_MS = 200;
/** How often a batch is sent while it is unknown whether a job was created. */
const MAX_SENT = 5;

export async function sendBatch(
  context: ImportJobContext,
  state: ImportState,
  batch: Batch,
  rows: readonly JobRow[],
  connection: ImportConnection,
): Promise<Sent> {
  const numbers = rows.map(({ number }) => number);
  // Rows are marked before a place is free, so that the place is used immediately.
  if (!(await context.store.start(state.id, numbers))) return 'stopped';
  const sent = await new BatchSending(context, state, batch, rows, connection).send();
  // None was sent: the rows are pending again.
  if (sent === 'stopped' && !batch.inDoubt)
    await context.store.record(
      state.id,
      numbers.map((number) => [number, '.']),
    );
  return sent;
}

class BatchSending {
  readonly #context: ImportJobContext;
  readonly #id: string;
  readonly #batch: Batch;
  readonly #rows: number;
  readonly #users: Buffer;
  readonly #connection: ImportConnection;
  readonly #wait: () => Promise<void>;

  constructor(
    context: ImportJobContext,
    state: ImportState,
    batch: Batch,
    rows: readonly JobRow[],
    connection: ImportConnection,
  ) {
    this.#context = context;
    this.#id = state.id;
    this.#batch = batch;
    this.#rows = rows.length;
    this.#users = fileOf(state, rows);
    this.#connection = connection;
    this.#wait = createBackoff(context.signal);
  }

  async send(): Promise<Sent> {
    let sent: Sent | undefined;
    while (sent === undefined) {
      this.#context.signal.throwIfAborted();
      sent = (await waitForPlace(this.#context, this.#id, this.#batch)) ? await this.#sendOnce() : 'stopped';
    }
    if (sent === 'stopped') await this.#releasePlace();
    return sent;
  }

  /** @returns undefined when it must be sent again */
  async #sendOnce(): Promise<Sent | undefined> {
    const batch = this.#batch;
    const connectionId = await this.#connection.id();
    const sentBefore = batch.sent;
    let isBegun = false;
    const begin = async () => {
      await this.#begin(sentBefore);
      isBegun = true;
    };
    // Identifies the job in the account's list of jobs.
    const externalId = `${this.#id}:${batch.number}`;
    const file = { users: this.#users, connectionId, externalId };
    try {
      batch.job = await this.#context.write(begin, (management) => management.createUsersImport(file));
      batch.sentMs = redisNow();
      await this.#save();
      await this.#context.places.granted();
      return 'running';
    } catch (error) {
      if (isFailure(error, 'unknown_outcome')) return this.#afterLostAnswer();
      const isRefused = error instanceof ManagementFailure;
      if (!isRefused && !(error instanceof Stopped)) throw error;
      if (isBegun) await this.#rollBack(sentBefore);
      return isRefused ? this.#afterRefusal(error) : 'stopped';
    }
  }

  /** Stores that it is sent, just before that, and again after a refusal by the rate limit: a job may exist from then on. */
  async #begin(sentBefore: number): Promise<void> {
    // It may have waited long for its slot.
    if (!(await this.#context.mayGo(this.#id))) throw new Stopped();
    Object.assign(this.#batch, { rows: this.#rows, sent: sentBefore + 1, sentMs: redisNow() });
    await this.#save();
  }

  async #rollBack(sentBefore: number): Promise<void> {
    this.#batch.sent = sentBefore;
    delete this.#batch.sentMs;
    await this.#save();
  }

  async #afterLostAnswer(): Promise<Sent | undefined> {
    this.#batch.inDoubt = true;
    await this.#save();
    if (this.#batch.sent >= MAX_SENT) return 'lost';
    await this.#wait();
    return undefined;
  }

  async #afterRefusal(error: ManagementFailure): Promise<Sent | undefined> {
    const { log, places } = this.#context;
    const { number, inDoubt } = this.#batch;
    if (isFailure(error, 'import_jobs_busy')) {
      await places.refused(this.#id, number);
      return undefined;
    }
    if (!isWaitedFor(error)) {
      log.error({ import: this.#id, err: error }, 'the authority refused an import job');
      return inDoubt ? 'lost' : 'refused';
    }
    logRefusal(log, error);
    if (waitsForOperator(error)) {
      // The cause may last, and concern this tenant's connection only: leave the place to other batches.
      await this.#releasePlace();
      this.#connection.invalidate();
    }
    await this.#wait();
    return undefined;
  }

  #save(): Promise<void> {
    return this.#context.batches.save(this.#id, this.#batch);
  }

  async #releasePlace(): Promise<void> {
    await this.#context.places.release(this.#id, this.#batch.number);
    this.#context.placeFreed.notify();
  }
}

/** @returns false when the import may not continue */
async function waitForPlace(
  { signal, mayGo, places, placeFreed }: ImportJobContext,
  id: string,
  batch: Batch,
): Promise<boolean> {
  for (;;) {
    signal.throwIfAborted();
    if (!(await mayGo(id))) return false;
    if (await places.take(id, batch.number)) return true;
    await placeFreed.wait(POLL_MS, signal);
  }
}
