/** Addresses of callers. IPv4 in IPv6's clothes (`::ffff:192.0.2.1`, what a dual-stack socket says) is IPv4. */
import ipaddr from 'ipaddr.js';

export type AddressRanges = readonly [ipaddr.IPv4 | ipaddr.IPv6, number][];

/** @param ranges addresses, or ranges in CIDR notation. @throws Error when one of them is neither */
export function parseRanges(ranges: readonly string[]): AddressRanges {
  return ranges.map((text) => {
    if (text.includes('/')) return ipaddr.parseCIDR(text);
    const address = ipaddr.parse(text);
    return [address, address.kind() === 'ipv4' ? 32 : 128] as [ipaddr.IPv4 | ipaddr.IPv6, number];
  });
}

/** `ipaddr.js` also reads octal, hexadecimal and short forms, of which nobody can tell what they mean. */
export function isAddressRange(text: string): boolean {
  const [address = '', bits, ...more] = text.split('/');
  if (more.length > 0 || !(ipaddr.IPv4.isValidFourPartDecimal(address) || ipaddr.IPv6.isValid(address))) {
    return false;
  }
  if (bits === undefined) return true;
  return /^\d{1,3}$/.test(bits) && Number(bits) <= (address.includes(':') ? 128 : 32);
}

export function isWithin(address: string, ranges: AddressRanges): boolean {
  if (!ipaddr.isValid(address)) return false;
  const parsed = ipaddr.process(address);
  return ranges.some(([base, bits]) => base.kind() === parsed.kind() && parsed.match(base, bits));
}

/** Who counts as one: an IPv4 address, or a /64 of IPv6, which is what one household gets (RFC 6177). */
export function addressRange(address: string): string {
  if (!ipaddr.isValid(address)) return 'unknown';
  const parsed = ipaddr.process(address);
  return parsed.kind() === 'ipv4' ? parsed.toString() : (parsed as ipaddr.IPv6).parts.slice(0, 4).join(':');
}
