/** Requests per minute of each service behind the gateway that records events: what one sends too much is its own wait. */
import type { Redis } from 'ioredis';
import { keys } from '../redis/keys.ts';
import { MINUTE_MS } from '../redis/key-definition.ts';
import { harmless } from '../redis/unanswered.ts';
import { admitAttempt } from './limit-store.ts';

export interface ServiceLimits {
  /** Counts one request. @throws Problem `too_many_requests` */
  admit(service: string): Promise<void>;
}

export function createServiceLimits(redis: Redis, perMinute: number): ServiceLimits {
  return {
    admit: (service) =>
      harmless(
        admitAttempt(redis, {
          windowMs: MINUTE_MS,
          limits: new Map([[keys.requestsOfService(service), perMinute]]),
          refusal: 'too_many_requests',
        }),
      ),
  };
}
