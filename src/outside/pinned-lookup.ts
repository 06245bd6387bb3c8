/**
 * Resolves a host once, checks every address, and connects to one of the checked addresses: a name that resolves
 * differently a moment later (DNS rebinding) is not resolved again.
 */
import { lookup, Resolver } from 'node:dns/promises';
import type { LookupFunction } from 'node:net';

export interface ResolvedAddress {
  address: string;
  family: number;
}

export type Resolve = (hostname: string) => Promise<ResolvedAddress[]>;

/** Also knows the hosts file of this machine. */
export const resolveBySystem: Resolve = (hostname) => lookup(hostname, { all: true, verbatim: true });

/**
 * Queries name servers directly, with a timeout: the system's resolver uses four threads per process and has no
 * timeout, so one customer's slow name servers would block all other lookups.
 */
export function resolveByDns(servers?: string[]): Resolve {
  const resolver = new Resolver({ timeout: 1_500, tries: 2 });
  if (servers) resolver.setServers(servers);
  return async (hostname) => {
    const [v4, v6] = await Promise.allSettled([resolver.resolve4(hostname), resolver.resolve6(hostname)]);
    const found = (outcome: PromiseSettledResult<string[]>, family: number) =>
      outcome.status === 'fulfilled' ? outcome.value.map((address) => ({ address, family })) : [];
    const all = [...found(v4, 4), ...found(v6, 6)];
    if (all.length === 0 && v4.status === 'rejected') throw v4.reason;
    return all;
  };
}

export class ForbiddenAddress extends Error {
  override readonly name = 'ForbiddenAddress';
}

/** One forbidden address among allowed ones refuses them all: mixing them suggests an attack. */
export function pinnedLookup(resolve: Resolve, isAllowed: (address: string) => boolean): LookupFunction {
  return (hostname, options, callback) => {
    resolve(hostname).then(
      (found) => {
        const [first] = found;
        if (!first || !found.every(({ address }) => isAllowed(address)))
          return callback(new ForbiddenAddress('not a public address'), '');
        if (options.all) callback(null, found);
        else callback(null, first.address, first.family);
      },
      (cause: unknown) =>
        callback(cause instanceof Error ? cause : new Error('it could not be looked up', { cause }), ''),
    );
  };
}
