/**
 * Looks a host up once, checks every address, and connects to one of those that were checked: a name that means something else a
 * moment later (DNS rebinding) is not asked again.
 */
import { lookup } from 'node:dns/promises';
import type { LookupFunction } from 'node:net';

export interface ResolvedAddress {
  address: string;
  family: number;
}

export type Resolve = (hostname: string) => Promise<ResolvedAddress[]>;

export const resolveBySystem: Resolve = (hostname) => lookup(hostname, { all: true, verbatim: true });

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
      (error: unknown) => callback(error as NodeJS.ErrnoException, ''),
    );
  };
}
