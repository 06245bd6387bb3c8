/**
 * A webhook goes to addresses of the public internet only: not into the network that this runs in (OWASP API7). What a name resolves
 * to is looked at by the very connection that is made, so that a name cannot mean another address a moment later.
 */
import { lookup } from 'node:dns';
import type { LookupAddress, LookupOptions } from 'node:dns';
import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';

export class AddressRefused extends Error {}

/** @param allowsLoopback in development, where the receiver runs on the same machine */
export function isAllowedAddress(address: string, allowsLoopback: boolean): boolean {
  if (!ipaddr.isValid(address)) return false;
  const range = ipaddr.process(address).range();
  return range === 'unicast' || (allowsLoopback && range === 'loopback');
}

/** As the URL has it; an IPv6 address stands in brackets there. @throws AddressRefused */
export function refuseLiteral(host: string, allowsLoopback: boolean): void {
  const literal = host.replace(/^\[(.*)\]$/, '$1');
  if (isIP(literal) > 0 && !isAllowedAddress(literal, allowsLoopback)) throw new AddressRefused(literal);
}

type LookupCallback = (
  error: NodeJS.ErrnoException | null,
  address: string | LookupAddress[],
  family?: number,
) => void;

/** For `lookup` of `node:http`. One address that is not allowed is enough to refuse the name. */
export function publicLookup(allowsLoopback: boolean) {
  return (host: string, options: LookupOptions, callback: LookupCallback): void => {
    lookup(host, { ...options, all: true }, (error, addresses) => {
      if (error) return callback(error, []);
      const refused = addresses.find(({ address }) => !isAllowedAddress(address, allowsLoopback));
      if (refused || addresses.length === 0) return callback(new AddressRefused(host), []);
      if (options.all) return callback(null, addresses);
      callback(null, addresses[0]!.address, addresses[0]!.family);
    });
  };
}
