/**
 * The places for import jobs that the account has: two, for all tenants and processes together (Auth0 docs, "Bulk user imports").
 * A place is had by one batch of one import, for as long as somebody says so again; imports that wait get alike.
 */
import type { Redis } from 'ioredis';
import { keys } from '../../redis/keys.ts';
import { defineScript } from '../../redis/scripts.ts';

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
