/** Which addresses strangers may have us call: those of the public internet, and no other (RFC 6890). */
import ipaddr from 'ipaddr.js';

/** All that IANA has given out for general use so far; whatever lies elsewhere has a special purpose, or none yet. */
const GLOBAL_UNICAST = ipaddr.IPv6.parseCIDR('2000::/3');
/** Documentation (RFC 9637), younger than the table of `ipaddr.js`. */
const DOCUMENTATION = ipaddr.IPv6.parseCIDR('3fff::/20');

/** IPv4 in IPv6's clothes is judged as what it is; an address that is no address is not public. */
export function isPublicAddress(text: string): boolean {
  if (!ipaddr.isValid(text)) return false;
  const address = ipaddr.process(text);
  if (address.range() !== 'unicast') return false;
  if (address.kind() === 'ipv4') return true;
  const v6 = address as ipaddr.IPv6;
  return v6.match(GLOBAL_UNICAST) && !v6.match(DOCUMENTATION);
}

export function isLoopbackAddress(text: string): boolean {
  return ipaddr.isValid(text) && ipaddr.process(text).range() === 'loopback';
}
