/** The API's half of user imports: take rows in, say how far they are. */
import { randomUUID } from 'node:crypto';
import type { Queue } from 'bullmq';
import type { Redis } from 'ioredis';
import type { SliceTicket } from '../redis/queues.ts';
import type { Seal } from '../secrets/seal.ts';
import type { RowStatus } from './row-outcome.ts';
import { createRowStore, SLICE_ROWS, sliceCount } from './row-store.ts';
import type { ImportState, Row, StoredRow } from './row-store.ts';
import { addSlice } from './slices.ts';

export interface Imports {
  /** Returns when every row is stored and the work is queued. */
  create(
    owner: Pick<ImportState, 'tenantId' | 'connection' | 'by'>,
    rows: readonly StoredRow[],
  ): Promise<ImportState>;
  read(id: string): Promise<ImportState | undefined>;
  /**
   * Rows after `after`, in their order.
   * @param limit at most so many
   */
  readRows(
    state: ImportState,
    query: { status: RowStatus | 'pending' | undefined; after: number; limit: number },
  ): Promise<{ rows: Row[]; next: number | undefined }>;
}

export function createImports(parts: { redis: Redis; queue: Queue<SliceTicket>; seal: Seal }): Imports {
  const store = createRowStore(parts.redis, parts.seal);
  return {
    async create({ tenantId, connection, by }, rows) {
      const state: ImportState = {
        id: randomUUID(),
        tenantId,
        connection,
        by,
        status: 'queued',
        total: rows.length,
        counts: { created: 0, failed: 0, skipped: 0, unknown: 0 },
        createdAt: new Date().toISOString(),
        startedAt: undefined,
        completedAt: undefined,
      };
      await store.create(state, rows);
      await addSlice(parts.queue, state.id, 0);
      return state;
    },

    read: (id) => store.read(id),

    async readRows(state, { status, after, limit }) {
      const found: Row[] = [];
      for (let slice = Math.floor(after / SLICE_ROWS); slice < sliceCount(state.total); slice += 1) {
        for (const row of await store.readSlice(state, slice)) {
          if (row.number <= after || (status && (row.outcome?.status ?? 'pending') !== status)) continue;
          if (found.length === limit) return { rows: found, next: found.at(-1)!.number };
          found.push(row);
        }
      }
      return { rows: found, next: undefined };
    },
  };
}
