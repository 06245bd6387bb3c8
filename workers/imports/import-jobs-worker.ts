/** Works imports off that go through the authority's import jobs: one queued job for each, which is with it to the end. */
import { AsyncLocalStorage } from 'node:async_hooks';
import { DelayedError } from 'bullmq';
import type { Job, Queue } from 'bullmq';
import type { Redis } from 'ioredis';
import type { Management } from '../../src/auth0/management.ts';
import { createBatches } from '../../src/imports/import-jobs/batches.ts';
import { createPlaces } from '../../src/imports/import-jobs/places.ts';
import type { ImportState, RowStore } from '../../src/imports/row-store.ts';
import type { Log } from '../../src/log.ts';
import { QUEUE_PREFIX } from '../../src/redis/keys.ts';
import type { ImportJobsTicket } from '../../src/redis/queues.ts';
import { startWatchedWorker } from '../watched-worker.ts';
import type { Bench } from './import-jobs/bench.ts';
import { driveImport } from './import-jobs/drive-import.ts';
import { createBell, readPatiently } from './import-jobs/patience.ts';
import type { BeforeCall } from './row-work.ts';

interface Parts {
  connection: Redis;
  queue: Queue<ImportJobsTicket>;
  store: RowStore;
  managementFor: (beforeCall: BeforeCall) => Management;
  /** Nothing more is to be done by import jobs: the import ends, or goes on row by row. */
  takeUp: (importId: string) => Promise<void>;
  log: Log;
}

const MAX_STALLED = 1_000_000;
const LOCK_MS = 10_000;
/** They mostly wait. */
const CONCURRENCY = 100;

export interface ImportJobsWorker {
  close(): Promise<void>;
}

export function startImportJobsWorker(parts: Parts): ImportJobsWorker {
  const { connection, queue, store, managementFor, takeUp, log } = parts;
  const stopping = new AbortController();
  const begun = new AsyncLocalStorage<() => Promise<void>>();
  const management = managementFor(async ({ isWrite }) => {
    if (isWrite) await begun.getStore()?.();
  });
  const connectionIds = new Map<string, string>();
  const shared = {
    ...{ redis: connection, batches: createBatches(connection) },
    ...{ places: createPlaces(connection), placeFreed: createBell() },
  };
  const options = {
    ...{ connection, prefix: QUEUE_PREFIX, concurrency: CONCURRENCY },
    ...{ maxStalledCount: MAX_STALLED, lockDuration: LOCK_MS, stalledInterval: LOCK_MS },
  };
  const worker = startWatchedWorker({ queue, work, options, log });
  return {
    close: async () => {
      stopping.abort();
      await worker.close();
    },
  };

  async function work(job: Job<ImportJobsTicket>, token: string): Promise<void> {
    const { importId } = job.data;
    try {
      await driveImport(bench(), importId, connectionIdOf);
    } catch (error) {
      if (!stopping.signal.aborted) throw error;
      // Another process goes on with it.
      await job.moveToDelayed(Date.now(), token);
      throw new DelayedError();
    }
    await takeUp(importId);
  }

  function bench(): Bench {
    return {
      ...shared,
      ...{ store, management, log, signal: stopping.signal },
      write: (begin, call) => begun.run(begin, () => call(management)),
      record: async (state, outcomes) => {
        if (outcomes.length > 0) await store.record(state.id, outcomes);
      },
    };
  }

  /** Import jobs want the connection's id, and tenants know its name. */
  async function connectionIdOf({ connection: name }: ImportState): Promise<string> {
    const known = connectionIds.get(name);
    if (known !== undefined) return known;
    const id = await readPatiently(stopping.signal, () => management.findConnection(name));
    // The authority refuses the file then, and the rows go row by row.
    if (id === undefined) log.error({ connection: name }, 'the connection is not there');
    else connectionIds.set(name, id);
    return id ?? name;
  }
}
