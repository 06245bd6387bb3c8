/**
 * Work that mostly waits: imports that use the authority's import jobs, each by one queued job, which runs until the import ends; and
 * created users of any import who become members of an organization.
 */
import { WaitingError, type Job, type Queue } from 'bullmq';
import { createOutboxLimit, type OutboxLimit } from '../../src/events/outbox-limit.ts';
import {
  createBatches,
  createPlaces,
  TakenOver,
  type Batches,
} from '../../src/imports/import-jobs/import-jobs-store.ts';
import { isGoing, leaveNewer } from '../../src/imports/import-state.ts';
import { setField, type ImportState } from '../../src/imports/import-store.ts';
import { MEMBER_WORK } from '../../src/imports/slices.ts';
import type { ImportJobsTicket } from '../../src/redis/queues.ts';
import type { Tenant } from '../../src/registry/tenants.ts';
import type { CallRules } from '../call-rules.ts';
import { mayStill } from '../check-maker.ts';
import { WatchedWorker, workerOptions } from '../watched-worker.ts';
import type { ImportJobContext } from './import-jobs/context.ts';
import { driveImport } from './import-jobs/drive-import.ts';
import { createWakeSignal, readWithRetries } from './import-jobs/retries.ts';
import { MemberWork } from './member-work.ts';
import { createOutcomes, membersFirst, type RecordOutcomes } from './outcomes.ts';
import type { ImportParts } from './import-parts.ts';
import { accountOf } from './row-work.ts';

interface Parts extends ImportParts {
  queue: Queue<ImportJobsTicket>;
  /** Queues an import whose import jobs are done: it ends, or continues row by row. */
  resume: (importId: string) => Promise<void>;
}

/** High, because the jobs mostly wait. */
const CONCURRENCY = 100;

/** This worker is shutting down; another one continues the job. */
class Stopping extends Error {}

export class ImportJobsWorker {
  readonly #parts: Parts;
  readonly #stopping = new AbortController();
  readonly #recordOutcomes: RecordOutcomes;
  /** Of rows whose users need not become members, or are. */
  readonly #recordLast: RecordOutcomes;
  readonly #outboxLimit: OutboxLimit;
  readonly #shared: Pick<ImportJobContext, 'redis' | 'store' | 'log' | 'places' | 'placeFreed' | 'signal'>;
  readonly #worker: WatchedWorker<ImportJobsTicket>;

  constructor(parts: Parts) {
    this.#parts = parts;
    const { connection, queue, store, lockMs, outages, log } = parts;
    this.#recordLast = createOutcomes(connection, store);
    this.#recordOutcomes = membersFirst(this.#recordLast, parts);
    this.#outboxLimit = createOutboxLimit(connection);
    const { signal } = this.#stopping;
    const places = createPlaces(connection);
    this.#shared = { redis: connection, store, log, places, placeFreed: createWakeSignal(), signal };
    const options = workerOptions({ connection, concurrency: CONCURRENCY, lockMs });
    const work = (job: Job<ImportJobsTicket>, token: string) => this.#work(job, token);
    const onCompleted = ({ name, data }: Job<ImportJobsTicket>): void => {
      if (name === MEMBER_WORK) void this.#addMemberWorkAgain(data.importId);
    };
    this.#worker = new WatchedWorker({ queue, work, onCompleted, options, outages, log });
  }

  async close(): Promise<void> {
    this.#stopping.abort(new Stopping());
    await this.#worker.close();
  }

  async #work(job: Job<ImportJobsTicket>, token: string): Promise<void> {
    const { store, resume, log } = this.#parts;
    const state = await store.read(job.data.importId);
    if (!state) return;
    leaveNewer(state);
    // Throws while the outbox has no room for its events; the job is retried every second.
    if (state.userEvents) await this.#outboxLimit.admit();
    try {
      await (job.name === MEMBER_WORK ? this.#addMembers(state) : this.#drive(state));
    } catch (error) {
      if (error instanceof TakenOver) {
        log.warn({ import: state.id }, 'import jobs were taken over by another worker');
        // That worker has the queued job, too.
        throw new WaitingError();
      }
      if (!(error instanceof Stopping)) {
        log.warn({ err: error, import: state.id }, 'import jobs were interrupted, and are retried');
        throw error;
      }
      // Back to the queue, for another worker.
      await job.moveToWait(token);
      throw new WaitingError();
    }
    // Retried every second until the tenant is resumed.
    if ((await this.#tenantOf(state))?.status === 'suspended') throw new Error('its tenant is suspended');
    await resume(state.id);
  }

  #drive(state: ImportState): Promise<void> {
    const context = this.#contextFor(state);
    // Read again for each import and after a refusal: the connection may have been replaced by another one of the same name.
    let connectionId: Promise<string> | undefined;
    const connection = {
      id: () => (connectionId ??= this.#connectionIdOf(context, state)),
      invalidate: () => (connectionId = undefined),
    };
    return driveImport(context, state, connection);
  }

  async #addMembers(state: ImportState): Promise<void> {
    const { connection, store, log } = this.#parts;
    if (!(await this.#tenantOf(state))) return;
    const { users } = this.#contextFor(state);
    const record = this.#recordLast;
    const forget = (id: string) => setField(connection, id, 'joining', 0);
    const { signal } = this.#stopping;
    await new MemberWork({ store, forget, users, record, signal, log }, state.id).run();
  }

  /**
   * Rows that came after the work had looked for the last time, and before its job was removed: adding the job again did nothing then, and
   * nothing else looks at an import that was cancelled.
   */
  async #addMemberWorkAgain(importId: string): Promise<void> {
    const { store, addMemberWork, log } = this.#parts;
    try {
      const state = await store.read(importId);
      if (state && state.joining > 0 && (await this.#tenantOf(state))) await addMemberWork(importId);
    } catch (err) {
      log.warn({ err, import: importId }, 'the search for users who are to become members failed');
    }
  }

  #tenantOf({ tenantId }: ImportState): Promise<Tenant | undefined> {
    return this.#parts.readTenant(tenantId);
  }

  #contextFor(of: ImportState): ImportJobContext {
    const { connection, managementFor, usersOf } = this.#parts;
    const rules = { account: accountOf(of), whileWaiting: () => this.#stopping.signal };
    const management = managementFor(of.id, rules);
    const batches = createBatches(connection);
    return {
      ...this.#shared,
      batches,
      management,
      users: usersOf(management, of.tenantId),
      write(begin, call) {
        const beforeCall: CallRules['beforeCall'] = async ({ isWrite }) => {
          if (isWrite) await begin();
        };
        return call(managementFor(of.id, { ...rules, beforeCall }));
      },
      mayGo: (id) => this.#mayGo(id, batches),
      record: (state, outcomes) => this.#record(state, outcomes),
    };
  }

  async #mayGo(id: string, batches: Batches): Promise<ImportState | undefined> {
    const state = await this.#parts.store.read(id);
    if (state) batches.check(state);
    if (!state || !isGoing(state) || (await this.#tenantOf(state))?.status !== 'active') return undefined;
    return (await mayStill(this.#parts.checkMaker, state)) ? state : undefined;
  }

  async #record(state: ImportState, outcomes: Parameters<RecordOutcomes>[1]): Promise<void> {
    if (outcomes.length === 0) return;
    await this.#recordOutcomes(state, outcomes);
    const account = accountOf(state);
    const created = outcomes.filter(([, mark]) => mark === 'c').length;
    if (account && created > 0) this.#parts.usage.rowsCreated(account, created);
  }

  /** Import jobs require the id of the connection; tenants are stored with its name. */
  async #connectionIdOf(context: ImportJobContext, { connection: name }: ImportState): Promise<string> {
    const found = await readWithRetries(context, () => context.management.findConnection(name));
    // The authority then refuses the file, and the import waits.
    if (!found) context.log.error({ connection: name }, 'the connection does not exist');
    return found?.id ?? name;
  }
}
