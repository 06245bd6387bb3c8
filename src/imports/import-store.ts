/**
 * A user import in Redis: its state and counts, its rows in chunks, and one byte per row for its outcome. Rows are not jobs: the queue
 * holds a few small slice jobs per import, whatever its size.
 */
import type { Redis } from 'ioredis';
import { redisTimestamp } from '../redis/clock.ts';
import { keys } from '../redis/keys.ts';
import { defineScript } from '../redis/scripts.ts';
import type { Seal } from '../secrets/seal.ts';
import { chunkOf, firstRowOf, unpackChunk, type Row } from './chunks.ts';
import { eventField, hasEnded, readState, readStatus, type ImportState } from './import-state.ts';
import { markOf, type EndMark } from './row-outcome.ts';

export type { ImportState } from './import-state.ts';
export type { Row, StoredRow } from './chunks.ts';

/** Default retention of rows after an import's end, in ms: they hold personal data. */
export const KEEP_MS = 7 * 86_400_000;

type RowEnd = readonly [row: number, mark: EndMark | '.' | 'm'];

export type Control = 'cancel' | 'pause' | 'resume';

const CONTROLLED = ['done', 'same', 'ended', 'unknown'] as const;

const file = (name: string) => new URL(`./scripts/${name}.lua`, import.meta.url);
const startRows = defineScript({ file: file('start-rows'), keys: ['state', 'marks'], args: ['...numbers'] });
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
const beginImport = defineScript({ file: file('begin-import'), keys: ['state'], args: [] });

const setStateField = defineScript({
  file: file('set-field'),
  keys: ['state'],
  args: ['field', 'value', 'when'],
});

/** Marks are scanned in windows of this many rows. */
const WINDOW_ROWS = 65_536;

export class ImportStore {
  readonly #redis: Redis;
  readonly #seal: Seal;
  readonly #keepMs: number;

  constructor(redis: Redis, seal: Seal, keepMs = KEEP_MS) {
    this.#redis = redis;
    this.#seal = seal;
    this.#keepMs = keepMs;
  }

  async read(id: string): Promise<ImportState | undefined> {
    return readState(id, await this.#redis.hgetall(keys.userImport(id)));
  }

  readMany(ids: readonly string[]): Promise<(ImportState | undefined)[]> {
    return Promise.all(ids.map((id) => this.read(id)));
  }

  /** Rows `from` to `to`, both inclusive. @returns undefined when they were deleted */
  async readRows({ id }: ImportState, from: number, to: number): Promise<Row[] | undefined> {
    const [first, last] = [chunkOf(from), chunkOf(to)];
    const wanted = Array.from({ length: last - first + 1 }, (_, i) => String(first + i));
    const [chunks, marks] = await Promise.all([
      this.#redis.hmgetBuffer(keys.userImportRows(id), ...wanted),
      this.readMarks(id, from, to),
    ]);
    if (marks.length === 0) return undefined;
    const rows: Row[] = [];
    for (const [i, sealed] of chunks.entries()) {
      if (sealed === null) return undefined;
      for (const [at, stored] of unpackChunk(this.#seal, id, first + i, sealed).entries()) {
        const number = firstRowOf(first + i) + at;
        if (number >= from && number <= to) rows.push({ number, stored, mark: markOf(marks[number - from]) });
      }
    }
    return rows;
  }

  /** One byte per row; shorter, or empty, when the rows were deleted. */
  readMarks(id: string, from: number, to: number): Promise<Buffer> {
    return this.#redis.getrangeBuffer(keys.userImportMarks(id), from - 1, to - 1);
  }

  /** @returns false when the import is paused or has ended: none of the rows may be sent */
  async start(id: string, rows: readonly number[]): Promise<boolean> {
    const places = { state: keys.userImport(id), marks: keys.userImportMarks(id) };
    return (await startRows(this.#redis, { ...places, numbers: rows })) === 1;
  }

  /**
   * Records outcomes. `.` resets a row that was started and is known not to be done; `m` is not an outcome yet.
   * @param eventOf event to emit if the row gets this outcome; '': none
   * @returns whether this ended the import
   */
  async record(
    id: string,
    outcomes: readonly RowEnd[],
    eventOf: (end: RowEnd) => string = () => '',
  ): Promise<boolean> {
    const ended = await recordOutcomes(this.#redis, {
      state: keys.userImport(id),
      marks: keys.userImportMarks(id),
      expiring: [keys.userImportRows(id), keys.userImportBatches(id)],
      id,
      now: redisTimestamp(),
      keepMs: this.#keepMs,
      channel: keys.userImportChanged,
      outcomes: outcomes.flatMap((end) => [...end, eventOf(end)]),
    });
    return ended === 1;
  }

  async markStarted({ id, startedAt }: ImportState): Promise<void> {
    if (startedAt !== undefined) return;
    await setField(this.#redis, id, 'started_at', redisTimestamp(), 'nx');
    await beginImport(this.#redis, { state: keys.userImport(id) });
  }

  /** Number of rows per slice; the first worker's proposal is kept. */
  async sliceRows(id: string, proposed: number): Promise<number> {
    return Number((await setField(this.#redis, id, 'slice_rows', proposed, 'nx')) ?? proposed);
  }

  /** The first row from `from` on that is not done; undefined if there is none. */
  async openRow({ id, total, frontier }: ImportState, from: number): Promise<number | undefined> {
    for (let at = Math.max(from, frontier + 1); at <= total; at += WINDOW_ROWS) {
      const marks = await this.readMarks(id, at, Math.min(total, at + WINDOW_ROWS - 1));
      const found = marks.findIndex((mark) => mark === DOT || mark === STARTED);
      if (found !== -1) return at + found;
      if (marks.length === 0) return undefined;
    }
    return undefined;
  }

  /** Records that all rows up to this number are done. */
  async moveFrontier(id: string, rows: number): Promise<void> {
    await setField(this.#redis, id, 'frontier', rows);
  }

  async markJobsDone(id: string): Promise<void> {
    await setField(this.#redis, id, 'jobs_done', 1);
  }

  openImports(): Promise<string[]> {
    return this.#redis.smembers(keys.openImports);
  }

  /** Counts it among its tenant's open imports until it is closed; a closed import stays closed. */
  async countAsOpen({ id, tenantId }: Pick<ImportState, 'id' | 'tenantId'>): Promise<void> {
    await this.#redis.zadd(keys.openUserImportsOf(tenantId), 'XX', '+inf', id);
  }

  /** Removes an id without a state from the open imports. A crash left it, unless an upload is about to be committed. */
  async dropStray(id: string): Promise<void> {
    if ((await this.#redis.exists(keys.userImportUpload(id))) === 1) return;
    // The lease is removed when the state is written.
    if ((await this.#redis.exists(keys.userImport(id))) === 0) await this.#redis.srem(keys.openImports, id);
  }

  /** Removes everything of the import. */
  remove({ id, tenantId }: Pick<ImportState, 'id' | 'tenantId'>): Promise<void> {
    return removeImport(this.#redis, tenantId, id);
  }

  /** Ids of a tenant's imports, newest first. @param after id of one of them @returns undefined when it is unknown */
  async listIds(tenantId: string, after: string | undefined, count: number): Promise<string[] | undefined> {
    const list = keys.userImportsOf(tenantId);
    const last = after === undefined ? -1 : await this.#redis.zrevrank(list, after);
    return last === null ? undefined : this.#redis.zrevrange(list, last + 1, last + count);
  }

  /**
   * No row is started after a `cancel` or `pause`.
   * @param event emitted if the state changes
   * @returns `same`: it had this state already
   */
  async control(id: string, action: Control, event = ''): Promise<(typeof CONTROLLED)[number]> {
    const result = await controlImport(this.#redis, {
      state: keys.userImport(id),
      expiring: [keys.userImportRows(id), keys.userImportMarks(id), keys.userImportBatches(id)],
      action,
      id,
      now: redisTimestamp(),
      keepMs: this.#keepMs,
      channel: keys.userImportChanged,
      eventField: event && eventField(event),
      event,
    });
    return CONTROLLED.find((known) => known === result) ?? 'unknown';
  }

  /** Marks it as needing no more work. */
  async close({ id, tenantId }: Pick<ImportState, 'id' | 'tenantId'>): Promise<void> {
    await this.#redis.srem(keys.openImports, id);
    await this.#redis.zrem(keys.openUserImportsOf(tenantId), id);
  }
}

const DOT = '.'.charCodeAt(0);
const STARTED = 'o'.charCodeAt(0);

/**
 * Sets a field of an import's state, unless the import was removed: a lone field would never expire.
 * @param when `nx`: only if it has no value
 * @returns its value afterwards; undefined when there is no import
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

/** Whether the import exists, or its record is still kept. */
export async function isImport(redis: Redis, id: string): Promise<boolean> {
  return (await redis.exists(keys.userImport(id))) === 1;
}

/** Fingerprint of the request that created it; null: no such import, or it had no idempotency key. */
export function readFingerprint(redis: Redis, id: string): Promise<string | null> {
  return redis.hget(keys.userImport(id), 'fingerprint');
}

/** Removes an event that has been published. @param event as text */
export async function removeEvent(redis: Redis, id: string, event: string): Promise<void> {
  await redis.hdel(keys.userImport(id), eventField(event));
}

/** Also removes an upload in progress: without its lease nothing more of it can be written (`write-chunks.lua`). */
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
  ]);
  // Last: a removal that was interrupted is found by this entry and starts over.
  await redis.zrem(keys.userImportsOf(tenantId), id);
}

/** Batch size of a removal. */
const TOGETHER = 100;

/** Removes ended and open imports. The caller makes sure that no new ones are created. */
export async function removeImportsOf(redis: Redis, tenantId: string): Promise<void> {
  for (const place of [keys.openUserImportsOf(tenantId), keys.userImportsOf(tenantId)]) {
    for (;;) {
      const ids = await redis.zrange(place, 0, String(TOGETHER - 1));
      if (ids.length === 0) break;
      await Promise.all(ids.map((id) => removeImport(redis, tenantId, id)));
    }
  }
}

/** Removes the oldest ended imports of a tenant beyond `max`, a few per call, so that creating an import stays fast. */
export async function trimImports(redis: Redis, tenantId: string, max: number): Promise<void> {
  const place = keys.userImportsOf(tenantId);
  const surplus = (await redis.zcard(place)) - max;
  if (surplus <= 0) return;
  const ids = await redis.zrange(place, 0, String(Math.min(surplus, TOGETHER) - 1));
  for (const id of ids) {
    const status = await redis.hget(keys.userImport(id), 'status');
    // Open imports are bounded by the tenant's limit.
    if (status === null || hasEnded({ status: readStatus(status) })) await removeImport(redis, tenantId, id);
  }
}
