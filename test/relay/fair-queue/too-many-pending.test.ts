import { expect } from 'chai';
import type { BucketState } from '../../../src/relay/budget.ts';
import { secondsFor } from '../../../src/relay/fair-queue/too-many-pending.ts';

const NOW = Date.parse('2026-11-30T00:00:00Z');
const bucket = (changes: Partial<BucketState>): BucketState => ({
  name: 'all',
  burst: 50,
  configured: 50,
  reported: 50,
  perSecond: 16,
  available: 50,
  pace: 1,
  pausedUntil: undefined,
  refused: 0,
  ...changes,
});
const slow: Partial<BucketState> = { name: 'organizations_write', burst: 5, perSecond: 0.5 };

const rows: [name: string, buckets: BucketState[], seconds: number][] = [
  ['the one of all', [bucket({ available: 0 })], 2],
  ['the slower one', [bucket({ available: 0 }), bucket({ ...slow, available: 2 })], 64],
  ['no bucket that is full', [bucket({ available: 0 }), bucket({ ...slow, available: 5 })], 2],
  ['one that is full and paused', [bucket({ pausedUntil: new Date(NOW + 10_000).toISOString() })], 12],
  ['the slowest when all are full', [bucket({}), bucket({ ...slow, available: 5 })], 64],
  ['none that is known', [], 1],
];

describe('Retry-After of too many pending jobs', () => {
  for (const [name, buckets, seconds] of rows)
    it(`goes by ${name}`, () => expect(secondsFor(32, buckets, NOW)).to.equal(seconds));
});
