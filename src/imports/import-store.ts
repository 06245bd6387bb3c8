/**
 * A user import in Redis: its state and counts, its rows in chunks, and a byte for each row that says what became of it. Rows are no
 * jobs of their own: a queue holds a few small slice jobs for an import, however large it is.
 */
import type { Redis } from 'ioredis';
import { redisTimestamp } from '../redis/clock.ts';
import { keys } from '../redis/keys.ts';
import { defineScript } from '../redis/scripts.ts';
import type { Seal } from '../secrets/seal.ts';
import { chunkOf, firstRowOf, unpackChunk, type Row } from './chunks.ts';
import { eventField, hasEnded, readState, type ImportState, type ImportStatus } from './import-state.ts';
import type { EndMark, Mark } from './row-outcome.ts';

export type { ImportState } from './import-state.ts';
export type { Row, StoredRow } from './chunks.ts';

/** Rows hold personal data: they go so long after the import's end, when nothing else is said. */
export const KEEP_MS = 7 * 86_400_000;

type RowEnd = readonly [row: number, mark: EndMark | '.'];

export type Control = 'cancel' | 'pause' | 'resume';

export interface ImportStore {
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
  /** Ids of a tenant's imports, newest first. @param after id of one of them @returns undefined when that is none */
  listIds(tenantId: string, after: string | undefined, count: number): Promise<string[] | undefined>;
  /**
   * No row is started after a `cancel` or `pause`.
   * @param event tells of it, if it is done
   * @returns `same`: it was so already
   */
  control(id: string, action: Control, event?: string): Promise<'done' | 'same' | 'ended' | 'unknown'>;
  /** It needs no more work. */
  close(state: Pick<ImportState, 'id' | 'tenantId'>): Promise<void>;
}

const file = (name: string) => new URL(`./scripts/${name}.lua`, import.meta.url);
const startRows = defineScript({
  file: file('start-rows'),
  keys: ['state', 'marks'],
  args: ['...numbers'],
});
const controlImport = defineScript({
  file: file('control-import'),
  keys: ['state', '...expiring'],
  args: ['action', 'id', 'now', 'keepMs', 'channel', 'eventField', 'event'],
});
const recordOutcomes = defineScript({
  file: file('record-outcomes'),
  keys: ['state', 'marks', '...expiring'],
  args: ['id', 'now', 'keepMs', 'channel', '...outcomes'],
});
const beginImport = defineScript({
  file: file('begin-import'),
  keys: ['state'],
  args: [],
});

const setStateField = defineScript({
  file: file('set-field'),
  keys: ['state'],
  args: ['field', 'value', 'when'],
});

/** Marks are looked through so many at a time. */
const WINDOW_ROWS = 65_536;

export function createImportStore(redis: Redis, seal: Seal, keepMs = KEEP_MS): ImportStore {
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

    async listIds(tenantId, after, count) {
      const list = keys.userImportsOf(tenantId);
      const last = after === undefined ? -1 : await redis.zrevrank(list, after);
      return last === null ? undefined : redis.zrevrange(list, last + 1, last + count);
    },

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

/**
 * Sets a field of an import's state, unless the import was removed: a field by itself would stay for good.
 * @param when `nx`: only when it has no value
 * @returns its value then; undefined when there is no import
 */
export async function setField(
  redis: Redis,
  importId: string,
  field: string,
  value: string | number,
  when: 'nx' | 'always' = 'always',
): Promise<string | undefined> {
  const now = await setStateField(redis, { state: keys.userImport(importId), field, value, when });
  return typeof now === 'string' ? now : undefined;
}

/** Ids of a tenant's imports that have not ended. */
export async function listOpenImportsOf(redis: Redis, tenantId: string): Promise<string[]> {
  const ids = await redis.smembers(keys.openImports);
  const owners = await Promise.all(ids.map((id) => redis.hget(keys.userImport(id), 'tenant')));
  return ids.filter((_, index) => owners[index] === tenantId);
}

/** Whether there is such an import, or was one whose record is kept. */
export async function isImport(redis: Redis, id: string): Promise<boolean> {
  return (await redis.exists(keys.userImport(id))) === 1;
}

/** Of the request that made it; null: there is no such import, or it had no idempotency key. */
export function readFingerprint(redis: Redis, id: string): Promise<string | null> {
  return redis.hget(keys.userImport(id), 'fingerprint');
}

/** An event that was written with a change of it is on its way. @param event as text */
export async function removeEvent(redis: Redis, id: string, event: string): Promise<void> {
  await redis.hdel(keys.userImport(id), eventField(event));
}

/** Also an upload that is under way: its lease is gone, so that nothing of it can be written any more (`write-chunks.lua`). */
export async function removeImport(redis: Redis, tenantId: string, id: string): Promise<void> {
  await redis.unlink(
    keys.userImport(id),
    keys.userImportRows(id),
    keys.userImportMarks(id),
    keys.userImportBatches(id),
    keys.userImportUpload(id),
  );
  await Promise.all([
    redis.srem(keys.openImports, id),
    redis.zrem(keys.importJobsWaiting, id),
    redis.zrem(keys.importJobsGiven, id),
    redis.zrem(keys.openUserImportsOf(tenantId), id),
    // Last: as long as it stands there, whoever begins anew finds it.
    redis.zrem(keys.userImportsOf(tenantId), id),
  ]);
}

/** Removed together. */
const TOGETHER = 100;

/** Ended or not. Whoever calls this has seen to it that no more come. */
export async function removeImportsOf(redis: Redis, tenantId: string): Promise<void> {
  for (const place of [keys.openUserImportsOf(tenantId), keys.userImportsOf(tenantId)]) {
    for (;;) {
      const ids = await redis.zrange(place, 0, String(TOGETHER - 1));
      if (ids.length === 0) break;
      await Promise.all(ids.map((id) => removeImport(redis, tenantId, id)));
    }
  }
}

/** Removes the oldest ended imports of a tenant beyond `max`; some at a time, so that whoever makes one never waits for many. */
export async function trimImports(redis: Redis, tenantId: string, max: number): Promise<void> {
  const place = keys.userImportsOf(tenantId);
  const surplus = (await redis.zcard(place)) - max;
  if (surplus <= 0) return;
  const ids = await redis.zrange(place, 0, String(Math.min(surplus, TOGETHER) - 1));
  for (const id of ids) {
    const status = (await redis.hget(keys.userImport(id), 'status')) as ImportStatus | null;
    // Those that are under way are bounded by the tenant's limit.
    if (status === null || hasEnded({ status })) await removeImport(redis, tenantId, id);
  }
}
