/** The plans of the budget, held against the limits that the stand-in has of each. */
import { expect } from 'chai';
import { bucketsOf, endpointGroups, parsePlan } from '../../src/plans.ts';
import { parsePlan as parseLimits, type Limit } from '../../src/stand-in/limits/plans.ts';

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

describe('stand-in: limits, and the buckets of the budget', () => {
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
});
