/** Import jobs in Redis: the batches of an import, the account's slots for jobs, and the speed of recent jobs. */
import { randomUUID } from 'node:crypto';
import type { Redis } from 'ioredis';
import { parseJson } from '../../json.ts';
import { readRedisTime } from '../../redis/clock.ts';
import { keys } from '../../redis/keys.ts';
import { defineScript } from '../../redis/scripts.ts';
import type { ImportState } from '../import-state.ts';
import { setField } from '../import-store.ts';
import type { Batch } from './batches.ts';

/**
 * Another worker drives the import's jobs now: this one was considered dead, say because Redis was unreachable for longer than its
 * lock lasts. To continue would send rows twice.
 */
export class TakenOver extends Error {}

/** The batches as seen by one driver of an import: its writes are accepted until another driver takes the import over. */
export interface Batches {
  /** Makes this the import's only driver. */
  takeOver(importId: string): Promise<void>;
  /** @throws TakenOver */
  check(state: ImportState): void;
  list(importId: string): Promise<Batch[]>;
  /** @param before rows that were planned already @returns false when another worker has planned, or taken over, meanwhile */
  plan(importId: string, before: number, upTo: number, batch: Batch | undefined): Promise<boolean>;
  /** @throws TakenOver */
  save(importId: string, batch: Batch): Promise<void>;
  remove(importId: string, batch: Batch): Promise<void>;
}

const planBatch = defineScript({
  file: new URL('./plan-batch.lua', import.meta.url),
  keys: ['state', 'batches'],
  args: ['by', 'before', 'upTo', 'batch', 'number'],
});
const saveBatch = defineScript({
  file: new URL('./save-batch.lua', import.meta.url),
  keys: ['state', 'batches'],
  args: ['by', 'number', 'batch'],
});
const placesOf = (importId: string) => ({
  state: keys.userImport(importId),
  batches: keys.userImportBatches(importId),
});

export function createBatches(redis: Redis): Batches {
  const driver = randomUUID();
  return {
    takeOver: async (importId) => void (await setField(redis, importId, 'driver', driver)),
    check(state) {
      if (state.driver !== driver) throw new TakenOver();
    },
    async list(importId) {
      const found = await redis.hgetall(keys.userImportBatches(importId));
      return Object.values(found)
        .map((text) => parseJson<Batch>(text))
        .sort((one, other) => one.number - other.number);
    },
    async plan(importId, before, upTo, batch) {
      const planned = await planBatch(redis, {
        ...placesOf(importId),
        by: driver,
        before,
        upTo,
        batch: batch ? JSON.stringify(batch) : '',
        number: batch?.number ?? '',
      });
      return planned === 1;
    },
    async save(importId, batch) {
      const what = { number: batch.number, batch: JSON.stringify(batch) };
      const saved = await saveBatch(redis, { ...placesOf(importId), by: driver, ...what });
      if (saved !== 1) throw new TakenOver();
    },
    async remove(importId, { number }) {
      await redis.hdel(keys.userImportBatches(importId), String(number));
    },
  };
}

/**
 * The account's slots for import jobs: two, for all tenants and processes together (Auth0 docs, "Bulk user imports"). A batch of an
 * import holds a slot for as long as its lease is renewed; waiting imports get equal shares.
 */
export const PLACES = 2;

export interface Places {
  /** Call again, at least every second, until it returns true. The same holder gets the same slot again. */
  take(importId: string, batch: number): Promise<boolean>;
  /** Takes a slot unconditionally for a job that is running, and renews its lease. */
  hold(importId: string, batch: number): Promise<void>;
  release(importId: string, batch: number): Promise<void>;
  /** Auth0 refused a job: others, such as an administrator, have jobs running. */
  refused(importId: string, batch: number): Promise<void>;
  /** Auth0 accepted a job, so a slot was free. */
  granted(): Promise<void>;
}

interface Times {
  /** A slot is freed when its lease has not been renewed for this long. If the job still runs, Auth0 refuses the next one. */
  leaseMs: number;
  firstPauseMs: number;
  longestPauseMs: number;
}

const TIMES: Times = { leaseMs: 60_000, firstPauseMs: 1_000, longestPauseMs: 30_000 };
const WAITING_MS = 2_000;

const takePlace = defineScript({
  file: new URL('./take-place.lua', import.meta.url),
  keys: ['leases', 'waiting', 'given', 'limit'],
  args: ['import', 'holder', 'placeCount', 'leaseMs', 'waitingMs'],
});
const refusePlace = defineScript({
  file: new URL('./refuse-place.lua', import.meta.url),
  keys: ['leases', 'limit'],
  args: ['holder', 'firstPauseMs', 'longestPauseMs'],
});

export function createPlaces(redis: Redis, times: Partial<Times> = {}): Places {
  const { leaseMs, firstPauseMs, longestPauseMs } = { ...TIMES, ...times };
  const holder = (importId: string, batch: number) => `${importId}:${batch}`;
  const { importJobLeases: leases, importJobLimit: limit } = keys;
  return {
    async take(importId, batch) {
      const taken = await takePlace(redis, {
        leases,
        waiting: keys.importJobsWaiting,
        given: keys.importJobsGiven,
        limit,
        import: importId,
        holder: holder(importId, batch),
        placeCount: PLACES,
        leaseMs,
        waitingMs: WAITING_MS,
      });
      return taken === 1;
    },
    async hold(importId, batch) {
      const now = Math.floor(await readRedisTime(redis));
      await redis.zadd(leases, now + leaseMs, holder(importId, batch));
    },
    release: async (importId, batch) => void (await redis.zrem(leases, holder(importId, batch))),
    async refused(importId, batch) {
      const refused = { holder: holder(importId, batch), firstPauseMs, longestPauseMs };
      await refusePlace(redis, { leases, limit, ...refused });
    },
    async granted() {
      // With fewer of our own jobs running, someone else may still occupy the other slot.
      if ((await redis.zcard(leases)) >= PLACES) await redis.del(limit);
    },
  };
}

/* Speed of recent import jobs: determines when to poll, and which channel is faster. */

/** Weight of the latest job in the moving average. */
const WEIGHT = 0.3;
const KEPT_SECONDS = 7 * 86_400;

/** @returns rows per second of one job; undefined if there was none recently */
export async function readPace(redis: Redis): Promise<number | undefined> {
  const pace = Number(await redis.get(keys.importJobsPace));
  return pace > 0 ? pace : undefined;
}

/** Concurrent calls may lose one measurement, which does not matter. */
export async function learnPace(redis: Redis, rows: number, ms: number): Promise<void> {
  const measured = (rows * 1000) / Math.max(1, ms);
  const known = await readPace(redis);
  const pace = known === undefined ? measured : known + (measured - known) * WEIGHT;
  await redis.set(keys.importJobsPace, pace.toFixed(3), 'EX', KEPT_SECONDS);
}
