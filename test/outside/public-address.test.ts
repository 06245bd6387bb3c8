import { expect } from 'chai';
import { isLoopbackAddress, isPublicAddress } from '../../src/outside/public-address.ts';

const TABLE: [address: string, kind: 'public' | 'loopback' | 'neither'][] = [
  ['8.8.8.8', 'public'],
  ['2606:4700:4700::1111', 'public'],
  ['::ffff:8.8.8.8', 'public'],
  ['127.0.0.1', 'loopback'],
  ['127.1.2.3', 'loopback'],
  ['::1', 'loopback'],
  ['::ffff:127.0.0.1', 'loopback'],
  ['10.0.0.1', 'neither'],
  ['172.16.0.1', 'neither'],
  ['192.168.0.1', 'neither'],
  ['100.64.0.1', 'neither'],
  ['169.254.169.254', 'neither'],
  ['::ffff:169.254.169.254', 'neither'],
  ['0.0.0.0', 'neither'],
  ['224.0.0.1', 'neither'],
  ['255.255.255.255', 'neither'],
  ['192.0.2.1', 'neither'],
  ['::', 'neither'],
  ['fc00::1', 'neither'],
  ['fe80::1', 'neither'],
  ['ff02::1', 'neither'],
  ['2001:db8::1', 'neither'],
  ['3fff::1', 'neither'],
  ['192.0.0.1', 'neither'],
  ['192.88.99.1', 'neither'],
  ['198.18.0.1', 'neither'],
  ['198.51.100.1', 'neither'],
  ['203.0.113.1', 'neither'],
  ['240.0.0.1', 'neither'],
  ['::127.0.0.1', 'loopback'],
  ['64:ff9b::a00:1', 'neither'],
  ['64:ff9b:1::1', 'neither'],
  ['100::1', 'neither'],
  ['2001::1', 'neither'],
  ['2001:2::1', 'neither'],
  ['2002:a00:1::', 'neither'],
  ['5f00::1', 'neither'],
  ['fd12:3456::1', 'neither'],
  ['fec0::1', 'neither'],
  ['012.1.2.3', 'neither'],
  // Given out to nobody yet.
  ['4000::1', 'neither'],
  ['fe80::1%eth0', 'neither'],
  ['10.1', 'neither'],
  ['0177.0.0.1', 'neither'],
  ['2130706433', 'neither'],
  ['example.com', 'neither'],
  ['', 'neither'],
];

describe('an address that a stranger names', () => {
  for (const [address, kind] of TABLE)
    it(`is ${kind}: ${address === '' ? 'nothing' : address}`, () => {
      expect([isPublicAddress(address), isLoopbackAddress(address)]).to.deep.equal([
        kind === 'public',
        kind === 'loopback',
      ]);
    });
});
