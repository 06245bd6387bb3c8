/** Addresses and ranges: what is one, what is none, and what contains what. */
import { expect } from 'chai';
import { addressRange, contains, isWithin, parseAddress, parseRange, parseRanges } from '../src/addresses.ts';
import { NO_RANGES } from './support/no-ranges.ts';

describe('addresses', () => {
  for (const [text, why] of NO_RANGES)
    it(`take ${JSON.stringify(text)} (${why}) for no range`, () => {
      expect(parseRange(text)).to.equal(undefined);
      expect(parseRanges([text]), 'what is stored all the same').to.deep.equal([]);
      expect(parseAddress(text)).to.equal(undefined);
    });

  it('are within what they lie in, IPv4 in IPv6’s clothes as IPv4', () => {
    const within: [string, string][] = [
      ['10.1.2.3', '10.0.0.0/8'],
      ['10.1.2.3', '10.9.9.9/8'],
      ['10.1.2.3', '0.0.0.0/0'],
      ['10.1.2.3', '10.1.2.3'],
      ['::ffff:10.1.2.3', '10.0.0.0/8'],
      ['::ffff:a01:203', '10.0.0.0/8'],
      ['10.1.2.3', '::ffff:10.0.0.0/104'],
      ['10.1.2.3', '::ffff:0:0/96'],
      ['2001:db8::1', '2001:db8::/32'],
      ['2001:db8::1', '::/0'],
      ['fe80::1%eth0', 'fe80::/10'],
    ];
    for (const [address, range] of within)
      expect(isWithin(address, parseRanges([range])), `${address} in ${range}`).to.equal(true);
  });

  it('are not within what they do not lie in', () => {
    const outside: [string, string][] = [
      ['11.0.0.0', '10.0.0.0/8'],
      ['10.1.2.3', '::/0'],
      ['::ffff:10.1.2.3', '::/0'],
      ['2001:db8::1', '0.0.0.0/0'],
      ['::1', '127.0.0.1'],
      ['010.0.0.1', '0.0.0.0/0'],
      ['unknown', '0.0.0.0/0'],
      ['', '0.0.0.0/0'],
    ];
    for (const [address, range] of outside)
      expect(isWithin(address, parseRanges([range])), `${address} in ${range}`).to.equal(false);
  });

  it('contain a range whole or not at all', () => {
    const rows: [string, string, boolean][] = [
      ['10.0.0.0/8', '10.0.0.0/8', true],
      ['10.0.0.0/8', '10.2.0.0/16', true],
      ['10.0.0.0/8', '::ffff:10.2.0.0/112', true],
      ['10.0.0.0/8', '10.0.0.0/7', false],
      ['10.0.0.0/8', '11.0.0.0/16', false],
      ['10.0.0.0/8', '0.0.0.0/0', false],
      ['::/0', '10.0.0.0/8', false],
      ['0.0.0.0/0', '::/0', false],
      ['2001:db8::/32', '2001:db8:1::/48', true],
      ['2001:db8:1::/48', '2001:db8::/32', false],
    ];
    for (const [outer, inner, is] of rows)
      expect(contains(parseRange(outer)!, parseRange(inner)!), `${inner} in ${outer}`).to.equal(is);
  });

  it('count by household', () => {
    expect(addressRange('::ffff:192.0.2.1')).to.equal('192.0.2.1');
    expect(addressRange('2001:db8:1:2:3::4')).to.equal(addressRange('2001:db8:1:2::9'));
    for (const none of ['', 'unknown', '010.0.0.1']) expect(addressRange(none)).to.equal('unknown');
  });
});
