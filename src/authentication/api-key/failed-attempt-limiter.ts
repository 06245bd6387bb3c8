/**
 * Bounds how often somebody may be wrong, for each client id and each address: the account's limits and its token quota are not for
 * guessing. Asked only about pairs that were never seen to be good, so that nobody can lock a rightful owner out.
 */
import type { Redis } from 'ioredis';
import { admitAttempt, takeBackAttempt } from '../../limits/limit-store.ts';
import { keys } from '../../redis/keys.ts';
import type { KeyedHash } from '../../secrets/keyed-hash.ts';
import { addressRange } from '../../addresses.ts';

export interface FailedAttemptLimiter {
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

export function createFailedAttemptLimiter(
  redis: Redis,
  keyedHash: KeyedHash,
  settings: Settings,
): FailedAttemptLimiter {
  return {
    async admit(clientId, address) {
      const limits = new Map([
        [keys.failures('address', keyedHash('address', addressRange(address))), settings.perAddress],
      ]);
      if (clientId !== undefined)
        limits.set(keys.failures('client', keyedHash('client', clientId)), settings.perClient);
      await admitAttempt(redis, { windowMs: WINDOW_MS, limits, refusal: 'too_many_failed_attempts' });
      return () => takeBackAttempt(redis, { limits });
    },
  };
}
