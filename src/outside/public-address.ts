/** Which addresses strangers may have us call: those of the public internet, and no other (RFC 6890). */
import { contains, parseAddress, parseRanges, type AddressRanges } from '../addresses.ts';

/** All that IANA has given out for general use so far; whatever lies elsewhere has a special purpose, or none yet. */
const GLOBAL_UNICAST = parseRanges(['2000::/3']);
/** Documentation (RFC 9637), younger than the table of `ipaddr.js`. */
const DOCUMENTATION = parseRanges(['3fff::/20']);
const IPV6_BITS = 128;

/** IPv4 in IPv6's clothes is judged as what it is; an address that is no address is not public. */
export function isPublicAddress(text: string): boolean {
  const address = parseAddress(text);
  if (address?.range() !== 'unicast') return false;
  if (address.kind() === 'ipv4') return true;
  const isWithin = (ranges: AddressRanges) => ranges.some((range) => contains(range, [address, IPV6_BITS]));
  return isWithin(GLOBAL_UNICAST) && !isWithin(DOCUMENTATION);
}

export function isLoopbackAddress(text: string): boolean {
  return parseAddress(text)?.range() === 'loopback';
}
