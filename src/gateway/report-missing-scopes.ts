/** Logs which scopes of the contract the API at the authority lacks: when that becomes known, and whenever it changes. */
import type { Log } from '../log.ts';
import type { KnownApiScopes } from '../registry/known-api-scopes.ts';
import type { Gateway } from './load-gateway.ts';

type Known = Pick<KnownApiScopes, 'missing'>;

/** @returns to be called with a reading, and the contract of then: a new contract is reported anew */
export function createMissingScopesReport(log: Log): (known: Known, gateway: Gateway) => void {
  let reported: { gateway: Gateway; missing: readonly string[] } | undefined;
  return (known, gateway) => {
    const missing = known.missing(gateway.contract.scopes);
    if (!missing) return;
    const before = reported?.gateway === gateway ? reported.missing : [];
    reported = { gateway, missing };
    for (const scope of missing.filter((one) => !before.includes(one)))
      log.warn({ scope }, missingScopeSentence(gateway, scope));
    const added = before.filter((one) => !missing.includes(one));
    if (added.length > 0) log.info({ scopes: added }, 'the API at the authority has these scopes now');
  };
}

/** What is wrong, where, and what to do. */
export function missingScopeSentence({ scopePlaces }: Pick<Gateway, 'scopePlaces'>, scope: string): string {
  const sentence = `the API at the authority lacks the scope ${scope}, so no token has it: add it to the permissions of the API with your AUDIENCE (in Auth0 under Applications, APIs)`;
  const place = scopePlaces.get(scope);
  return place === undefined ? sentence : `${place}: ${sentence}`;
}
