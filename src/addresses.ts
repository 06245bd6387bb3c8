/**
 * The one parser of IP addresses and CIDR ranges, for settings, API keys and client addresses. Strict: octal,
 * hexadecimal and short forms (`010.0.0.1`, `0x0a.0.0.1`, `10.1`), zone ids and spaces are refused, because programs
 * interpret them differently.
 * IPv4-mapped IPv6 (`::ffff:192.0.2.1`, as dual-stack sockets report it) is IPv4; no other IPv6 range contains an IPv4
 * address.
 */
import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';

export type Address = ipaddr.IPv4 | ipaddr.IPv6;
/** Any address of the range, and its prefix length in bits. */
export type AddressRange = readonly [Address, number];
export type AddressRanges = readonly AddressRange[];

/** Prefix length of IPv4-mapped IPv6 addresses (RFC 4291 section 2.5.5.2). */
const MAPPED_BITS = 96;

/** @returns undefined when the text is not an address */
export function parseAddress(text: string): Address | undefined {
  if (isIP(text) === 0 || text.includes('%')) return undefined;
  return ipaddr.process(text);
}

/** @param text an address, or a range in CIDR notation (RFC 4632 section 3.1). @returns undefined when it is neither */
export function parseRange(text: string): AddressRange | undefined {
  const [base = '', length, ...more] = text.split('/');
  const address = parseAddress(base);
  if (!address || more.length > 0) return undefined;
  const isMapped = address.kind() === 'ipv4' && base.includes(':');
  const bits = widthOf(address) + (isMapped ? MAPPED_BITS : 0);
  if (length === undefined) return [address, widthOf(address)];
  if (!/^(0|[1-9]\d{0,2})$/.test(length) || Number(length) > bits) return undefined;
  const prefix = Number(length) - (isMapped ? MAPPED_BITS : 0);
  // A mapped range wider than all of IPv4 mixes both families.
  return prefix < 0 ? undefined : [address, prefix];
}

/** For texts that were validated earlier: an invalid range contains no address. */
export function parseRanges(texts: readonly string[]): AddressRanges {
  return texts.flatMap((text) => {
    const range = parseRange(text);
    return range ? [range] : [];
  });
}

/** @param address of a client, as a socket or a trusted proxy reports it */
export function isWithin(address: string, ranges: AddressRanges): boolean {
  const parsed = parseCaller(address);
  return parsed !== undefined && ranges.some((range) => contains(range, [parsed, widthOf(parsed)]));
}

/** Whether every address of `inner` is one of `outer`. */
export function contains([base, bits]: AddressRange, [inner, innerBits]: AddressRange): boolean {
  return base.kind() === inner.kind() && bits <= innerBits && inner.match(base, bits);
}

/** Addresses counted as one client: an IPv4 address, or an IPv6 /64, which is what one household gets (RFC 6177). */
export function addressRange(address: string): string {
  const parsed = parseCaller(address);
  if (!parsed) return 'unknown';
  return 'parts' in parsed ? parsed.parts.slice(0, 4).join(':') : parsed.toString();
}

/** Recognizes a port after an address without brackets: all eight groups, or an IPv4 address, precede it. */
const WITH_PORT =
  /^(?:\[([^\]]*:[^\]]*)\]|((?:::ffff:)?[\d.]+|(?:[\da-f]{1,4}:){7}[\da-f]{1,4}))(?::(?:\d{1,5}|_[\w.-]+))?$/i;

/**
 * An address as proxies write it: with or without port, IPv6 in brackets or bare (RFC 7239 section 6; X-Forwarded-For
 * has all of these).
 * @returns undefined for anything else, including `unknown` and `_hidden`
 */
export function parseNode(text: string): Address | undefined {
  const [, bracketed, bare] = WITH_PORT.exec(text) ?? [];
  return parseCaller(bracketed ?? bare ?? text);
}

/** A link-local address may include a zone, which does not identify the client. */
function parseCaller(address: string): Address | undefined {
  return parseAddress(address.replace(/%[\w.-]+$/, ''));
}

const widthOf = (address: Address): number => (address.kind() === 'ipv4' ? 32 : 128);
