/**
 * Bounds how often somebody may be wrong, for each client id and each address: the account's limits and its token quota are not for
 * guessing. Asked only about pairs that were never seen to be good, so that nobody can lock a rightful owner out.
 */
import type { Redis } from 'ioredis';
import { Problem } from '../../problem.ts';
import { keys } from '../../redis/keys.ts';
import { loadScript } from '../../redis/scripts.ts';
import type { KeyedHash } from '../../secrets/keyed-hash.ts';
import { addressRange } from '../../addresses.ts';

export interface Guesses {
  /**
   * @param clientId of a key or not; undefined: one that no client could have
   * @returns what to call when it was no failure
   * @throws Problem `too_many_failed_attempts`
   */
  admit(clientId: string | undefined, address: string): Promise<() => Promise<void>>;
}

interface Settings {
  perClient: number;
  perAddress: number;
}

/** How long a failure counts. */
const WINDOW_MS = 60_000;
const admitScript = loadScript(new URL('./admit.lua', import.meta.url));
const takeBackScript = loadScript(new URL('./take-back.lua', import.meta.url));

export function createGuesses(redis: Redis, keyedHash: KeyedHash, settings: Settings): Guesses {
  return {
    async admit(clientId, address) {
      const counters = [keys.failures('address', keyedHash('address', addressRange(address)))];
      const allowed = [settings.perAddress];
      if (clientId !== undefined) {
        counters.push(keys.failures('client', keyedHash('client', clientId)));
        allowed.push(settings.perClient);
      }
      const waitMs = Number(await admitScript.run(redis, counters, [WINDOW_MS, ...allowed]));
      if (waitMs > 0) {
        throw new Problem('too_many_failed_attempts', {
          headers: { 'Retry-After': String(Math.ceil(waitMs / 1000)) },
        });
      }
      return async () => void (await takeBackScript.run(redis, counters, []));
    },
  };
}
