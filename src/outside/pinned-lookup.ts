/**
 * Looks a host up once, checks every address, and connects to one of those that were checked: a name that means something else a
 * moment later (DNS rebinding) is not asked again.
 */
import { lookup, Resolver } from 'node:dns/promises';
import type { LookupFunction } from 'node:net';

export interface ResolvedAddress {
  address: string;
  family: number;
}

export type Resolve = (hostname: string) => Promise<ResolvedAddress[]>;

/** Knows the hosts of this machine too. */
export const resolveBySystem: Resolve = (hostname) => lookup(hostname, { all: true, verbatim: true });

/**
 * Asks name servers itself and gives up in time: the system's look-up has four threads for the whole process and no limit, so that names
 * of somebody whose servers are slow would keep everything else waiting.
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

/** One bad address among good ones spoils them all: whoever mixes them means harm. */
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
