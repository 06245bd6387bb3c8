/** Limits in Redis, over all processes together: requests of a minute, and attempts in a window that begins with the first of them. */
import type { Redis } from 'ioredis';
import { Problem } from '../problem.ts';
import { defineScript, replyOf } from '../redis/scripts.ts';

/** Requests of a tenant and of one of its callers, given out in lots. */
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
  /** By key in Redis: how many there may be. One attempt counts at each. */
  limits: ReadonlyMap<string, number>;
  /** What whoever has made too many is told, with `Retry-After`. */
  refusal: 'too_many_failed_attempts' | 'too_many_registrations' | 'too_many_webhook_verifications';
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

/** Counts one more. @throws Problem when there are as many as there may be */
export async function admitAttempt(redis: Redis, { windowMs, limits, refusal }: Attempts): Promise<void> {
  const waitMs = await admit(redis, {
    counters: [...limits.keys()],
    windowMs,
    limits: [...limits.values()],
  });
  if (waitMs === 0) return;
  throw new Problem(refusal, { headers: { 'Retry-After': String(Math.ceil(Number(waitMs) / 1000)) } });
}

/** It was none after all. */
export async function takeBackAttempt(redis: Redis, { limits }: Pick<Attempts, 'limits'>): Promise<void> {
  await takeBack(redis, { counters: [...limits.keys()] });
}
