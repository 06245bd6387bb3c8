/** Works user imports off, a slice of rows at a time; see `src/imports/slices.ts` for why. */
import { WaitingError, type Job, type Queue } from 'bullmq';
import { CHUNK_ROWS } from '../../src/imports/chunks.ts';
import { systemEvent } from '../../src/events/event.ts';
import { createOutboxLimit, type OutboxLimit } from '../../src/events/outbox-limit.ts';
import { closeImport } from '../../src/imports/close-import.ts';
import { publishChanges } from '../../src/imports/publish-changes.ts';
import { hasEnded, isGoing, isInJobs } from '../../src/imports/import-state.ts';
import type { ImportState } from '../../src/imports/import-store.ts';
import { isOpenMark } from '../../src/imports/row-outcome.ts';
import { addSlice } from '../../src/imports/slices.ts';
import type { SliceTicket } from '../../src/redis/queues.ts';
import type { Tenant } from '../../src/registry/tenants.ts';
import { mayStill } from '../check-maker.ts';
import { WatchedWorker, workerOptions } from '../watched-worker.ts';
import { createOutcomes } from './outcomes.ts';
import { logRefusal } from './import-jobs/retries.ts';
import type { ImportParts } from './import-parts.ts';
import { RowWork } from './row-work.ts';

interface Parts extends ImportParts {
  queue: Queue<SliceTicket>;
  /** So many users may be created in a second. */
  perSecond: number;
  concurrency: number;
  /** Hands an import over to the authority's import jobs. */
  addImportJobs: (importId: string) => Promise<void>;
}

/** How often imports are looked for that have work and no slice in the queue (a crash between storing and queueing). */
const TAKE_UP_MS = 5_000;
/** Rows of one turn are worth so much of the allowed rate: with many imports under way, the next one's turn comes soon. */
const TURN_SECONDS = 0.2;
/** A slice may be so far ahead of the first one that is not done: when the authority is away, slices must not all be begun and fail. */
const SLICES_AHEAD = 8;

/** This worker stops: rows that were not begun are another one's. */
class Stopping extends Error {}
/** The import was paused, and resumed before this slice had ended: to add it anew changed nothing, because it was there. */
class Resumed extends Error {}

export class ImportWorker {
  readonly #parts: Parts;
  readonly #outboxLimit: OutboxLimit;
  readonly #rowWork: RowWork;
  readonly #worker: WatchedWorker<SliceTicket>;
  readonly #timer: NodeJS.Timeout;
  readonly #stopping = new AbortController();
  readonly #proposedRows: number;

  constructor(parts: Parts) {
    this.#parts = parts;
    const { connection, queue, store, concurrency, lockMs, outages, log } = parts;
    this.#proposedRows = Math.min(CHUNK_ROWS, Math.max(1, Math.round(parts.perSecond * TURN_SECONDS)));
    this.#outboxLimit = createOutboxLimit(connection);
    const record = createOutcomes(connection, store);
    this.#rowWork = new RowWork({ ...parts, record, stopping: this.#stopping.signal });
    const options = workerOptions({ connection, concurrency, lockMs });
    const work = (job: Job<SliceTicket>, token: string) => this.#work(job, token);
    this.#worker = new WatchedWorker({ queue, work, options, outages, log });
    this.#timer = setInterval(() => void this.#takeUpAll(), TAKE_UP_MS);
    void this.#takeUpAll();
  }

  async close(): Promise<void> {
    clearInterval(this.#timer);
    this.#stopping.abort(new Stopping());
    await this.#worker.close();
  }

  async #work(job: Job<SliceTicket>, token: string): Promise<void> {
    const { store, readTenant, checkMaker, log } = this.#parts;
    const { importId, slice } = job.data;
    const state = await store.read(importId);
    if (!state) return;
    const tenant = await readTenant(state.tenantId);
    // Comes round every second, until the tenant is resumed.
    if (tenant?.status === 'suspended') throw new Error('its tenant is suspended');
    if (tenant?.status !== 'active') return this.#breakOff(state, tenant);
    if (slice === undefined) return this.#takeUp(state);
    // Comes round, too: what it would tell of has no place yet.
    if (state.userEvents) await this.#outboxLimit.admit();
    if (isGoing(state) && !(await mayStill(checkMaker, state))) return this.#cancelForMaker(state);
    try {
      await this.#workSlice(state, slice, job.attemptsMade);
    } catch (error) {
      logRefusal(log, error);
      if (!(error instanceof Stopping) && !(error instanceof Resumed)) throw error;
      // Another worker, or this one, has it at once.
      await job.moveToWait(token);
      throw new WaitingError();
    }
  }

  /** Of a tenant that is gone, or going. */
  async #breakOff(state: ImportState, tenant: Tenant | undefined): Promise<void> {
    const { store } = this.#parts;
    await store.control(state.id, 'cancel');
    await store.close(state);
    // Its deletion came and went while this was an upload yet.
    if (!tenant) await store.remove(state);
  }

  /** Whoever uploaded it may not have it done any more: rows that were not begun are not created. */
  async #cancelForMaker(state: ImportState): Promise<void> {
    const { connection, store, log } = this.#parts;
    const event = systemEvent('user_import.cancelled', state.tenantId, state.id);
    if ((await store.control(state.id, 'cancel', event)) === 'done')
      await publishChanges(connection, { id: state.id, unpublished: [event] });
    await store.close(state);
    log.info(
      { import: state.id, tenant_id: state.tenantId },
      'import cancelled: its maker lost what it needs',
    );
  }

  async #workSlice(state: ImportState, slice: number, attempts: number): Promise<void> {
    const { connection, store, log } = this.#parts;
    const size = await store.sliceRows(state.id, this.#proposedRows);
    const from = slice * size + 1;
    const to = Math.min(state.total, from + size - 1);
    const found = from > state.total ? undefined : await store.readRows(state, from, to);
    const open = (found ?? []).filter(({ mark }) => isOpenMark(mark));
    if (!isGoing(state)) {
      await this.#rowWork.settle(
        state,
        open.filter(({ mark }) => mark === 'o'),
      );
      return this.#goOnIfResumed(state);
    }
    await store.markStarted(state);
    let isSuccessorAdded = false;
    const { hasEnded: isOver, isStopped } = await this.#rowWork.work(state, open, attempts, async () => {
      // All of them are under way, so others may have their turn.
      isSuccessorAdded = await this.#addSuccessor(state, to, size, SLICES_AHEAD);
    });
    if (isOver) {
      log.info({ import: state.id, tenant_id: state.tenantId }, 'import completed');
      await closeImport(connection, store, { ...state, status: 'completed' });
    } else if (isStopped) await this.#goOnIfResumed(state);
    else if (!isSuccessorAdded) await this.#addSuccessor(state, to, size, Infinity);
  }

  /** @throws Resumed */
  async #goOnIfResumed({ id }: ImportState): Promise<void> {
    const now = await this.#parts.store.read(id);
    if (now && isGoing(now)) throw new Resumed();
  }

  /** @returns false when there is one, but too far ahead of what is not done yet */
  async #addSuccessor(state: ImportState, after: number, size: number, ahead: number): Promise<boolean> {
    const { store, queue } = this.#parts;
    const [first, next] = await Promise.all([
      store.openRow(state, 1),
      after < state.total ? store.openRow(state, after + 1) : undefined,
    ]);
    if (first !== undefined && first - 1 > state.frontier) await store.moveFrontier(state.id, first - 1);
    if (next === undefined) return true;
    const sliceOf = (row: number) => Math.floor((row - 1) / size);
    if (sliceOf(next) - sliceOf(first ?? next) > ahead) return false;
    await addSlice(queue, state.id, sliceOf(next));
    return true;
  }

  /** Puts what an import needs into the queue; what is there already stays as it is. */
  async #takeUp(state: ImportState): Promise<void> {
    const { connection, store, queue, checkMaker, addImportJobs } = this.#parts;
    if (hasEnded(state)) return closeImport(connection, store, state);
    await publishChanges(connection, state);
    await store.countAsOpen(state);
    if (!isGoing(state)) return this.#endIfTenantGoes(state);
    if (!(await mayStill(checkMaker, state))) return this.#cancelForMaker(state);
    if (isInJobs(state)) return addImportJobs(state.id);
    const row = await store.openRow(state, 1);
    const size = await store.sliceRows(state.id, this.#proposedRows);
    if (row !== undefined) await addSlice(queue, state.id, Math.floor((row - 1) / size));
  }

  /** A paused import waits for somebody to resume it; of a tenant that goes, nobody will. */
  async #endIfTenantGoes(state: ImportState): Promise<void> {
    const tenant = await this.#parts.readTenant(state.tenantId);
    if (tenant?.status !== 'active' && tenant?.status !== 'suspended') await this.#breakOff(state, tenant);
  }

  async #takeUpAll(): Promise<void> {
    const { store, log } = this.#parts;
    try {
      for (const id of await store.openImports()) {
        const state = await store.read(id);
        if (state) await this.#takeUp(state);
        // An upload that is being committed, or one that broke off while it was.
        else await store.dropStray(id);
      }
    } catch (err) {
      log.warn({ err }, 'imports not looked through');
    }
  }
}
