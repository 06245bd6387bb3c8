/**
 * Registrations that are under way. Of whoever enters the app and whoever gives it up, one is first, and the other one keeps to it: so
 * no caller is told of an app that goes, and no app stays that no caller was told of. What nobody brought to an end goes with the upkeep.
 */
import { randomUUID } from 'node:crypto';
import type { Redis } from 'ioredis';
import { redisNow } from '../redis/clock.ts';
import { keys } from '../redis/keys.ts';
import { defineScript } from '../redis/scripts.ts';
import { takenBack } from '../redis/unanswered.ts';

export interface Registrations {
  /** Counts one use of the initial access token, too. @returns `full`: there are as many already as there may be */
  reserve(id: string, places: Places): Promise<'reserved' | 'full' | 'token used up'>;
  isAbandoned(id: string): Promise<boolean>;
  /** Just before its caller is told. @returns false when it was given up */
  confirm(id: string): Promise<boolean>;
  /** Nobody will be told; its token may be used once more. @returns the client id of the app, when it was entered before; it is the caller's to remove */
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

/**
 * @param by the tenant that vouches for the app, and the initial access token that it comes with, by its id
 * @returns an id that says so, wherever the registration is brought to its end
 */
export const newRegistrationId = (by?: { tenantId: string | undefined; tokenId: string }): string =>
  [randomUUID(), ...(by ? [by.tenantId ?? '', by.tokenId] : [])].join('.');
const tenantOf = (id: string): string => id.split('.')[1] ?? '';
const tokenOf = (id: string): string => id.split('.')[2] ?? '';

const file = (name: string) => new URL(`./${name}.lua`, import.meta.url);
const reservePlace = defineScript({
  file: file('reserve-registration'),
  keys: ['apps', 'unfinished', 'vouched', 'vouchedByTenant', 'registration', 'token'],
  args: ['now', 'id', 'limit', 'openLimit', 'tenantLimit', 'isWithToken'],
});
const abandonRegistration = defineScript({
  file: file('abandon-registration'),
  keys: ['registration', 'unfinished', 'token'],
  args: ['id', 'keepMs'],
});
const confirmRegistration = defineScript({
  file: file('confirm-registration'),
  keys: ['registration', 'unfinished', 'vouched', 'vouchedByTenant'],
  args: ['id'],
});

export function createRegistrations(redis: Redis): Registrations {
  const { unfinishedRegistrations: unfinished, vouchedApps: vouched } = keys;
  const vouchedOf = (id: string) => keys.vouchedAppsOf(tenantOf(id));
  const tokenKeyOf = (id: string) => keys.initialAccessToken(tokenOf(id));

  async function reserve(id: string, { cap, open, perTenant }: Places) {
    const done = await reservePlace(redis, {
      apps: keys.apps,
      unfinished,
      vouched,
      vouchedByTenant: vouchedOf(id),
      registration: keys.registration(id),
      token: tokenKeyOf(id),
      now: redisNow(),
      id,
      limit: cap,
      openLimit: open ?? '',
      tenantLimit: tenantOf(id) === '' ? '' : perTenant,
      isWithToken: tokenOf(id) === '' ? '' : '1',
    });
    return done === 1 ? 'reserved' : done === 2 ? 'token used up' : 'full';
  }
  async function abandon(id: string): Promise<string | undefined> {
    const places = { registration: keys.registration(id), unfinished, token: tokenKeyOf(id) };
    const before = await abandonRegistration(redis, { ...places, id, keepMs: REMEMBERED_MS });
    return (before as string | null) ?? undefined;
  }
  const close = async (id: string) =>
    void (await redis.multi().zrem(unfinished, id).srem(vouched, id).srem(vouchedOf(id), id).exec());

  return {
    reserve: (id, places) =>
      takenBack(reserve(id, places), async () => {
        await abandon(id);
        await close(id);
      }),
    isAbandoned: async (id) => (await redis.get(keys.registration(id)))?.startsWith(ABANDONED) === true,
    async confirm(id) {
      const registration = keys.registration(id);
      const places = { registration, unfinished, vouched, vouchedByTenant: vouchedOf(id) };
      return (await confirmRegistration(redis, { ...places, id })) === 1;
    },
    abandon,
    close,
    olderThan: (time) => redis.zrangebyscore(unfinished, '-inf', time, 'LIMIT', 0, AT_ONCE),
  };
}
