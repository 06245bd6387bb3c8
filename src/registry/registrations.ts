/**
 * Registrations under way. Storing the app and abandoning its registration exclude each other, the first one wins: no caller gets an app
 * that is removed, and no app remains that no caller got. The upkeep abandons unfinished registrations.
 */
import { randomUUID } from 'node:crypto';
import type { Redis } from 'ioredis';
import { redisNow } from '../redis/clock.ts';
import { keys } from '../redis/keys.ts';
import { defineScript } from '../redis/scripts.ts';
import { takenBack } from '../redis/unanswered.ts';

export interface Registrations {
  /** Also counts one use of the initial access token. @returns `full`: a limit is reached */
  reserve(id: string, places: Places): Promise<'reserved' | 'full' | 'token used up'>;
  isAbandoned(id: string): Promise<boolean>;
  /** Completes it, just before its caller is answered. @returns false when it was abandoned */
  confirm(id: string): Promise<boolean>;
  /**
   * Gives back the use of its token.
   * @returns the client id of its app if that was stored already: the caller of this method removes it
   */
  abandon(id: string): Promise<string | undefined>;
  /** Removes it once nothing is left to clean up. */
  close(id: string): Promise<void>;
  /** Ids of registrations begun before this time, ms since 1970. */
  olderThan(time: number): Promise<string[]>;
}

export interface Places {
  /** Maximum number of apps. */
  cap: number;
  /** Maximum number of apps that nobody vouched for; undefined: this one was vouched for. */
  open: number | undefined;
  /** Maximum number of apps that this one's tenant vouched for. */
  perTenant: number;
}

/** TTL of a registration's state, longer than that of any relay job. */
export const REMEMBERED_MS = 8 * 86_400_000;
/** Ids per read. */
const BATCH = 100;
const ABANDONED = 'abandoned';

/**
 * @param by the tenant that vouches for the app, and the id of the initial access token
 * @returns an id that contains both, so that any process can complete or abandon the registration
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
    olderThan: (time) => redis.zrangebyscore(unfinished, '-inf', time, 'LIMIT', 0, BATCH),
  };
}
