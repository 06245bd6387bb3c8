/** Plans, held against the limits that the stand-in has of each. */
import { expect } from 'chai';
import { bucketsOf, endpointGroups, parsePlan, rateOf, type Plan } from '../src/plans.ts';
import { parsePlan as parseLimits, type Limit } from '../src/stand-in/limits/plans.ts';

const asBucket = (limit: Limit | undefined) =>
  limit && {
    burst: limit.burst,
    perSecond: limit.per === 'second' ? limit.refill : limit.refill / 60,
    stepMs: limit.per === 'second' ? 1 : 1_000,
  };
const withoutName = (bucket: object | undefined) => {
  const { name: _, ...rest } = { name: undefined, ...bucket };
  return bucket && rest;
};

describe('plans', () => {
  const NAMES = ['free', 'self-service', 'enterprise', 'enterprise-nonproduction', 'private-cloud', '20,7.5'];
  for (const name of NAMES)
    describe(name, () => {
      const { global: all, groups } = parseLimits(name)!.management!;
      for (const group of endpointGroups)
        it(`pays calls to ${group} from the buckets that the authority has`, () => {
          const { main, beside } = bucketsOf(parsePlan(name)!, group);
          const own = asBucket(groups?.[group] ?? groups?.other);
          const expected = all ? [asBucket(all), own] : [own, undefined];
          expect([withoutName(main), withoutName(beside)]).to.deep.equal(expected);
          if (all) expect(main.name).to.equal('all');
          if (own) expect((all ? beside : main)!.name).to.equal(groups?.[group] ? group : 'other');
        });
    });

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
