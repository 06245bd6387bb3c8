/** The bounds of keys that keys make, as a table. */
import { expect } from 'chai';
import {
  boundsOfNewKey,
  checkWithin,
  liesWithin,
  UNBOUNDED,
  type KeyBounds,
  type WantedBounds,
} from '../../src/authorization/key-bounds.ts';
import { Problem } from '../../src/problem.ts';

const at = (year: number) => `${year}-01-01T00:00:00.000Z`;
const until = (year?: number, ...addresses: string[]): KeyBounds => ({
  endsAt: year === undefined ? undefined : Date.parse(at(year)),
  addresses: addresses.length > 0 ? addresses : undefined,
});
const wish = (expires_at?: string, ...allowed_addresses: string[]): WantedBounds => ({
  expires_at,
  allowed_addresses: allowed_addresses.length > 0 ? allowed_addresses : undefined,
});

/** What is asked for, by whom, and what comes of it: the bounds of the new key, or the pointers to what is beyond its maker's. */
const rows: [string, KeyBounds, WantedBounds, WantedBounds | string[]][] = [
  ['nothing, by an unbounded key', until(), wish(), wish()],
  ['anything, by an unbounded key', until(), wish(at(2099), '0.0.0.0/0'), wish(at(2099), '0.0.0.0/0')],
  ['nothing, by an expiring key', until(2030), wish(), wish(at(2030))],
  ['an earlier end', until(2030), wish(at(2029)), wish(at(2029))],
  ['the same end', until(2030), wish(at(2030)), wish(at(2030))],
  [
    'the same end, said in another zone',
    until(2030),
    wish('2030-01-01T02:00:00+02:00'),
    wish('2030-01-01T02:00:00+02:00'),
  ],
  ['a later end', until(2030), wish(at(2099)), ['/expires_at']],
  ['an end a millisecond later', until(2030), wish('2030-01-01T00:00:00.001Z'), ['/expires_at']],
  ['a later end, said in another zone', until(2030), wish('2029-12-31T23:30:00-01:00'), ['/expires_at']],
  ['an end that is no time', until(2030), wish('2030-13-45T00:00:00Z'), ['/expires_at']],
  [
    'nothing, by a key that is bound to addresses',
    until(undefined, '10.0.0.0/8'),
    wish(),
    wish(undefined, '10.0.0.0/8'),
  ],
  [
    'fewer addresses',
    until(undefined, '10.0.0.0/8'),
    wish(undefined, '10.1.0.0/16'),
    wish(undefined, '10.1.0.0/16'),
  ],
  [
    'one of two ranges',
    until(undefined, '10.0.0.0/8', '::1'),
    wish(undefined, '::1'),
    wish(undefined, '::1'),
  ],
  [
    'one address of a range',
    until(undefined, '10.0.0.0/8'),
    wish(undefined, '10.1.2.3'),
    wish(undefined, '10.1.2.3'),
  ],
  [
    'the same in IPv6’s clothes',
    until(undefined, '10.0.0.0/8'),
    wish(undefined, '::ffff:10.1.0.0/112'),
    wish(undefined, '::ffff:10.1.0.0/112'),
  ],
  ['more addresses', until(undefined, '10.0.0.0/8'), wish(undefined, '10.0.0.0/7'), ['/allowed_addresses/0']],
  ['all of IPv4', until(undefined, '10.0.0.0/8'), wish(undefined, '0.0.0.0/0'), ['/allowed_addresses/0']],
  ['all of IPv6', until(undefined, '10.0.0.0/8'), wish(undefined, '::/0'), ['/allowed_addresses/0']],
  [
    'all of IPv4 in IPv6’s clothes',
    until(undefined, '10.0.0.0/8'),
    wish(undefined, '::ffff:0:0/96'),
    ['/allowed_addresses/0'],
  ],
  [
    'other addresses',
    until(undefined, '10.0.0.0/8'),
    wish(undefined, '10.1.1.1', '11.0.0.1'),
    ['/allowed_addresses/1'],
  ],
  [
    'more of IPv6',
    until(undefined, '2001:db8::/48'),
    wish(undefined, '2001:db8::/32'),
    ['/allowed_addresses/0'],
  ],
  [
    'a range across two of its maker’s',
    until(undefined, '10.0.0.0/9', '10.128.0.0/9'),
    wish(undefined, '10.0.0.0/8'),
    ['/allowed_addresses/0'],
  ],
  [
    'anything, by a key whose ranges cannot be read',
    until(undefined, '10.0.0.0/99'),
    wish(undefined, '10.0.0.0/99'),
    ['/allowed_addresses/0'],
  ],
  [
    'an end, by a key that is bound to addresses',
    until(undefined, '10.0.0.0/8'),
    wish(at(2099)),
    wish(at(2099), '10.0.0.0/8'),
  ],
  ['addresses, by an expiring key', until(2030), wish(undefined, '0.0.0.0/0'), wish(at(2030), '0.0.0.0/0')],
  [
    'more of both',
    until(2030, '10.0.0.0/8'),
    wish(at(2031), '11.0.0.0/8'),
    ['/expires_at', '/allowed_addresses/0'],
  ],
];

describe('the bounds of a key', () => {
  for (const [what, maker, wanted, expected] of rows)
    it(`asked for ${what}`, () => {
      const made = newKey(maker, wanted);
      expect(made).to.deep.equal(expected);
      // And so for whatever that key makes.
      if (!Array.isArray(made)) expect(newKey(boundsIn(made), wish())).to.deep.equal(inUtc(made));
    });

  it('lie within another key’s or not', () => {
    const pairs: [KeyBounds, KeyBounds, boolean][] = [
      [until(), UNBOUNDED, true],
      [until(2030, '10.0.0.0/8'), UNBOUNDED, true],
      [UNBOUNDED, until(2030), false],
      [UNBOUNDED, until(undefined, '10.0.0.0/8'), false],
      [until(2030), until(2030), true],
      [until(2031), until(2030), false],
      [until(2029, '10.0.0.0/8'), until(2030), true],
      [until(2029), until(2030, '10.0.0.0/8'), false],
      [until(2029, '10.1.0.0/16'), until(2030, '10.0.0.0/8'), true],
      [until(2029, '10.1.0.0/16', '::1'), until(2030, '10.0.0.0/8'), false],
    ];
    for (const [inner, outer, is] of pairs) {
      expect(liesWithin(inner, outer), JSON.stringify([inner, outer])).to.equal(is);
      if (is) checkWithin(inner, outer);
      else
        expect(() => checkWithin(inner, outer))
          .to.throw(Problem)
          .with.property('code', 'beyond_own_bounds');
    }
  });
});

function newKey(maker: KeyBounds, wanted: WantedBounds): WantedBounds | string[] {
  try {
    return boundsOfNewKey(maker, wanted);
  } catch (error) {
    expect(error).to.be.instanceOf(Problem).with.property('code', 'invalid_body');
    const errors = (error as Problem).parts.errors!;
    expect(errors.map(({ code }) => code)).to.deep.equal(errors.map(() => 'beyond_own_bounds'));
    return errors.map(({ pointer }) => pointer);
  }
}

function boundsIn({ expires_at, allowed_addresses }: WantedBounds): KeyBounds {
  return {
    endsAt: expires_at === undefined ? undefined : Date.parse(expires_at),
    addresses: allowed_addresses,
  };
}

function inUtc({ expires_at, allowed_addresses }: WantedBounds): WantedBounds {
  return {
    expires_at: expires_at === undefined ? undefined : new Date(expires_at).toISOString(),
    allowed_addresses,
  };
}
