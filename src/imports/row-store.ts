/**
 * A user import in Redis: its state and counts, its rows (sealed, one list per slice) and each row's outcome. Rows are no
 * jobs of their own: a queue holds one small slice job per import, however large it is.
 */
import type { Redis } from 'ioredis';
import { keys } from '../redis/keys.ts';
import { loadScript } from '../redis/scripts.ts';
import type { NewUserRecord } from '../relay/user-record.ts';
import type { Seal } from '../secrets/seal.ts';
import type { RowError, RowOutcome, RowStatus } from './row-outcome.ts';

/** Rows of one turn: with many imports under way, each gets so many rows done before the next one has its turn. */
export const SLICE_ROWS = 10;
/** Rows and outcomes hold personal data: they go so long after the import was completed. */
const KEEP_MS = 7 * 86_400_000;
/** What an upload that broke off leaves behind goes by itself. */
const UNCOMMITTED_MS = 3_600_000;

export interface ImportState {
  id: string;
  tenantId: string;
  connection: string;
  /** On whose account its rows go; left out, on nobody's. */
  by?: { kind: string; clientId: string } | undefined;
  status: 'queued' | 'running' | 'completed';
  total: number;
  counts: Record<RowStatus, number>;
  createdAt: string;
  startedAt: string | undefined;
  completedAt: string | undefined;
}

/** A row as it was taken in: a user, or why it is none. */
export type StoredRow = { user: NewUserRecord } | { email?: string; error: RowError };

export interface Row {
  /** From 1. */
  number: number;
  stored: StoredRow;
  outcome: RowOutcome | undefined;
}

export interface RowStore {
  /** Stores rows and state; the import exists only when all of it is stored. */
  create(state: ImportState, rows: readonly StoredRow[]): Promise<void>;
  read(id: string): Promise<ImportState | undefined>;
  readSlice(state: ImportState, slice: number): Promise<Row[]>;
  /** @returns whether this ended the import */
  recordOutcome(id: string, row: number, outcome: RowOutcome): Promise<boolean>;
  markStarted(id: string): Promise<void>;
  /** The first slice with a row that has no outcome; undefined when there is none. */
  frontier(state: ImportState): Promise<number | undefined>;
  openImports(): Promise<string[]>;
  /** It needs no more work. */
  close(state: ImportState): Promise<void>;
}

const recordOutcomeScript = loadScript(new URL('./record-outcome.lua', import.meta.url));

export const sliceCount = (total: number): number => Math.ceil(total / SLICE_ROWS);
const firstRowOf = (slice: number): number => slice * SLICE_ROWS + 1;

export function createRowStore(redis: Redis, seal: Seal): RowStore {
  const rowPlace = (id: string, row: number) => `import:${id}:row:${row}`;
  const outcomePlace = (id: string, row: number) => `import:${id}:outcome:${row}`;

  return {
    async create(state, rows) {
      const { id } = state;
      for (let slice = 0; slice < sliceCount(rows.length); slice += 1) {
        const first = firstRowOf(slice);
        const sealed = rows
          .slice(first - 1, first - 1 + SLICE_ROWS)
          .map((row, index) => seal.seal(row, rowPlace(id, first + index)));
        await redis
          .multi()
          .rpush(keys.userImportRows(id, slice), ...sealed)
          .pexpire(keys.userImportRows(id, slice), UNCOMMITTED_MS)
          .exec();
      }
      // From here on the rows stay: the state, written last, makes the import.
      const keep = redis.pipeline();
      for (let slice = 0; slice < sliceCount(rows.length); slice += 1)
        keep.persist(keys.userImportRows(id, slice));
      await keep.exec();
      await redis.hset(keys.userImport(id), {
        tenant: state.tenantId,
        connection: state.connection,
        ...(state.by ? { by: JSON.stringify(state.by) } : {}),
        status: state.status,
        total: state.total,
        created_at: state.createdAt,
      });
      await redis.sadd(keys.openImports, id);
    },

    async read(id) {
      const fields = await redis.hgetall(keys.userImport(id));
      if (!fields['tenant']) return undefined;
      const count = (status: RowStatus) => Number(fields[status] ?? 0);
      return {
        id,
        tenantId: fields['tenant'],
        connection: fields['connection']!,
        by: fields['by'] === undefined ? undefined : (JSON.parse(fields['by']) as ImportState['by']),
        status: fields['status'] as ImportState['status'],
        total: Number(fields['total']),
        counts: {
          created: count('created'),
          failed: count('failed'),
          skipped: count('skipped'),
          unknown: count('unknown'),
        },
        createdAt: fields['created_at']!,
        startedAt: fields['started_at'],
        completedAt: fields['completed_at'],
      };
    },

    async readSlice({ id }, slice) {
      const sealed = await redis.lrange(keys.userImportRows(id, slice), 0, -1);
      if (sealed.length === 0) return [];
      const numbers = sealed.map((_, index) => firstRowOf(slice) + index);
      const outcomes = await redis.hmget(keys.userImportOutcomes(id), ...numbers.map(String));
      return sealed.map((row, index) => {
        const number = numbers[index]!;
        const outcome = outcomes[index];
        return {
          number,
          stored: seal.open<StoredRow>(row, rowPlace(id, number)),
          outcome: outcome ? seal.open<RowOutcome>(outcome, outcomePlace(id, number)) : undefined,
        };
      });
    },

    async recordOutcome(id, row, outcome) {
      const ended = await recordOutcomeScript.run(
        redis,
        [keys.userImport(id), keys.userImportOutcomes(id)],
        [row, seal.seal(outcome, outcomePlace(id, row)), outcome.status, new Date().toISOString(), KEEP_MS],
      );
      return ended === 1;
    },

    async markStarted(id) {
      if (await redis.hsetnx(keys.userImport(id), 'started_at', new Date().toISOString())) {
        await redis.hset(keys.userImport(id), 'status', 'running');
      }
    },

    async frontier(state) {
      for (let slice = 0; slice < sliceCount(state.total); slice += 1) {
        const first = firstRowOf(slice);
        const rows = Math.min(SLICE_ROWS, state.total - first + 1);
        const numbers = Array.from({ length: rows }, (_, index) => String(first + index));
        const outcomes = await redis.hmget(keys.userImportOutcomes(state.id), ...numbers);
        if (outcomes.includes(null)) return slice;
      }
      return undefined;
    },

    openImports: () => redis.smembers(keys.openImports),

    async close(state) {
      const writes = redis.pipeline();
      for (let slice = 0; slice < sliceCount(state.total); slice += 1) {
        writes.pexpire(keys.userImportRows(state.id, slice), KEEP_MS);
      }
      // Also of one that was broken off, because its tenant is gone.
      writes.pexpire(keys.userImport(state.id), KEEP_MS).pexpire(keys.userImportOutcomes(state.id), KEEP_MS);
      await writes.exec();
      await redis.srem(keys.openImports, state.id);
    },
  };
}
