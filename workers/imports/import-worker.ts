/** Works user imports off, a slice of rows at a time; see `src/imports/slices.ts` for why. */
import type { Job, Queue } from 'bullmq';
import type { Redis } from 'ioredis';
import type { Management } from '../../src/auth0/management.ts';
import { CHUNK_ROWS } from '../../src/imports/chunks.ts';
import { hasEnded, isGoing, isInJobs } from '../../src/imports/import-state.ts';
import type { ImportState, RowStore } from '../../src/imports/row-store.ts';
import { isOpenMark } from '../../src/imports/row-outcome.ts';
import { addSlice } from '../../src/imports/slices.ts';
import type { Log } from '../../src/log.ts';
import { QUEUE_PREFIX } from '../../src/redis/keys.ts';
import type { SliceTicket } from '../../src/redis/queues.ts';
import { startWatchedWorker } from '../watched-worker.ts';
import { createRowWork } from './row-work.ts';
import type { BeforeCall } from './row-work.ts';

interface Parts {
  connection: Redis;
  queue: Queue<SliceTicket>;
  store: RowStore;
  managementFor: (beforeCall: BeforeCall) => Management;
  /** So many users may be created in a second. */
  perSecond: number;
  concurrency: number;
  /** Hands an import over to the authority's import jobs. */
  addImportJobs: (importId: string) => Promise<void>;
  log: Log;
}

const MAX_STALLED = 1_000_000;
const LOCK_MS = 10_000;
/** How often imports are looked for that have work and no slice in the queue (a crash between storing and queueing). */
const TAKE_UP_MS = 30_000;
/** Rows of one turn are worth so much of the allowed rate: with many imports under way, the next one's turn comes soon. */
const TURN_SECONDS = 0.2;
/** A slice may be so far ahead of the first one that is not done: when the authority is away, slices must not all be begun and fail. */
const SLICES_AHEAD = 8;

export interface ImportWorker {
  close(): Promise<void>;
}

export function startImportWorker(parts: Parts): ImportWorker {
  const { connection, queue, store, managementFor, perSecond, concurrency, addImportJobs, log } = parts;
  const proposedRows = Math.min(CHUNK_ROWS, Math.max(1, Math.round(perSecond * TURN_SECONDS)));
  const rowWork = createRowWork(store, managementFor);
  const options = {
    connection,
    prefix: QUEUE_PREFIX,
    concurrency,
    maxStalledCount: MAX_STALLED,
    lockDuration: LOCK_MS,
    stalledInterval: LOCK_MS,
  };
  const worker = startWatchedWorker({ queue, work, options, log });
  const timer = setInterval(() => void takeUpAll(), TAKE_UP_MS);
  void takeUpAll();
  return {
    close: async () => {
      clearInterval(timer);
      await worker.close();
    },
  };

  async function work({ data: { importId, slice }, attemptsMade }: Job<SliceTicket>): Promise<void> {
    const state = await store.read(importId);
    if (!state) return;
    if (slice === undefined) return takeUp(state);
    await workSlice(state, slice, attemptsMade);
  }

  async function workSlice(state: ImportState, slice: number, attempts: number): Promise<void> {
    const size = await store.sliceRows(state.id, proposedRows);
    const from = slice * size + 1;
    const to = Math.min(state.total, from + size - 1);
    const found = from > state.total ? undefined : await store.readRows(state, from, to);
    const open = (found ?? []).filter(({ mark }) => isOpenMark(mark));
    if (!isGoing(state)) {
      await rowWork.settle(
        state,
        open.filter(({ mark }) => mark === 'o'),
      );
      return;
    }
    await store.markStarted(state);
    let isSuccessorAdded = false;
    const { hasEnded: isOver, isStopped } = await rowWork.work(state, open, attempts, async () => {
      // All of them are under way, so others may have their turn.
      isSuccessorAdded = await addSuccessor(state, to, size, SLICES_AHEAD);
    });
    if (isOver) {
      log.info({ import: state.id, tenant_id: state.tenantId }, 'import completed');
      await store.close(state.id, state.tenantId);
    } else if (!isStopped && !isSuccessorAdded) await addSuccessor(state, to, size, Infinity);
  }

  /** @returns false when there is one, but too far ahead of what is not done yet */
  async function addSuccessor(
    state: ImportState,
    after: number,
    size: number,
    ahead: number,
  ): Promise<boolean> {
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
  async function takeUp(state: ImportState): Promise<void> {
    if (hasEnded(state)) return store.close(state.id, state.tenantId);
    if (!isGoing(state)) return;
    if (isInJobs(state)) return addImportJobs(state.id);
    const row = await store.openRow(state, 1);
    const size = await store.sliceRows(state.id, proposedRows);
    if (row !== undefined) await addSlice(queue, state.id, Math.floor((row - 1) / size));
  }

  async function takeUpAll(): Promise<void> {
    try {
      for (const id of await store.openImports()) {
        const state = await store.read(id);
        // Without a state it is an upload that is being committed, or one that broke off while it was.
        if (state) await takeUp(state);
      }
    } catch (err) {
      log.warn({ err }, 'imports not looked through');
    }
  }
}
