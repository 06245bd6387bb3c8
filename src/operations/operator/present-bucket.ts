import type { BucketState } from '../../relay/budget.ts';

export const presentBucket = ({
  name,
  burst,
  perSecond,
  available,
  pace,
  refused,
  pausedUntil,
}: BucketState) => ({
  name,
  burst,
  available,
  pace,
  refused,
  per_second: perSecond,
  paused_until: pausedUntil,
});
