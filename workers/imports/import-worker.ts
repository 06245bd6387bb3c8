/** Processes user imports, a slice of rows at a time; `src/imports/slices.ts` explains why. */
import { WaitingError, type Job, type Queue } from 'bullmq';
import { CHUNK_ROWS } from '../../src/imports/chunks.ts';
import { systemEvent } from '../../src/events/event.ts';
import { createOutboxLimit, type OutboxLimit } from '../../src/events/outbox-limit.ts';
import { closeImport } from '../../src/imports/close-import.ts';
import { publishChanges } from '../../src/imports/publish-changes.ts';
import { hasEnded, isGoing, isInJobs, leaveNewer } from '../../src/imports/import-state.ts';
import type { ImportState } from '../../src/imports/import-store.ts';
import { isOpenMark } from '../../src/imports/row-outcome.ts';
import { addSlice } from '../../src/imports/slices.ts';
import type { SliceTicket } from '../../src/redis/queues.ts';
import type { Tenant } from '../../src/registry/tenants.ts';
import { mayStill } from '../check-maker.ts';
import { WatchedWorker, workerOptions } from '../watched-worker.ts';
import { createOutcomes, membersFirst } from './outcomes.ts';
import { logRefusal } from './import-jobs/retries.ts';
import type { ImportParts } from './import-parts.ts';
import { RowWork } from './row-work.ts';

interface Parts extends ImportParts {
  queue: Queue<SliceTicket>;
  /** Rate at which users may be created, per second. */
  perSecond: number;
  concurrency: number;
  /** Queues an import for the authority's import jobs. */
  addImportJobs: (importId: string) => Promise<void>;
}

/** Interval of the search for imports with open rows but no queued slice (after a crash between storing and queueing). */
const RESUME_MS = 5_000;
/** Size of a slice in seconds of the allowed rate: small, so that many concurrent imports take turns often. */
const TURN_SECONDS = 0.2;
/** How far a slice may be ahead of the first unfinished one, so that slices are not all begun, and fail, while the authority is unavailable. */
const SLICES_AHEAD = 8;

/** This worker is shutting down; another one processes the remaining rows. */
class Stopping extends Error {}
/** The import was paused and resumed while this slice ran: queueing the slice again had no effect, because its job still existed. */
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
    const record = membersFirst(createOutcomes(connection, store), parts);
    this.#rowWork = new RowWork({ ...parts, record, stopping: this.#stopping.signal });
    const options = workerOptions({ connection, concurrency, lockMs });
    const work = (job: Job<SliceTicket>, token: string) => this.#work(job, token);
    this.#worker = new WatchedWorker({ queue, work, options, outages, log });
    this.#timer = setInterval(() => void this.#resumeAll(), RESUME_MS);
    void this.#resumeAll();
  }

  async close(): Promise<void> {
    clearInterval(this.#timer);
    this.#stopping.abort(new Stopping());
    await this.#worker.close();
  }

  async #work(job: Job<SliceTicket>, token: string): Promise<void> {
    const { store, readTenant, checkMaker, addMemberWork, log } = this.#parts;
    const { importId, slice } = job.data;
    const state = await store.read(importId);
    if (!state) return;
    leaveNewer(state);
    const tenant = await readTenant(state.tenantId);
    // Retried every second until the tenant is resumed.
    if (tenant?.status === 'suspended') throw new Error('its tenant is suspended');
    if (tenant?.status !== 'active') return this.#abort(state, tenant);
    // Queued already, unless a worker died in between: then this is its slice.
    if (state.joining > 0) await addMemberWork(state.id);
    if (slice === undefined) return this.#resume(state);
    // Throws while the outbox has no room for its events; also retried every second.
    if (state.userEvents) await this.#outboxLimit.admit();
    if (isGoing(state) && !(await mayStill(checkMaker, state))) return this.#cancelForMaker(state);
    try {
      await this.#workSlice(state, slice, job.attemptsMade);
    } catch (error) {
      logRefusal(log, error);
      if (!(error instanceof Stopping) && !(error instanceof Resumed)) throw error;
      // Back to the queue, for any worker.
      await job.moveToWait(token);
      throw new WaitingError();
    }
  }

  /** Cancels an import whose tenant is deleted or being deleted. */
  async #abort(state: ImportState, tenant: Tenant | undefined): Promise<void> {
    const { store } = this.#parts;
    await store.control(state.id, 'cancel');
    await store.close(state);
    // The tenant's deletion completed before this upload was committed, so it did not remove the import.
    if (!tenant) await store.remove(state);
  }

  /** Cancels an import whose maker is no longer authorized: rows that were not begun are not created. */
  async #cancelForMaker(state: ImportState): Promise<void> {
    const { connection, store, log } = this.#parts;
    const event = systemEvent('user_import.cancelled', state.tenantId, state.id);
    if ((await store.control(state.id, 'cancel', event)) === 'done')
      await publishChanges(connection, { id: state.id, unpublished: [event] });
    await store.close(state);
    log.info(
      { import: state.id, tenant_id: state.tenantId },
      'import cancelled: its maker is no longer authorized',
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
      return this.#retryIfResumed(state);
    }
    await store.markStarted(state);
    let isSuccessorAdded = false;
    const { hasEnded: isOver, isStopped } = await this.#rowWork.work(state, open, attempts, async () => {
      // All rows are under way, so the next slice may be queued.
      isSuccessorAdded = await this.#addSuccessor(state, to, size, SLICES_AHEAD);
    });
    if (isOver) {
      log.info({ import: state.id, tenant_id: state.tenantId }, 'import completed');
      await closeImport(connection, store, { ...state, status: 'completed' });
    } else if (isStopped) await this.#retryIfResumed(state);
    else if (!isSuccessorAdded) await this.#addSuccessor(state, to, size, Infinity);
  }

  /** @throws Resumed */
  async #retryIfResumed({ id }: ImportState): Promise<void> {
    const now = await this.#parts.store.read(id);
    if (now && isGoing(now)) throw new Resumed();
  }

  /** @returns false when there is one, but too far ahead of the first unfinished slice */
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

  /** Queues the next job of an import; does nothing if it is queued already. */
  async #resume(state: ImportState): Promise<void> {
    const { connection, store, queue, checkMaker, addImportJobs, addMemberWork } = this.#parts;
    const isJoining = state.joining > 0 && (await this.#hasTenant(state));
    // Also of a paused or cancelled import: its users are there.
    if (isJoining) await addMemberWork(state.id);
    if (hasEnded(state)) return isJoining ? undefined : closeImport(connection, store, state);
    await publishChanges(connection, state);
    await store.countAsOpen(state);
    if (!isGoing(state)) return this.#abortIfTenantDeleted(state);
    if (!(await mayStill(checkMaker, state))) return this.#cancelForMaker(state);
    if (isInJobs(state)) return addImportJobs(state.id);
    const row = await store.openRow(state, 1);
    const size = await store.sliceRows(state.id, this.#proposedRows);
    if (row !== undefined) await addSlice(queue, state.id, Math.floor((row - 1) / size));
  }

  /** Aborts a paused import of a tenant that is deleted or being deleted: nobody can resume it. */
  async #abortIfTenantDeleted(state: ImportState): Promise<void> {
    const tenant = await this.#parts.readTenant(state.tenantId);
    if (!isStanding(tenant)) await this.#abort(state, tenant);
  }

  async #hasTenant({ tenantId }: ImportState): Promise<boolean> {
    return isStanding(await this.#parts.readTenant(tenantId));
  }

  async #resumeAll(): Promise<void> {
    const { store, log } = this.#parts;
    try {
      for (const id of await store.openImports()) {
        const state = await store.read(id);
        if (state) await this.#resume(state);
        // An upload during its commit, or one whose commit was interrupted.
        else await store.dropStray(id);
      }
    } catch (err) {
      log.warn({ err }, 'the search for imports to resume failed');
    }
  }
}

/** Neither deleted nor being deleted. */
const isStanding = (tenant: Tenant | undefined): boolean =>
  tenant?.status === 'active' || tenant?.status === 'suspended';
