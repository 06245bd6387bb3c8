import { expect } from 'chai';
import { allowanceOf } from '../../src/imports/progress/estimates.ts';
import type { BucketState } from '../../src/relay/budget.ts';

const PAUSED = '2026-11-30T00:00:10.000Z';
const bucket = (name: BucketState['name'], perSecond: number, changes: Partial<BucketState> = {}) => ({
  name,
  burst: 10,
  configured: 10,
  reported: undefined,
  perSecond,
  available: 10,
  pace: 1,
  pausedUntil: undefined,
  refused: 0,
  ...changes,
});

describe('the allowance of imports', () => {
  for (const [name, buckets, perSecond, pausedUntilMs] of [
    ['the bucket of all', [bucket('all', 16), bucket('organizations_write', 2)], 16, 0],
    ['that of writing users', [bucket('users_write', 3), bucket('users_read', 1)], 3, 0],
    ['the slower one of both', [bucket('all', 2), bucket('users_write', 3)], 2, 0],
    ['its pace', [bucket('all', 16, { pace: 0.5 }), bucket('users_write', 10)], 8, 0],
    [
      'a pause of either',
      [bucket('all', 16, { pausedUntil: PAUSED }), bucket('users_write', 3)],
      3,
      Date.parse(PAUSED),
    ],
  ] as const)
    it(`is ${name}`, () => expect(allowanceOf([...buckets])).to.deep.equal({ perSecond, pausedUntilMs }));

  it('is unknown before the first use of either', () =>
    expect(allowanceOf([bucket('users_read', 8)])).to.equal(undefined));
});
