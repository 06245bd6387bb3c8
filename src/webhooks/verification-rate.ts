/** How often a tenant has endpoints verified: until they agree, somebody else may own them. */
import type { Redis } from 'ioredis';
import { Problem } from '../problem.ts';
import { keys } from '../redis/keys.ts';
import { loadScript } from '../redis/scripts.ts';

export interface VerificationRate {
  /** Counts one more. @throws Problem `too_many_webhook_verifications` */
  admit(tenantId: string): Promise<void>;
}

const WINDOW_MS = 3_600_000;
const script = loadScript(new URL('./admit-verification.lua', import.meta.url));

export function createVerificationRate(redis: Redis, perHour: number): VerificationRate {
  return {
    async admit(tenantId) {
      const counter = keys.webhookVerifications(tenantId);
      const waitMs = Number(await script.run(redis, [counter], [WINDOW_MS, perHour]));
      if (waitMs > 0)
        throw new Problem('too_many_webhook_verifications', {
          headers: { 'Retry-After': String(Math.ceil(waitMs / 1000)) },
        });
    },
  };
}
