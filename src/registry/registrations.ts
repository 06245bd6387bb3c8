/**
 * Registrations that are under way. Of whoever enters the app and whoever gives it up, one is first, and the other one keeps to it: so
 * no caller is told of an app that goes, and no app stays that no caller was told of. What nobody brought to an end goes with the upkeep.
 */
import { randomUUID } from 'node:crypto';
import type { Redis } from 'ioredis';
import { redisNow } from '../redis/clock.ts';
import { keys } from '../redis/keys.ts';
import { defineScript } from '../redis/scripts.ts';

export interface Registrations {
  /** @returns false when there are as many already as there may be */
  reserve(id: string, places: Places): Promise<boolean>;
  isAbandoned(id: string): Promise<boolean>;
  /** Just before its caller is told. @returns false when it was given up */
  confirm(id: string): Promise<boolean>;
  /** Nobody will be told. @returns the client id of the app, when it was entered before; it is the caller's to remove */
  abandon(id: string): Promise<string | undefined>;
  /** Nothing of it is left. */
  close(id: string): Promise<void>;
  /** Those that were begun before this time, ms since 1970. */
  olderThan(time: number): Promise<string[]>;
}

export interface Places {
  /** How many apps there may be. */
  cap: number;
  /** How many of those may be apps that nobody vouched for; undefined: somebody did for this one. */
  open: number | undefined;
  /** How many of those may be apps that the tenant of this one vouched for. */
  perTenant: number;
}

/** Longer than any job of the relay lives. */
export const REMEMBERED_MS = 8 * 86_400_000;
const AT_ONCE = 100;
const ABANDONED = 'abandoned';

/** @param tenantId that vouches for the app. @returns an id that says so, wherever the registration is brought to its end */
export const newRegistrationId = (tenantId = ''): string => `${randomUUID()}${tenantId && `.${tenantId}`}`;
const tenantOf = (id: string): string => id.split('.')[1] ?? '';

const reservePlace = defineScript({
  file: new URL('./reserve-registration.lua', import.meta.url),
  keys: ['apps', 'unfinished', 'vouched', 'vouchedByTenant'],
  args: ['now', 'id', 'limit', 'openLimit', 'tenantLimit'],
});
const confirmRegistration = defineScript({
  file: new URL('./confirm-registration.lua', import.meta.url),
  keys: ['registration', 'unfinished', 'vouched', 'vouchedByTenant'],
  args: ['id'],
});

export function createRegistrations(redis: Redis): Registrations {
  const { unfinishedRegistrations: unfinished, vouchedApps: vouched } = keys;
  const vouchedOf = (id: string) => keys.vouchedAppsOf(tenantOf(id));
  return {
    async reserve(id, { cap, open, perTenant }) {
      const reserved = await reservePlace(redis, {
        apps: keys.apps,
        unfinished,
        vouched,
        vouchedByTenant: vouchedOf(id),
        now: redisNow(),
        id,
        limit: cap,
        openLimit: open ?? '',
        tenantLimit: tenantOf(id) === '' ? '' : perTenant,
      });
      return reserved === 1;
    },
    isAbandoned: async (id) => (await redis.get(keys.registration(id))) === ABANDONED,
    async confirm(id) {
      const registration = keys.registration(id);
      const places = { registration, unfinished, vouched, vouchedByTenant: vouchedOf(id) };
      return (await confirmRegistration(redis, { ...places, id })) === 1;
    },
    async abandon(id) {
      const before = await redis.set(keys.registration(id), ABANDONED, 'PX', REMEMBERED_MS, 'GET');
      return before === null || before === ABANDONED ? undefined : before;
    },
    close: async (id) =>
      void (await redis.multi().zrem(unfinished, id).srem(vouched, id).srem(vouchedOf(id), id).exec()),
    olderThan: (time) => redis.zrangebyscore(unfinished, '-inf', time, 'LIMIT', 0, AT_ONCE),
  };
}
