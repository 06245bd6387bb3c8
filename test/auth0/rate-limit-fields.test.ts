/** How long nobody calls after a 429, whichever way Auth0 says it. */
import { expect } from 'chai';
import { namesGroupLimit, pauseAfter, readRateLimit } from '../../src/auth0/rate-limit-fields.ts';

const NOW = Date.parse('2026-11-23T09:00:00Z');
const date = (offsetSeconds: number) => new Date(NOW + offsetSeconds * 1000).toUTCString();
const reset = (offsetSeconds: number) => String(NOW / 1000 + offsetSeconds);

type Fields = Record<string, string>;
type Row = [name: string, fields: Fields, pausesMs: number[]];
/** Pauses after the first refusal in a row, the second, and so on. The authority's clock says NOW, whatever ours says. */
const rows: Row[] = [
  ['nothing', {}, [1_000, 2_000, 4_000, 8_000]],
  ['when the next token comes', { 'x-ratelimit-reset': reset(1) }, [1_000, 1_000, 1_000]],
  ['when the bucket is full', { 'x-ratelimit-reset': reset(60) }, [1_000, 2_000, 4_000]],
  ['a time that has passed', { 'x-ratelimit-reset': reset(-5) }, [100, 100]],
  ['a year', { 'x-ratelimit-reset': reset(31_536_000) }, [1_000, 2_000]],
  ['what is no time', { 'x-ratelimit-reset': 'soon' }, [1_000, 2_000]],
  ['how many seconds', { 'retry-after': '7' }, [7_000, 7_000]],
  [
    'how many seconds, and when the bucket is full',
    { 'retry-after': '7', 'x-ratelimit-reset': reset(60) },
    [7_000],
  ],
  ['a date', { 'retry-after': date(12) }, [12_000]],
  // Without a zone it is in GMT, wherever this runs.
  ['a date as asctime writes it', { 'retry-after': 'Mon Nov 23 09:00:12 2026' }, [12_000]],
  ['a date as RFC 850 has it', { 'retry-after': 'Monday, 23-Nov-26 09:00:12 GMT' }, [12_000]],
  ['a date in a form of its own', { 'retry-after': 'Nov 23, 2026 9:00:12' }, [1_000, 2_000]],
  ['a date that has passed', { 'retry-after': date(-12) }, [100]],
  ['an hour', { 'retry-after': '3540' }, [60_000]],
  ['no seconds', { 'retry-after': '0' }, [100]],
  ['seconds that are none', { 'retry-after': '-3' }, [1_000, 2_000]],
];

describe('a 429 of the authority', () => {
  for (const [name, fields, pauses] of rows)
    it(`that says ${name}`, () => {
      const told = readRateLimit(new Headers({ date: date(0), ...fields }));
      expect(pauses.map((_, index) => pauseAfter(told, index + 1))).to.deep.equal(pauses);
    });

  it('without a date is read by our own clock', () => {
    const seconds = Math.ceil(Date.now() / 1000) + 30;
    const { resetMs } = readRateLimit(new Headers({ 'x-ratelimit-reset': String(seconds) }));
    expect(resetMs).to.be.within(20_000, 31_000);
  });

  it('and any other answer may come without a word on the limit', () => {
    const nothing = { limit: undefined, remaining: undefined, waitMs: undefined, resetMs: undefined };
    expect(readRateLimit(new Headers())).to.deep.equal(nothing);
    const broken = { 'x-ratelimit-limit': '', 'x-ratelimit-remaining': '-1', 'x-ratelimit-reset': 'NaN' };
    expect(readRateLimit(new Headers(broken))).to.deep.equal(nothing);
  });

  for (const [message, isOfGroup] of [
    ['Global limit has been reached', false],
    ['Global per minute organization_connections_read group limit has been reached', true],
    ['Global per second users_write group limit has been reached', true],
    [
      'There are 2 active import users jobs, please wait until some of them are finished and try again',
      false,
    ],
    ['', false],
  ] as const)
    it(`is ${isOfGroup ? '' : 'not '}of a group's limit: ${JSON.stringify(message)}`, async () => {
      const body = { statusCode: 429, error: 'Too Many Requests', message, errorCode: 'too_many_requests' };
      expect(await namesGroupLimit(Response.json(body, { status: 429 }))).to.equal(isOfGroup);
    });

  it('may be a page in place of JSON', async () => {
    const page = new Response('<h1>Too Many Requests</h1>', { status: 429 });
    expect(await namesGroupLimit(page)).to.equal(false);
    // It can still be read.
    expect(await page.text()).to.contain('Too Many');
  });
});
