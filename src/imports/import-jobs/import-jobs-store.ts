/** Import jobs in Redis: the batches of an import, the account's places for jobs, and how quickly the last jobs went. */
import { randomUUID } from 'node:crypto';
import type { Redis } from 'ioredis';
import { parseJson } from '../../json.ts';
import { keys } from '../../redis/keys.ts';
import { defineScript } from '../../redis/scripts.ts';
import type { ImportState } from '../import-state.ts';
import { setField } from '../import-store.ts';
import type { Batch } from './batches.ts';

/**
 * Somebody else takes the import through import jobs now: whoever had it was taken for dead, say because Redis was away for longer
 * than its lock lasted. To go on would send rows twice.
 */
export class TakenOver extends Error {}

/** As one driver of an import has them: what it writes counts until another one has taken the import over. */
export interface Batches {
  /** From now on the import is this driver's, and nobody else's. */
  takeOver(importId: string): Promise<void>;
  /** @throws TakenOver */
  check(state: ImportState): void;
  list(importId: string): Promise<Batch[]>;
  /** @param before so many rows were in batches already @returns false when somebody else has planned, or taken over, meanwhile */
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
 * The places for import jobs that the account has: two, for all tenants and processes together (Auth0 docs, "Bulk user imports").
 * A place is had by one batch of one import, for as long as somebody says so again; imports that wait get alike.
 */
export const PLACES = 2;

export interface Places {
  /** To be asked again and again, at least every second, until it is true. The same holder gets the same place again. */
  take(importId: string, batch: number): Promise<boolean>;
  /** Of a job that is running: it has its place, whoever else thinks to have it. Also says that it is still needed. */
  hold(importId: string, batch: number): Promise<void>;
  release(importId: string, batch: number): Promise<void>;
  /** The authority has none: somebody else, say an administrator, has jobs running. */
  refused(importId: string, batch: number): Promise<void>;
  /** A job was started: there was a place. */
  granted(): Promise<void>;
}

interface Times {
  /** A place whose holder says nothing for so long is free. Its job may run on: then the authority refuses the next one. */
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
      const [seconds, micros] = await redis.time();
      const now = Number(seconds) * 1000 + Math.floor(Number(micros) / 1000);
      await redis.zadd(leases, now + leaseMs, holder(importId, batch));
    },
    release: async (importId, batch) => void (await redis.zrem(leases, holder(importId, batch))),
    async refused(importId, batch) {
      const refused = { holder: holder(importId, batch), firstPauseMs, longestPauseMs };
      await refusePlace(redis, { leases, limit, ...refused });
    },
    async granted() {
      // With fewer of ours running, somebody else may still have the other one.
      if ((await redis.zcard(leases)) >= PLACES) await redis.del(limit);
    },
  };
}

/* How quickly the authority's import jobs work, as the last ones did: it says when to look, and which channel is the quicker one. */

/** The last job counts so much. */
const WEIGHT = 0.3;
const KEPT_SECONDS = 7 * 86_400;

/** @returns rows a second of one job; undefined while there was none lately */
export async function readPace(redis: Redis): Promise<number | undefined> {
  const pace = Number(await redis.get(keys.importJobsPace));
  return pace > 0 ? pace : undefined;
}

/** Two at once may forget one of them: the next makes up for it. */
export async function learnPace(redis: Redis, rows: number, ms: number): Promise<void> {
  const measured = (rows * 1000) / Math.max(1, ms);
  const known = await readPace(redis);
  const pace = known === undefined ? measured : known + (measured - known) * WEIGHT;
  await redis.set(keys.importJobsPace, pace.toFixed(3), 'EX', KEPT_SECONDS);
}
