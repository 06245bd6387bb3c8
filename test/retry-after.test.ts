import { expect } from 'chai';
import { readRetryAfter } from '../src/retry-after.ts';

describe('Retry-After', () => {
  const DATE = 'Sun, 06 Nov 1994 08:49:37 GMT';
  const cases: [field: string | undefined, ms: number | undefined][] = [
    ['0', 0],
    ['120', 120_000],
    [' 7 ', 7_000],
    ['Sun, 06 Nov 1994 08:51:37 GMT', 120_000],
    ['Sunday, 06-Nov-94 08:51:37 GMT', 120_000],
    ['Sun Nov  6 08:51:37 1994', 120_000],
    ['Sun, 06 Nov 1994 08:00:00 GMT', 0],
    ...[undefined, '', '-1', '1.5', '1e3', '5 minutes', 'soon', '1994-11-06T08:51:37Z'].map(
      (field): [string | undefined, undefined] => [field, undefined],
    ),
    ['Sun, 99 Nov 1994 08:51:37 GMT', undefined],
  ];
  for (const [field, ms] of cases)
    it(`${JSON.stringify(field)} is ${ms} ms`, () => {
      expect(readRetryAfter(field, DATE)).to.equal(ms);
    });

  it('is by our clock where the answer has no date', () => {
    const until = new Date(Date.now() + 3_600_000).toUTCString();
    for (const date of [undefined, 'nonsense'])
      expect(readRetryAfter(until, date)).to.be.within(3_500_000, 3_600_000);
  });
});
