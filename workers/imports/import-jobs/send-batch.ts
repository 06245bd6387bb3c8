/** Sends a batch to the authority, when there is a place for it. */
import { ManagementFailure } from '../../../src/auth0/errors.ts';
import type { Batch, JobRow } from '../../../src/imports/import-jobs/batches.ts';
import type { ImportState } from '../../../src/imports/import-store.ts';
import { fileOf } from './batch-file.ts';
import type { ImportJobContext } from './context.ts';
import { growingPause, isPassing, isRefusalOfUs, logRefusal } from './retries.ts';
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
  bench: ImportJobContext,
  state: ImportState,
  batch: Batch,
  rows: readonly JobRow[],
  connection: ImportConnection,
): Promise<Sent> {
  const { signal, store, batches, places, mayGo } = bench;
  const users = fileOf(state, rows);
  const numbers = rows.map(({ number }) => number);
  const wait = growingPause(signal);

  /** In the last moment before it is sent, and again when the rate was refused: from then on the authority may know of it. */
  async function begin(sentBefore: number): Promise<void> {
    // It may have waited for its slot for long.
    if (!(await mayGo(state.id))) throw new Stopped();
    Object.assign(batch, { rows: rows.length, sent: sentBefore + 1, sentMs: redisNow() });
    await batches.save(state.id, batch);
  }

  async function notSent(sentBefore: number): Promise<void> {
    batch.sent = sentBefore;
    delete batch.sentMs;
    await batches.save(state.id, batch);
  }

  // Marked before there is a place for them: then it takes no time any more.
  if (!(await store.start(state.id, numbers))) return 'stopped';
  for (;;) {
    signal.throwIfAborted();
    if (!(await waitForPlace(bench, state.id, batch))) break;
    const connectionId = await connection.id();
    const sentBefore = batch.sent;
    let begun = false;
    try {
      batch.job = await bench.write(
        () => begin(sentBefore).then(() => void (begun = true)),
        (management) =>
          management.createUsersImport({
            users,
            connectionId,
            // For whoever looks at the jobs of the account.
            externalId: `${state.id}:${batch.number}`,
          }),
      );
      batch.sentMs = redisNow();
      await batches.save(state.id, batch);
      await places.granted();
      return 'running';
    } catch (error) {
      if (error instanceof Stopped) {
        if (begun) await notSent(sentBefore);
        break;
      }
      if (!(error instanceof ManagementFailure)) throw error;
      const { kind } = error;
      if (kind === 'unknown_outcome') {
        batch.inDoubt = true;
        await batches.save(state.id, batch);
        if (batch.sent >= MAX_SENT) return 'lost';
        await wait();
        continue;
      }
      if (begun) await notSent(sentBefore);
      if (kind === 'import_jobs_busy') await places.refused(state.id, batch.number);
      else if (isPassing(kind)) {
        logRefusal(bench.log, error);
        if (isRefusalOfUs(kind)) {
          // It may be for long, and for this tenant's connection only: others have the place meanwhile.
          await places.release(state.id, batch.number);
          bench.placeFreed.ring();
          connection.lookAgain();
        }
        await wait();
      } else {
        bench.log.error({ import: state.id, err: error }, 'the authority takes no import job');
        return batch.inDoubt ? 'lost' : 'refused';
      }
    }
  }
  await places.release(state.id, batch.number);
  bench.placeFreed.ring();
  // None of them is at the authority.
  if (!batch.inDoubt)
    await store.record(
      state.id,
      numbers.map((number) => [number, '.']),
    );
  return 'stopped';
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
