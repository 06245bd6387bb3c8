/** The API's half of user imports, once they are uploaded: say how far they are, list rows, cancel, pause, resume. */
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
import {
  createImportStore,
  KEEP_MS,
  trimImports,
  type Control,
  type Row,
  type StoredRow,
} from './import-store.ts';
import { addTakeUp } from './slices.ts';
import { publishChanges } from './publish-changes.ts';
import { commitImport, takeUpload, writeRows } from './upload-store.ts';

export interface Imports {
  /** Rows that are there already. Returns when every one is stored and the work is queued. */
  create(
    owner: Pick<NewImport, 'tenantId' | 'connection' | 'by'>,
    rows: readonly StoredRow[],
  ): Promise<ImportState>;
  /** Makes an import of an upload, and queues its work. @param holder of the upload's lease */
  commit(id: string, holder: string, made: NewImport): Promise<ImportState>;
  read(id: string): Promise<ImportState | undefined>;
  /** A tenant's imports, newest first. @param after id of the last one of the page before */
  list(
    tenantId: string,
    page: { after: string | undefined; limit: number },
  ): Promise<{ imports: ImportState[]; next: string | undefined }>;
  /** Rows in their order, some at a time. @throws Problem `rows_deleted` */
  eachRow(state: ImportState, filter: RowFilter): AsyncGenerator<Row[]>;
  /** A page of them. */
  readRows(
    state: ImportState,
    query: RowFilter & { limit: number },
  ): Promise<{ rows: Row[]; next: number | undefined }>;
  /**
   * No row is started after a `cancel` or `pause` was answered.
   * @param event tells of it
   * @throws Problem `import_ended`
   */
  control(state: ImportState, action: Control, event: PendingEvent): Promise<ImportState>;
}

const RETRY = { 'Retry-After': '2' };

export function createImports(parts: {
  redis: Redis;
  queue: Queue<SliceTicket>;
  seal: Seal;
  keepMs?: number;
  /** So many ended imports of a tenant stay. */
  recordsPerTenant?: number;
}): Imports {
  const { redis, queue, seal, keepMs = KEEP_MS, recordsPerTenant = 1_000 } = parts;
  const store = createImportStore(redis, seal, keepMs);

  async function begin(id: string): Promise<ImportState> {
    const state = await store.read(id);
    if (!state) throw new Problem('outcome_unknown', { internal: `import ${id} is gone` });
    await trimImports(redis, state.tenantId, recordsPerTenant);
    if (hasEnded(state)) await closeImport(redis, store, state);
    else {
      await addTakeUp(queue, id);
      await publishChanges(redis, state);
    }
    return state;
  }

  const imports: Imports = {
    async create(owner, rows) {
      const id = randomUUID();
      const holder = (await takeUpload(redis, id))!;
      await writeRows(redis, seal, { id, holder }, rows);
      return imports.commit(id, holder, {
        ...owner,
        channel: 'row_by_row',
        sendsMail: false,
        total: rows.length,
        failed: rows.filter((row) => 'error' in row).length,
        fingerprint: undefined,
        createdAt: redisTimestamp(),
      });
    },

    async commit(id, holder, made) {
      const isMade = await commitImport(redis, id, holder, made, keepMs);
      if (!isMade)
        throw new Problem('overloaded', { headers: RETRY, internal: 'the lease of an upload was lost' });
      return afterChange(() => begin(id));
    },

    read: (id) => store.read(id),

    async list(tenantId, { after, limit }) {
      // One more than is shown says whether there is more.
      const ids = await store.listIds(tenantId, after, limit + 1);
      if (!ids) throw new Problem('invalid_cursor');
      const found = await store.readMany(ids.slice(0, limit));
      const next = ids.length > limit ? ids[limit - 1] : undefined;
      return { imports: found.filter((state) => state !== undefined), next };
    },

    eachRow: (state, filter) => eachRow(store, state, filter),

    async readRows(state, { limit, ...filter }) {
      const found: Row[] = [];
      for await (const rows of eachRow(store, state, filter)) {
        for (const row of rows) {
          if (found.length === limit) return { rows: found, next: found.at(-1)!.number };
          found.push(row);
        }
      }
      return { rows: found, next: undefined };
    },

    async control({ id, tenantId }, action, event) {
      let told = '';
      // Told by the request, when it was so already.
      const result = await event.commit(
        (text) => store.control(id, action, (told = text(id))),
        (came) => came === 'done',
      );
      if (result === 'ended') throw new Problem('import_ended');
      if (result === 'unknown') throw new Problem('not_found');
      if (result === 'done') await publishChanges(redis, { id, untold: [told] });
      if (action === 'cancel') await store.close({ id, tenantId });
      if (action === 'resume') await addTakeUp(queue, id);
      return (await store.read(id))!;
    },
  };
  return imports;
}
