/**
 * Limits failed attempts per client id and per address: the account's rate limits and token quota must not be spent on
 * guesses. Applies only to pairs that were never verified, so that nobody can lock out the owner of a key.
 */
import type { Redis } from 'ioredis';
import { admitAttempt, takeBackAttempt } from '../../limits/limit-store.ts';
import { keys } from '../../redis/keys.ts';
import type { KeyedHash } from '../../secrets/keyed-hash.ts';
import { addressRange } from '../../addresses.ts';

export interface FailedAttemptLimiter {
  /**
   * @param clientId any id, known or not; undefined: malformed
   * @returns function to call when the attempt succeeded
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
