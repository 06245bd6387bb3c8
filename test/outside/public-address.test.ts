import { expect } from 'chai';
import { isLoopbackAddress, isPublicAddress } from '../../src/outside/public-address.ts';

describe('an address', () => {
  it('is public where IANA gave it out for general use', () => {
    for (const address of ['93.184.216.34', '1.1.1.1', '2606:4700:4700::1111', '::ffff:93.184.216.34'])
      expect(isPublicAddress(address), address).to.equal(true);
    const special = [
      '0.0.0.0',
      '10.1.2.3',
      '100.64.0.1',
      '127.0.0.1',
      '169.254.169.254',
      '172.16.0.1',
      '192.0.0.1',
      '192.0.2.1',
      '192.88.99.1',
      '192.168.1.1',
      '198.18.0.1',
      '198.51.100.1',
      '203.0.113.1',
      '224.0.0.1',
      '240.0.0.1',
      '255.255.255.255',
      '::',
      '::1',
      '::ffff:127.0.0.1',
      '::ffff:10.0.0.1',
      '::127.0.0.1',
      '64:ff9b::a00:1',
      '64:ff9b:1::1',
      '100::1',
      '2001::1',
      '2001:2::1',
      '2001:db8::1',
      '2002:a00:1::',
      '3fff::1',
      '5f00::1',
      'fc00::1',
      'fd12:3456::1',
      'fe80::1',
      'fec0::1',
      'ff02::1',
      'nonsense',
      '',
    ];
    for (const address of special) expect(isPublicAddress(address), address).to.equal(false);
  });

  it('is public, or this machine’s own, in every spelling that is one', () => {
    expect(isPublicAddress('93.184.216.34')).to.equal(true);
    expect(isPublicAddress('2606:2800:220:1::1')).to.equal(true);
    const notPublic = [
      '10.0.0.1',
      '::ffff:10.0.0.1',
      '::1',
      'fe80::1%eth0',
      '3fff::1',
      '012.1.2.3',
      '10.1',
      '',
    ];
    for (const text of notPublic) expect(isPublicAddress(text), text).to.equal(false);
    expect(isLoopbackAddress('::ffff:127.0.0.1')).to.equal(true);
    expect(isLoopbackAddress('0177.0.0.1')).to.equal(false);
  });
});
