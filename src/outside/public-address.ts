/** Which addresses third parties may have us call: the public internet only (RFC 6890). */
import { isWithin, parseAddress, parseRanges } from '../addresses.ts';

/** All that IANA has allocated for general use so far; other blocks are special-purpose or unallocated. */
const GLOBAL_UNICAST = parseRanges(['2000::/3']);
/** Documentation (RFC 9637), newer than the table of `ipaddr.js`. */
const DOCUMENTATION = parseRanges(['3fff::/20']);

/** IPv4-mapped IPv6 is checked as IPv4; an invalid address is not public. */
export function isPublicAddress(text: string): boolean {
  const address = parseAddress(text);
  if (address?.range() !== 'unicast') return false;
  if (address.kind() === 'ipv4') return true;
  return isWithin(text, GLOBAL_UNICAST) && !isWithin(text, DOCUMENTATION);
}

export function isLoopbackAddress(text: string): boolean {
  return parseAddress(text)?.range() === 'loopback';
}
