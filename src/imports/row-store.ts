/**
 * A user import in Redis: its state and counts, its rows in chunks, and a byte for each row that says what became of it. Rows are no
 * jobs of their own: a queue holds a few small slice jobs for an import, however large it is.
 */
import type { Redis } from 'ioredis';
import { redisTimestamp } from '../redis/clock.ts';
import { keys } from '../redis/keys.ts';
import { defineScript } from '../redis/scripts.ts';
import type { Seal } from '../secrets/seal.ts';
import { CHUNK_ROWS, chunkOf, firstRowOf, unpackChunk } from './chunks.ts';
import type { StoredRow } from './chunks.ts';
import { eventField, readState } from './import-state.ts';
import type { ImportState } from './import-state.ts';
import { removeImport } from './remove-imports.ts';
import type { EndMark, Mark } from './row-outcome.ts';
import { setField } from './set-field.ts';

export type { ImportState } from './import-state.ts';
export type { StoredRow } from './chunks.ts';

/** Rows hold personal data: they go so long after the import's end, when nothing else is said. */
export const KEEP_MS = 7 * 86_400_000;

export interface Row {
  /** From 1. */
  number: number;
  stored: StoredRow;
  mark: Mark;
}

type RowEnd = readonly [row: number, mark: EndMark | '.'];

export type Control = 'cancel' | 'pause' | 'resume';

export interface RowStore {
  read(id: string): Promise<ImportState | undefined>;
  readMany(ids: readonly string[]): Promise<(ImportState | undefined)[]>;
  /** From row `from` to row `to`, both included. @returns undefined when they were deleted */
  readRows(state: ImportState, from: number, to: number): Promise<Row[] | undefined>;
  /** A byte for each of these rows; shorter, or empty, when they were deleted. */
  readMarks(id: string, from: number, to: number): Promise<Buffer>;
  /** @returns false when the import is paused or has ended: then none of them may be sent */
  start(id: string, rows: readonly number[]): Promise<boolean>;
  /**
   * `.` puts a row back that was started and is known not to be done.
   * @param eventOf tells of a row, if it gets this outcome; '' nothing does
   * @returns whether this ended the import
   */
  record(id: string, outcomes: readonly RowEnd[], eventOf?: (end: RowEnd) => string): Promise<boolean>;
  markStarted(state: ImportState): Promise<void>;
  /** How many rows are in one slice: what the first worker says that asks. */
  sliceRows(id: string, proposed: number): Promise<number>;
  /** The first row from `from` on that is not done; undefined when there is none. */
  openRow(state: ImportState, from: number): Promise<number | undefined>;
  /** So many rows from the first one on are done. */
  moveFrontier(id: string, rows: number): Promise<void>;
  markJobsDone(id: string): Promise<void>;
  openImports(): Promise<string[]>;
  /** It counts among those of its tenant that are under way until it is closed; one that is closed stays so. */
  countAsOpen(state: Pick<ImportState, 'id' | 'tenantId'>): Promise<void>;
  /** Of an id among the open ones without a state: a crash left it, unless somebody is about to make it an import. */
  dropStray(id: string): Promise<void>;
  /** Nothing stays of it. */
  remove(state: Pick<ImportState, 'id' | 'tenantId'>): Promise<void>;
  /**
   * No row is started after a `cancel` or `pause`.
   * @param event tells of it, if it is done
   * @returns `same`: it was so already
   */
  control(id: string, action: Control, event?: string): Promise<'done' | 'same' | 'ended' | 'unknown'>;
  /** It needs no more work. */
  close(state: Pick<ImportState, 'id' | 'tenantId'>): Promise<void>;
}

const startRows = defineScript({
  file: new URL('./scripts/start-rows.lua', import.meta.url),
  keys: ['state', 'marks'],
  args: ['...numbers'],
});
const controlImport = defineScript({
  file: new URL('./scripts/control-import.lua', import.meta.url),
  keys: ['state', '...expiring'],
  args: ['action', 'id', 'now', 'keepMs', 'channel', 'eventField', 'event'],
});
const recordOutcomes = defineScript({
  file: new URL('./scripts/record-outcomes.lua', import.meta.url),
  keys: ['state', 'marks', '...expiring'],
  args: ['id', 'now', 'keepMs', 'channel', '...outcomes'],
});
const beginImport = defineScript({
  file: new URL('./scripts/begin-import.lua', import.meta.url),
  keys: ['state'],
  args: [],
});

/** Marks are looked through so many at a time. */
const WINDOW_ROWS = 65_536;

export function createRowStore(redis: Redis, seal: Seal, keepMs = KEEP_MS): RowStore {
  const readMarks = (id: string, from: number, to: number) =>
    redis.getrangeBuffer(keys.userImportMarks(id), from - 1, to - 1);

  return {
    readMarks,
    read: async (id) => readState(id, await redis.hgetall(keys.userImport(id))),

    readMany: (ids) =>
      Promise.all(ids.map(async (id) => readState(id, await redis.hgetall(keys.userImport(id))))),

    async readRows({ id }, from, to) {
      const [first, last] = [chunkOf(from), chunkOf(to)];
      const wanted = Array.from({ length: last - first + 1 }, (_, i) => String(first + i));
      const [chunks, marks] = await Promise.all([
        redis.hmgetBuffer(keys.userImportRows(id), ...wanted),
        readMarks(id, from, to),
      ]);
      if (marks.length === 0 || chunks.includes(null)) return undefined;
      return chunks
        .flatMap((sealed, i) =>
          unpackChunk(seal, id, first + i, sealed!).map((stored, at) => ({
            number: firstRowOf(first + i) + at,
            stored,
          })),
        )
        .filter(({ number }) => number >= from && number <= to)
        .map((row) => ({ ...row, mark: String.fromCharCode(marks[row.number - from]!) as Mark }));
    },

    start: async (id, rows) =>
      (await startRows(redis, {
        state: keys.userImport(id),
        marks: keys.userImportMarks(id),
        numbers: rows,
      })) === 1,

    async record(id, outcomes, eventOf = () => '') {
      const ended = await recordOutcomes(redis, {
        state: keys.userImport(id),
        marks: keys.userImportMarks(id),
        expiring: [keys.userImportRows(id), keys.userImportBatches(id)],
        id,
        now: redisTimestamp(),
        keepMs,
        channel: keys.userImportTold,
        outcomes: outcomes.flatMap((end) => [...end, eventOf(end)]),
      });
      return ended === 1;
    },

    async markStarted({ id, startedAt }) {
      if (startedAt !== undefined) return;
      await setField(redis, id, 'started_at', redisTimestamp(), 'nx');
      await beginImport(redis, { state: keys.userImport(id) });
    },

    async sliceRows(id, proposed) {
      return Number((await setField(redis, id, 'slice_rows', proposed, 'nx')) ?? proposed);
    },

    async openRow({ id, total, frontier }, from) {
      for (let at = Math.max(from, frontier + 1); at <= total; at += WINDOW_ROWS) {
        const marks = await readMarks(id, at, Math.min(total, at + WINDOW_ROWS - 1));
        const found = marks.findIndex((mark) => mark === DOT || mark === STARTED);
        if (found !== -1) return at + found;
        if (marks.length === 0) return undefined;
      }
      return undefined;
    },

    moveFrontier: async (id, rows) => void (await setField(redis, id, 'frontier', rows)),
    markJobsDone: async (id) => void (await setField(redis, id, 'jobs_done', 1)),
    openImports: () => redis.smembers(keys.openImports),
    countAsOpen: async ({ id, tenantId }) =>
      void (await redis.zadd(keys.openUserImportsOf(tenantId), 'XX', '+inf', id)),
    async dropStray(id) {
      if ((await redis.exists(keys.userImportUpload(id))) === 1) return;
      // The lease goes when the state comes.
      if ((await redis.exists(keys.userImport(id))) === 0) await redis.srem(keys.openImports, id);
    },
    remove: ({ id, tenantId }) => removeImport(redis, tenantId, id),

    async control(id, action, event = '') {
      const done = await controlImport(redis, {
        state: keys.userImport(id),
        expiring: [keys.userImportRows(id), keys.userImportMarks(id), keys.userImportBatches(id)],
        action,
        id,
        now: redisTimestamp(),
        keepMs,
        channel: keys.userImportTold,
        eventField: event && eventField(event),
        event,
      });
      return done as 'done' | 'same' | 'ended' | 'unknown';
    },

    async close({ id, tenantId }) {
      await redis.srem(keys.openImports, id);
      await redis.zrem(keys.openUserImportsOf(tenantId), id);
    },
  };
}

const DOT = '.'.charCodeAt(0);
const STARTED = 'o'.charCodeAt(0);

export { CHUNK_ROWS };
