/** The API's part of user imports after the upload: report progress, list rows, cancel, pause, resume. */
import { randomUUID } from 'node:crypto';
import type { Queue } from 'bullmq';
import type { Redis } from 'ioredis';
import type { PendingEvent } from '../events/event.ts';
import { Problem } from '../problem.ts';
import { redisTimestamp } from '../redis/clock.ts';
import type { SliceTicket } from '../redis/queues.ts';
import { afterChange } from '../redis/unanswered.ts';
import type { Seal } from '../secrets/seal.ts';
import { closeImport } from './close-import.ts';
import { eachRow, type RowFilter } from './each-row.ts';
import { hasEnded, type ImportState, type NewImport } from './import-state.ts';
import { ImportStore, KEEP_MS, trimImports, type Control, type Row, type StoredRow } from './import-store.ts';
import { addCheck } from './slices.ts';
import { publishChanges } from './publish-changes.ts';
import { commitImport, acquireUploadLease, writeRows } from './upload-store.ts';

const RETRY = { 'Retry-After': '2' };

export class Imports {
  readonly #redis: Redis;
  readonly #queue: Queue<SliceTicket>;
  readonly #seal: Seal;
  readonly #keepMs: number;
  readonly #recordsPerTenant: number;
  readonly #store: ImportStore;

  /** @param parts `recordsPerTenant`: number of ended imports kept per tenant */
  constructor(parts: {
    redis: Redis;
    queue: Queue<SliceTicket>;
    seal: Seal;
    keepMs?: number;
    recordsPerTenant?: number;
  }) {
    this.#redis = parts.redis;
    this.#queue = parts.queue;
    this.#seal = parts.seal;
    this.#keepMs = parts.keepMs ?? KEEP_MS;
    this.#recordsPerTenant = parts.recordsPerTenant ?? 1_000;
    this.#store = new ImportStore(this.#redis, this.#seal, this.#keepMs);
  }

  /** Creates an import of rows that are in memory. Resolves when all of them are stored and the work is queued. */
  async create(
    owner: Pick<NewImport, 'tenantId' | 'connection' | 'by'>,
    rows: readonly StoredRow[],
  ): Promise<ImportState> {
    const [id, holder] = [randomUUID(), randomUUID()];
    await acquireUploadLease(this.#redis, id, holder);
    await writeRows(this.#redis, this.#seal, { id, holder }, rows);
    return this.commit(id, holder, {
      ...owner,
      channel: 'row_by_row',
      sendsMail: false,
      total: rows.length,
      failed: rows.filter((row) => 'error' in row).length,
      fingerprint: undefined,
      createdAt: redisTimestamp(),
    });
  }

  /** Turns an upload into an import, and queues its work. @param holder of the upload's lease */
  async commit(id: string, holder: string, made: NewImport): Promise<ImportState> {
    const isMade = await commitImport(this.#redis, id, holder, made, this.#keepMs);
    if (!isMade)
      throw new Problem('overloaded', { headers: RETRY, internal: 'the lease of an upload was lost' });
    return afterChange(() => this.#begin(id));
  }

  async #begin(id: string): Promise<ImportState> {
    const state = await this.#store.read(id);
    if (!state) throw new Problem('outcome_unknown', { internal: `import ${id} is gone` });
    await trimImports(this.#redis, state.tenantId, this.#recordsPerTenant);
    if (hasEnded(state)) await closeImport(this.#redis, this.#store, state);
    else {
      await addCheck(this.#queue, id);
      await publishChanges(this.#redis, state);
    }
    return state;
  }

  read(id: string): Promise<ImportState | undefined> {
    return this.#store.read(id);
  }

  /** A tenant's imports, newest first. @param after id of the previous page's last import */
  async list(
    tenantId: string,
    { after, limit }: { after: string | undefined; limit: number },
  ): Promise<{ imports: ImportState[]; next: string | undefined }> {
    // One more than the page holds shows whether there is a next page.
    const ids = await this.#store.listIds(tenantId, after, limit + 1);
    if (!ids) throw new Problem('invalid_cursor');
    const found = await this.#store.readMany(ids.slice(0, limit));
    const next = ids.length > limit ? ids[limit - 1] : undefined;
    return { imports: found.filter((state) => state !== undefined), next };
  }

  /** Rows in order, as batches. @throws Problem `rows_deleted` */
  eachRow(state: ImportState, filter: RowFilter): AsyncGenerator<Row[]> {
    return eachRow(this.#store, state, filter);
  }

  /** A page of rows. */
  async readRows(
    state: ImportState,
    { limit, ...filter }: RowFilter & { limit: number },
  ): Promise<{ rows: Row[]; next: number | undefined }> {
    const found: Row[] = [];
    for await (const rows of this.eachRow(state, filter)) {
      for (const row of rows) {
        if (found.length === limit) return { rows: found, next: found.at(-1)?.number };
        found.push(row);
      }
    }
    return { rows: found, next: undefined };
  }

  /**
   * No row is started after a `cancel` or `pause` was answered.
   * @param event emitted if the state changes
   * @throws Problem `import_ended`
   */
  async control({ id, tenantId }: ImportState, action: Control, event: PendingEvent): Promise<ImportState> {
    let published = '';
    // If nothing changed, the request itself records the event.
    const result = await event.commit(
      (text) => this.#store.control(id, action, (published = text(id))),
      (came) => came === 'done',
    );
    if (result === 'ended') throw new Problem('import_ended');
    if (result === 'unknown') throw new Problem('not_found');
    if (result === 'done') await publishChanges(this.#redis, { id, unpublished: [published] });
    if (action === 'cancel') await this.#store.close({ id, tenantId });
    if (action === 'resume') await addCheck(this.#queue, id);
    const state = await this.#store.read(id);
    if (!state) throw new Problem('not_found');
    return state;
  }
}
