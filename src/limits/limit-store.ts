/**
 * Limits in Redis, shared by all processes: requests per minute, and attempts in a window that begins with the first of
 * them.
 */
import type { Redis } from 'ioredis';
import { Problem } from '../problem.ts';
import { defineScript, replyOf } from '../redis/scripts.ts';

/** Grants requests of a tenant and of one of its callers, in batches. */
export const takeRequests = defineScript({
  file: new URL('./take-requests.lua', import.meta.url),
  keys: ['tenant', 'caller'],
  args: ['tenantLimit', 'tenantWanted', 'tenantMinute', 'callerLimit', 'callerWanted', 'callerMinute'],
  reply: replyOf<
    [minute: number, msLeft: number, given: number, left: number, givenToOne: number, leftToOne: number]
  >,
});

export interface Attempts {
  windowMs: number;
  /** Redis key → maximum. One attempt counts against each. */
  limits: ReadonlyMap<string, number>;
  /** Problem for a refused attempt, sent with `Retry-After`. */
  refusal:
    | 'too_many_failed_attempts'
    | 'too_many_registrations'
    | 'too_many_requests'
    | 'too_many_webhook_verifications';
}

const admit = defineScript({
  file: new URL('./admit-attempt.lua', import.meta.url),
  keys: ['...counters'],
  args: ['windowMs', '...limits'],
});
const takeBack = defineScript({
  file: new URL('./take-back-attempt.lua', import.meta.url),
  keys: ['...counters'],
  args: [],
});

/** Counts one attempt. @throws Problem when the limit is reached */
export async function admitAttempt(redis: Redis, { windowMs, limits, refusal }: Attempts): Promise<void> {
  const waitMs = await admit(redis, {
    counters: [...limits.keys()],
    windowMs,
    limits: [...limits.values()],
  });
  if (waitMs === 0) return;
  throw new Problem(refusal, { headers: { 'Retry-After': String(Math.ceil(Number(waitMs) / 1000)) } });
}

/** Undoes `admitAttempt` when the attempt turned out to be no failure. */
export async function takeBackAttempt(redis: Redis, { limits }: Pick<Attempts, 'limits'>): Promise<void> {
  await takeBack(redis, { counters: [...limits.keys()] });
}
