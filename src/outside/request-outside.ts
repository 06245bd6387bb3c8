/**
 * The only way to call a host that a third party names: only public internet addresses, never the internal network
 * (SSRF, OWASP API7). Redirects are not followed, since they would bypass the check.
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
  /** For development: loopback hosts are allowed, too. */
  allowsLoopback: boolean;
  /** Default: DNS name servers; in development the system's resolver. */
  resolve?: Resolve | undefined;
}

/** The host in the form of `URL`, which normalizes numeric addresses in any spelling and brackets IPv6. */
export function isForbiddenHost({ hostname }: URL, { allowsLoopback }: Reach): boolean {
  const host = hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '');
  if (isIP(host)) return !isAllowed(host, allowsLoopback);
  return !allowsLoopback && /(^|\.)localhost$/.test(host);
}

/** @throws ForbiddenAddress, synchronously or as the request's error */
export function requestOutside(url: URL, options: RequestOptions, reach: Reach): ClientRequest {
  // Node skips the lookup for IP addresses.
  if (isForbiddenHost(url, reach)) throw new ForbiddenAddress('not a public address');
  const { allowsLoopback, resolve = allowsLoopback ? resolveBySystem : resolveByDns() } = reach;
  return (url.protocol === 'https:' ? requestHttps : requestHttp)(url, {
    ...options,
    // A new connection each time: a reused one would skip the lookup.
    agent: false,
    lookup: pinnedLookup(resolve, (address) => isAllowed(address, allowsLoopback)),
  });
}

function isAllowed(address: string, allowsLoopback: boolean): boolean {
  return isPublicAddress(address) || (allowsLoopback && isLoopbackAddress(address));
}
