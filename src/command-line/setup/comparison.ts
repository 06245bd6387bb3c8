/**
 * The account compared with what Trivium needs of it, by a process that has no files of `trivium setup`: a worker. Reads only what its token
 * may read.
 */
import type { AccountContext } from './context.ts';
import { accountParts } from './parts/index.ts';
import { KIND_OF_WORKERS } from './parts/machine-client.ts';
import type { PartPlan } from './plan.ts';
import type { Reader } from './reader.ts';
import type { ScopeText } from './services-scopes.ts';

export { createReader, type Reader } from './reader.ts';

export interface AccountToCompare {
  reader: Reader;
  /** Of the account, with a trailing slash. */
  url: string;
  audience: string;
  /** Of the API. */
  scopes: readonly ScopeText[];
  /** Client that the workers are. */
  workers: string;
  /** `AUTH0_CUSTOM_DOMAIN` */
  customDomain: string | undefined;
  /** Scopes of the token; undefined: it does not show them */
  held: ReadonlySet<string> | undefined;
}

export interface Difference {
  /** One of few names. */
  part: string;
  /** What of it, by an id or a name of Auth0's; empty: the part as such. */
  about: string;
  /** For people, as in `trivium setup --check`. */
  what: string;
}

export interface Comparison {
  /** Names of the parts that were compared. */
  compared: string[];
  differences: Difference[];
  /** Names of parts that were not, and the scopes that this would need. */
  unread: { part: string; needs: string[] }[];
}

export async function compareAccount(account: AccountToCompare): Promise<Comparison> {
  const { reader, url, audience, scopes, workers, customDomain, held } = account;
  const context: AccountContext = {
    management: reader,
    settings: {
      url,
      audience,
      managementAudience: `${url}api/v2/`,
      scopes,
      // Settings of the API and of people who run the command.
      metadataDocuments: false,
      sharedDatabase: undefined,
      thirdPartyRateLimit: undefined,
      customDomain,
      checkByWorkers: false,
      newKeys: false,
      replaceActions: false,
    },
    clientIds: new Map([['workers', workers]]),
    keyOf: () => ({ key: undefined, path: '' }),
  };
  const isOurs = await isMadeBySetup(reader, workers, held);
  const comparison: Comparison = { compared: [], differences: [], unread: [] };
  for (const part of accountParts(context.settings)) {
    if (part.by === 'options' || (part.by === 'setup' && !isOurs)) continue;
    const needs = part.needs.filter((scope) => held?.has(scope) === false);
    if (needs.length > 0) {
      comparison.unread.push({ part: part.name, needs });
      continue;
    }
    comparison.differences.push(...differencesIn(part.name, await part.plan(context)));
    comparison.compared.push(part.name);
  }
  return comparison;
}

/** An account that was made by hand has neither our marks nor our names. */
async function isMadeBySetup(
  reader: Reader,
  workers: string,
  held: AccountToCompare['held'],
): Promise<boolean> {
  if (held?.has('read:clients') === false) return false;
  const client = await reader.get(`/clients/${workers}?fields=client_id,client_metadata`);
  const { kind }: Record<string, unknown> = { ...(client?.['client_metadata'] ?? {}) };
  return kind === KIND_OF_WORKERS;
}

function differencesIn(part: string, { changes, findings }: PartPlan): Difference[] {
  const drifts = findings.filter(({ level }) => level === 'drift');
  return [...changes, ...drifts].map(({ item, about = '', what }) => ({
    part,
    about,
    what: `${item}: ${what}`,
  }));
}
