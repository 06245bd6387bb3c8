/** Rate limit for a tenant's endpoint verifications: an unverified endpoint may belong to somebody else. */
import type { Redis } from 'ioredis';
import { admitAttempt } from '../limits/limit-store.ts';
import { keys } from '../redis/keys.ts';

export interface VerificationRate {
  /** Counts one verification. @throws Problem `too_many_webhook_verifications` */
  admit(tenantId: string): Promise<void>;
}

const WINDOW_MS = 3_600_000;

export function createVerificationRate(redis: Redis, perHour: number): VerificationRate {
  return {
    admit: (tenantId) =>
      admitAttempt(redis, {
        windowMs: WINDOW_MS,
        limits: new Map([[keys.webhookVerifications(tenantId), perHour]]),
        refusal: 'too_many_webhook_verifications',
      }),
  };
}
