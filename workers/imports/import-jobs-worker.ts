/** Works imports off that go through the authority's import jobs: one queued job for each, which is with it to the end. */
import { WaitingError, type Job, type Queue } from 'bullmq';
import type { Redis } from 'ioredis';
import type { Management } from '../../src/auth0/management.ts';
import { createOutboxLimit } from '../../src/events/outbox-limit.ts';
import type { UsageCounter } from '../../src/events/usage.ts';
import { createBatches, createPlaces, TakenOver } from '../../src/imports/import-jobs/import-jobs-store.ts';
import { isGoing } from '../../src/imports/import-state.ts';
import type { ImportState, ImportStore } from '../../src/imports/import-store.ts';
import type { Log } from '../../src/log.ts';
import type { Outages } from '../../src/redis/outage.ts';
import type { ImportJobsTicket } from '../../src/redis/queues.ts';
import type { Tenant } from '../../src/registry/tenants.ts';
import type { CallRules } from '../call-rules.ts';
import { mayStill, type MakerCheck } from '../check-maker.ts';
import { startWatchedWorker, workerOptions } from '../watched-worker.ts';
import type { ImportJobContext } from './import-jobs/context.ts';
import { driveImport } from './import-jobs/drive-import.ts';
import { createBell, readWithRetries } from './import-jobs/retries.ts';
import { createOutcomes } from './outcomes.ts';
import { accountOf, type ManagementFor } from './row-work.ts';
import type { UsersOf } from '../relay/tenant-users.ts';

interface Parts {
  connection: Redis;
  queue: Queue<ImportJobsTicket>;
  store: ImportStore;
  usage: UsageCounter;
  readTenant: (id: string) => Promise<Tenant | undefined>;
  checkMaker: MakerCheck;
  managementFor: ManagementFor;
  usersOf: UsersOf;
  /** How soon the import of a worker that died is taken up by another one, ms. */
  lockMs: number;
  /** Nothing more is to be done by import jobs: the import ends, or goes on row by row. */
  takeUp: (importId: string) => Promise<void>;
  outages: Outages;
  log: Log;
}

/** They mostly wait. */
const CONCURRENCY = 100;

/** This worker stops: another one goes on. */
class Stopping extends Error {}

export interface ImportJobsWorker {
  close(): Promise<void>;
}

export function startImportJobsWorker(parts: Parts): ImportJobsWorker {
  const { connection, queue, store, usage, readTenant, checkMaker, managementFor, lockMs, takeUp, log } =
    parts;
  const stopping = new AbortController();
  const recordOutcomes = createOutcomes(connection, store);
  const outboxLimit = createOutboxLimit(connection);
  const shared = {
    redis: connection,
    store,
    log,
    places: createPlaces(connection),
    placeFreed: createBell(),
  };
  const options = workerOptions({ connection, concurrency: CONCURRENCY, lockMs });
  const worker = startWatchedWorker({ queue, work, options, outages: parts.outages, log });
  return {
    close: async () => {
      stopping.abort(new Stopping());
      await worker.close();
    },
  };

  async function work(job: Job<ImportJobsTicket>, token: string): Promise<void> {
    const state = await store.read(job.data.importId);
    if (!state) return;
    // Comes round every second: what it would tell of has no place yet.
    if (state.userEvents) await outboxLimit.admit();
    const bench = benchFor(state);
    // Asked for anew by each import, and after a refusal: a connection of the same name may have taken its place.
    let connectionId: Promise<string> | undefined;
    const connection = {
      id: () => (connectionId ??= connectionIdOf(bench.management, state)),
      lookAgain: () => (connectionId = undefined),
    };
    try {
      await driveImport(bench, state, connection);
    } catch (error) {
      if (error instanceof TakenOver) {
        log.warn({ import: state.id }, 'import jobs were taken over by somebody else');
        // The queued job is theirs, too.
        throw new WaitingError();
      }
      if (!(error instanceof Stopping)) {
        log.warn({ err: error, import: state.id }, 'import jobs broke off, and are tried again');
        throw error;
      }
      // Another worker has it at once.
      await job.moveToWait(token);
      throw new WaitingError();
    }
    // Comes round every second, until the tenant is resumed.
    if ((await tenantOf(state))?.status === 'suspended') throw new Error('its tenant is suspended');
    await takeUp(state.id);
  }

  function tenantOf({ tenantId }: ImportState): Promise<Tenant | undefined> {
    return readTenant(tenantId);
  }

  function benchFor(of: ImportState): ImportJobContext {
    const rules = { account: accountOf(of), whileWaiting: () => stopping.signal };
    const management = managementFor(of.id, rules);
    const batches = createBatches(connection);
    return {
      ...shared,
      batches,
      management,
      signal: stopping.signal,
      users: parts.usersOf(management, of.tenantId),
      write(begin, call) {
        const beforeCall: CallRules['beforeCall'] = async ({ isWrite }) => {
          if (isWrite) await begin();
        };
        return call(managementFor(of.id, { ...rules, beforeCall }));
      },
      async mayGo(id) {
        const state = await store.read(id);
        if (state) batches.check(state);
        if (!state || !isGoing(state) || (await tenantOf(state))?.status !== 'active') return undefined;
        return (await mayStill(checkMaker, state)) ? state : undefined;
      },
      async record(state, outcomes) {
        if (outcomes.length === 0) return;
        await recordOutcomes(state, outcomes);
        const account = accountOf(state);
        const created = outcomes.filter(([, mark]) => mark === 'c').length;
        if (account && created > 0) usage.rowsCreated(account, created);
      },
    };
  }

  /** Import jobs want the connection's id, and tenants know its name. */
  async function connectionIdOf(management: Management, { connection: name }: ImportState): Promise<string> {
    const patience = { signal: stopping.signal, log };
    const found = await readWithRetries(patience, () => management.findConnection(name));
    // The authority refuses the file then, and the import waits.
    if (!found) log.error({ connection: name }, 'the connection is not there');
    return found?.id ?? name;
  }
}
