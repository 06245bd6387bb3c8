/** How often somebody may register apps, by address: registration is open to whoever finds it. */
import type { Redis } from 'ioredis';
import { Problem } from '../problem.ts';
import { keys } from '../redis/keys.ts';
import { loadScript } from '../redis/scripts.ts';
import type { KeyedHash } from '../secrets/keyed-hash.ts';
import { addressRange } from '../addresses.ts';

export interface RegistrationRate {
  /** Counts one more. @returns a keyed hash of where it comes from. @throws Problem `too_many_registrations` */
  admit(address: string): Promise<string>;
}

const WINDOW_MS = 3_600_000;
const admitScript = loadScript(new URL('./api-key/admit.lua', import.meta.url));

export function createRegistrationRate(
  redis: Redis,
  keyedHash: KeyedHash,
  perHour: number,
): RegistrationRate {
  return {
    async admit(address) {
      const hash = keyedHash('address', addressRange(address));
      const counter = keys.registrationsFrom(hash);
      const waitMs = Number(await admitScript.run(redis, [counter], [WINDOW_MS, perHour]));
      if (waitMs > 0)
        throw new Problem('too_many_registrations', {
          headers: { 'Retry-After': String(Math.ceil(waitMs / 1000)) },
        });
      return hash;
    },
  };
}
