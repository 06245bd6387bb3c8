/** Rate limit for app registrations per address, because registration is open to anybody. */
import type { Redis } from 'ioredis';
import { admitAttempt } from '../limits/limit-store.ts';
import { keys } from '../redis/keys.ts';
import type { KeyedHash } from '../secrets/keyed-hash.ts';
import { addressRange } from '../addresses.ts';

export interface RegistrationRate {
  /** Counts one registration. @returns a keyed hash of the address. @throws Problem `too_many_registrations` */
  admit(address: string): Promise<string>;
}

const WINDOW_MS = 3_600_000;

export function createRegistrationRate(
  redis: Redis,
  keyedHash: KeyedHash,
  perHour: number,
): RegistrationRate {
  return {
    async admit(address) {
      const hash = keyedHash('address', addressRange(address));
      await admitAttempt(redis, {
        windowMs: WINDOW_MS,
        limits: new Map([[keys.registrationsFrom(hash), perHour]]),
        refusal: 'too_many_registrations',
      });
      return hash;
    },
  };
}
