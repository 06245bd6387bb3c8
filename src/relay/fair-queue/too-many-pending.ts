import type { Redis } from 'ioredis';
import { Problem } from '../../problem.ts';
import { readBudget, type BucketState } from '../budget.ts';
import type { PendingLimits } from './flow.ts';
import { redisNow } from '../../redis/clock.ts';

const LONGEST_SECONDS = 3_600;

const details: Record<keyof PendingLimits, (limit: number) => string> = {
  perCaller: (limit) => `At most ${limit} pending calls of one caller.`,
  perFlow: (limit) => `At most ${limit} pending calls of a tenant, all its callers together.`,
  bytesPerFlow: (limit) =>
    `At most ${limit} bytes in the pending calls of a tenant, all its callers together.`,
};

/** Problem for a caller with too many pending jobs. Retry-After: when a tenth of them could be done, without other load. */
export async function tooManyPending(
  redis: Redis,
  full: keyof PendingLimits,
  limits: PendingLimits,
): Promise<Problem> {
  const seconds = secondsFor(Math.min(limits.perCaller, limits.perFlow) / 10, await readBudget(redis));
  return new Problem('too_many_pending_jobs', {
    detail: details[full](limits[full]),
    headers: { 'Retry-After': String(seconds) },
  });
}

/** Assumes the slowest bucket that is not full: it is not known which calls the pending jobs make, but none waits for a full bucket. */
export function secondsFor(calls: number, buckets: readonly BucketState[], now = redisNow()): number {
  const isSpent = ({ available, burst, pausedUntil }: BucketState) =>
    available < burst || pausedUntil !== undefined;
  const waits = (buckets.some(isSpent) ? buckets.filter(isSpent) : buckets).map(
    ({ perSecond, pace, pausedUntil }) => {
      const paused = pausedUntil === undefined ? 0 : Math.max(0, Date.parse(pausedUntil) - now) / 1_000;
      return paused + calls / (perSecond * pace);
    },
  );
  return Math.min(LONGEST_SECONDS, Math.max(1, Math.ceil(Math.max(0, ...waits))));
}
