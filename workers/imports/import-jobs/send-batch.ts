/** Sends a batch to the authority, when there is a place for it. */
import { ManagementFailure } from '../../../src/auth0/errors.ts';
import type { Batch, JobRow } from '../../../src/imports/import-jobs/batches.ts';
import type { ImportState } from '../../../src/imports/import-store.ts';
import { isFailure, isWaitedFor, waitsForOperator } from '../../failures.ts';
import { fileOf } from './batch-file.ts';
import type { ImportJobContext } from './context.ts';
import { growingPause, logRefusal } from './retries.ts';
import { redisNow } from '../../../src/redis/clock.ts';

/**
 * `running`: there is a job. `stopped`: the import is paused or has ended, or its tenant is suspended or gone. `refused`: no job came
 * of it, nor will one. `lost`: none will come any more, and nobody can say whether one did.
 */
export type Sent = 'running' | 'stopped' | 'refused' | 'lost';

/** Import jobs want the authority's id of a connection, and tenants know its name. */
export interface ImportConnection {
  id(): Promise<string>;
  /** The id may be another one by now. */
  lookAgain(): void;
}

class Stopped extends Error {}

const ASK_MS = 200;
/** So often it is sent when nobody can say whether a job came of it. */
const MAX_SENT = 5;

export async function sendBatch(
  context: ImportJobContext,
  state: ImportState,
  batch: Batch,
  rows: readonly JobRow[],
  connection: ImportConnection,
): Promise<Sent> {
  const numbers = rows.map(({ number }) => number);
  // Marked before there is a place for them: then it takes no time any more.
  if (!(await context.store.start(state.id, numbers))) return 'stopped';
  const sent = await new BatchSending(context, state, batch, rows, connection).send();
  // None of them is at the authority.
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
    this.#wait = growingPause(context.signal);
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

  /** @returns undefined when it is to be sent again */
  async #sendOnce(): Promise<Sent | undefined> {
    const batch = this.#batch;
    const connectionId = await this.#connection.id();
    const sentBefore = batch.sent;
    let isBegun = false;
    const begin = async () => {
      await this.#begin(sentBefore);
      isBegun = true;
    };
    // For whoever looks at the jobs of the account.
    const externalId = `${this.#id}:${batch.number}`;
    const file = { users: this.#users, connectionId, externalId };
    try {
      batch.job = await this.#context.write(begin, (management) => management.createUsersImport(file));
      batch.sentMs = redisNow();
      await this.#save();
      await this.#context.places.granted();
      return 'running';
    } catch (error) {
      if (isFailure(error, 'unknown_outcome')) return this.#doubt();
      const isRefused = error instanceof ManagementFailure;
      if (!isRefused && !(error instanceof Stopped)) throw error;
      if (isBegun) await this.#takeBack(sentBefore);
      return isRefused ? this.#afterRefusal(error) : 'stopped';
    }
  }

  /** In the last moment before it is sent, and again when the rate was refused: from then on the authority may know of it. */
  async #begin(sentBefore: number): Promise<void> {
    // It may have waited for its slot for long.
    if (!(await this.#context.mayGo(this.#id))) throw new Stopped();
    Object.assign(this.#batch, { rows: this.#rows, sent: sentBefore + 1, sentMs: redisNow() });
    await this.#save();
  }

  async #takeBack(sentBefore: number): Promise<void> {
    this.#batch.sent = sentBefore;
    delete this.#batch.sentMs;
    await this.#save();
  }

  async #doubt(): Promise<Sent | undefined> {
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
      log.error({ import: this.#id, err: error }, 'the authority takes no import job');
      return inDoubt ? 'lost' : 'refused';
    }
    logRefusal(log, error);
    if (waitsForOperator(error)) {
      // It may be for long, and for this tenant's connection only: others have the place meanwhile.
      await this.#releasePlace();
      this.#connection.lookAgain();
    }
    await this.#wait();
    return undefined;
  }

  #save(): Promise<void> {
    return this.#context.batches.save(this.#id, this.#batch);
  }

  async #releasePlace(): Promise<void> {
    await this.#context.places.release(this.#id, this.#batch.number);
    this.#context.placeFreed.ring();
  }
}

/** @returns false when the import does not go on meanwhile */
async function waitForPlace(
  { signal, mayGo, places, placeFreed }: ImportJobContext,
  id: string,
  batch: Batch,
): Promise<boolean> {
  for (;;) {
    signal.throwIfAborted();
    if (!(await mayGo(id))) return false;
    if (await places.take(id, batch.number)) return true;
    await placeFreed.wait(ASK_MS, signal);
  }
}
