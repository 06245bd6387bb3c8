import { expect } from 'chai';
import { parsePlan, rateOf, type Plan } from '../src/plans.ts';

describe('plans', () => {
  it('have the rate of the slower one of two buckets', () => {
    const plan: Plan = {
      all: { burst: 10, perSecond: 2, stepMs: 1 },
      groups: {
        users_read: { burst: 5, perSecond: 1, stepMs: 1 },
        users_write: { burst: 5, perSecond: 4, stepMs: 1 },
      },
    };
    expect([rateOf(plan, 'users_read'), rateOf(plan, 'users_write'), rateOf(plan, 'other')]).to.deep.equal([
      1, 2, 2,
    ]);
  });

  for (const text of ['', '0,1', '1,0', '1', '1,2,3', 'toString', '__proto__', 'Enterprise', '-1,1'])
    it(`are not what they are not: ${JSON.stringify(text)}`, () =>
      expect(parsePlan(text)).to.equal(undefined));
});
