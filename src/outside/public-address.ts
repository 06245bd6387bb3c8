/** Which addresses strangers may have us call: those of the public internet, and no other (RFC 6890). */
import { isWithin, parseAddress, parseRanges } from '../addresses.ts';

/** All that IANA has given out for general use so far; whatever lies elsewhere has a special purpose, or none yet. */
const GLOBAL_UNICAST = parseRanges(['2000::/3']);
/** Documentation (RFC 9637), younger than the table of `ipaddr.js`. */
const DOCUMENTATION = parseRanges(['3fff::/20']);

/** IPv4 in IPv6's clothes is judged as what it is; an address that is no address is not public. */
export function isPublicAddress(text: string): boolean {
  const address = parseAddress(text);
  if (address?.range() !== 'unicast') return false;
  if (address.kind() === 'ipv4') return true;
  return isWithin(text, GLOBAL_UNICAST) && !isWithin(text, DOCUMENTATION);
}

export function isLoopbackAddress(text: string): boolean {
  return parseAddress(text)?.range() === 'loopback';
}
