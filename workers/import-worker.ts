/** Works user imports off, a slice of rows at a time; see `src/imports/slices.ts` for why. */
import type { Queue } from 'bullmq';
import type { Redis } from 'ioredis';
import { ManagementFailure } from '../src/auth0/errors.ts';
import type { Management } from '../src/auth0/management.ts';
import { systemEvent } from '../src/events/event.ts';
import { handOver } from '../src/events/hand-over.ts';
import type { UsageCounter } from '../src/events/usage.ts';
import type { RowOutcome } from '../src/imports/row-outcome.ts';
import { sliceCount } from '../src/imports/row-store.ts';
import type { ImportState, Row, RowStore } from '../src/imports/row-store.ts';
import { addSlice } from '../src/imports/slices.ts';
import type { Log } from '../src/log.ts';
import { QUEUE_PREFIX } from '../src/redis/keys.ts';
import type { SliceTicket } from '../src/redis/queues.ts';
import type { Tenant } from '../src/registry/tenants.ts';
import { createOwnUser } from './relay/create-own-user.ts';
import { onAccountOf } from './spending.ts';
import { startWatchedWorker } from './watched-worker.ts';

interface Parts {
  connection: Redis;
  queue: Queue<SliceTicket>;
  store: RowStore;
  usage: UsageCounter;
  readTenant: (id: string) => Promise<Tenant | undefined>;
  /** Each import's calls stand in a line of their own, so that imports get alike, wherever they are worked on. */
  managementFor: (importId: string) => Management;
  concurrency: number;
  /** How soon the slice of a worker that died is taken up by another one, ms. */
  lockMs: number;
  log: Log;
}

const MAX_STALLED = 1_000_000;
/** How often imports are looked for that have work and no slice in the queue (a crash between storing and queueing). */
const TAKE_UP_MS = 30_000;

export interface ImportWorker {
  close(): Promise<void>;
}

export function startImportWorker({
  connection,
  queue,
  store,
  usage,
  readTenant,
  managementFor,
  concurrency,
  lockMs,
  log,
}: Parts): ImportWorker {
  const options = {
    connection,
    prefix: QUEUE_PREFIX,
    concurrency,
    maxStalledCount: MAX_STALLED,
    lockDuration: lockMs,
    stalledInterval: lockMs,
  };
  const worker = startWatchedWorker({ queue, work: (job) => workSlice(job.data), options, log });
  const timer = setInterval(() => void takeUp(), TAKE_UP_MS);
  void takeUp();
  return {
    close: async () => {
      clearInterval(timer);
      await worker.close();
    },
  };

  async function workSlice({ importId, slice }: SliceTicket): Promise<void> {
    const state = await store.read(importId);
    if (!state) return;
    const tenant = await readTenant(state.tenantId);
    // Comes round every second, until the tenant is resumed.
    if (tenant?.status === 'suspended') throw new Error('its tenant is suspended');
    if (tenant?.status !== 'active') return store.close(state);
    await store.markStarted(importId);
    const rows = await store.readSlice(state, slice);
    // All of them to their end, before the slice may be tried again.
    const ended = await Promise.allSettled(
      rows.filter(({ outcome }) => !outcome).map((row) => workRow(state, row)),
    );
    for (const result of ended) if (result.status === 'rejected') throw result.reason;
    if (ended.some((result) => result.status === 'fulfilled' && result.value)) {
      log.info({ import: importId, tenant_id: state.tenantId }, 'import completed');
    }
    if (slice + 1 < sliceCount(state.total)) await addSlice(queue, importId, slice + 1);
    else if ((await store.read(importId))?.status === 'completed') await complete(state);
  }

  /** What says that it is completed was written with its last row; until this is done it is taken up again. */
  function complete(state: ImportState): Promise<void> {
    const text = systemEvent('user_import.completed', state.tenantId, state.id, state.id);
    return handOver(connection, { id: state.id, text }, () => store.close(state));
  }

  async function workRow(state: ImportState, row: Row): Promise<boolean> {
    const { tenantId, by } = state;
    const account = by && { tenantId, ...by };
    const outcome = await onAccountOf(account, () => outcomeOf(state, row));
    const isLast = await store.recordOutcome(state.id, row.number, outcome);
    if (account && outcome.status === 'created') usage.rowsCreated(account, 1);
    return isLast;
  }

  /** Throws when the authority is unwell: the slice is then tried again, and rows that are done are passed over. */
  async function outcomeOf(state: ImportState, { number, stored }: Row): Promise<RowOutcome> {
    if (!('user' in stored)) return { status: 'failed', error: stored.error };
    try {
      const user = await createOwnUser(managementFor(state.id), {
        tenantId: state.tenantId,
        connection: state.connection,
        id: rowUserId(state.id, number),
        user: stored.user,
      });
      return user === 'exists' ? { status: 'skipped' } : { status: 'created', userId: user.user_id };
    } catch (error) {
      if (error instanceof ManagementFailure && error.kind in refusals) {
        return { status: 'failed', error: refusals[error.kind as keyof typeof refusals] };
      }
      throw error;
    }
  }

  async function takeUp(): Promise<void> {
    try {
      for (const id of await store.openImports()) {
        const state = await store.read(id);
        const frontier = state && (await store.frontier(state));
        if (frontier !== undefined) await addSlice(queue, id, frontier);
        else if (state) await complete(state);
      }
    } catch (err) {
      log.warn({ err }, 'imports not looked through');
    }
  }
}

/** What is wrong with the row itself, and would be wrong again. */
const refusals = {
  weak_password: {
    code: 'weak_password',
    message: 'The password does not meet the policy.',
    pointer: '/password',
  },
  invalid: { code: 'invalid_field', message: 'The authority refused a value of this row.' },
} as const;

/** The same at every try: a repeat's 409 is then known as our own earlier success. */
function rowUserId(importId: string, row: number): string {
  return `${importId.replaceAll('-', '')}${String(row).padStart(7, '0')}`;
}
