/**
 * The only way to a host that a stranger names: to addresses of the public internet, not into the network that this runs in (OWASP
 * API7). No redirect is followed: it would lead past that.
 */
import { request as requestHttp, type ClientRequest, type RequestOptions } from 'node:http';
import { request as requestHttps } from 'node:https';
import { isIP } from 'node:net';
import {
  ForbiddenAddress,
  pinnedLookup,
  resolveByDns,
  resolveBySystem,
  type Resolve,
} from './pinned-lookup.ts';
import { isLoopbackAddress, isPublicAddress } from './public-address.ts';

export interface Reach {
  /** For development: then hosts of this machine may be named, too. */
  allowsLoopback: boolean;
  /** Left out: name servers are asked; in development the system. */
  resolve?: Resolve | undefined;
}

/** The host as `URL` has it, where numbers in any spelling have become addresses, and IPv6 stands in brackets. */
export function isForbiddenHost({ hostname }: URL, { allowsLoopback }: Reach): boolean {
  const host = hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '');
  if (isIP(host)) return !isAllowed(host, allowsLoopback);
  return !allowsLoopback && /(^|\.)localhost$/.test(host);
}

/** @throws ForbiddenAddress, here or as the request's error */
export function requestOutside(url: URL, options: RequestOptions, reach: Reach): ClientRequest {
  // Node looks up names only.
  if (isForbiddenHost(url, reach)) throw new ForbiddenAddress('not a public address');
  const { allowsLoopback, resolve = allowsLoopback ? resolveBySystem : resolveByDns() } = reach;
  return (url.protocol === 'https:' ? requestHttps : requestHttp)(url, {
    ...options,
    // A connection of its own: a kept one would not be looked at again.
    agent: false,
    lookup: pinnedLookup(resolve, (address) => isAllowed(address, allowsLoopback)),
  });
}

function isAllowed(address: string, allowsLoopback: boolean): boolean {
  return isPublicAddress(address) || (allowsLoopback && isLoopbackAddress(address));
}
