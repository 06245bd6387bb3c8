/** All parts of an account, in the order in which they depend on each other. */
import type { AccountPart, Context, Part } from '../context.ts';
import { WORKER_SCOPES } from '../generated-account.ts';
import type { ClientRole } from '../plan.ts';
import type { Settings } from '../settings.ts';
import { ACTIONS, action } from './actions.ts';
import { api } from './api.ts';
import { binding } from './bindings.ts';
import { clientGrant, type WantedGrant } from './client-grant.ts';
import { connections } from './connections.ts';
import { consoleClient } from './console-client.ts';
import { customDomains } from './custom-domains.ts';
import { environment } from './environment.ts';
import { eventStream } from './event-stream.ts';
import { MACHINES, machineClient } from './machine-client.ts';
import { rateLimit } from './rate-limit.ts';
import { tenantSettings } from './tenant-settings.ts';
import { thirdParties } from './third-parties.ts';

export interface AccountPartEntry {
  /** In events, and as the label of a metric. */
  name: string;
  /** Scopes of the Management API without which it cannot be read. */
  needs: readonly string[];
  /**
   * What it is compared with: `contract`: needed of any account; `setup`: is there only if `trivium setup` has made it, for by hand it gets other
   * names and marks; `options`: named by options of the command, and by nothing else.
   */
  by: 'contract' | 'setup' | 'options';
  plan: AccountPart;
}

/** For the workers' scheduled comparison: they need them for nothing else. */
export const CHECK_SCOPES = ['read:tenant_settings', 'read:actions', 'read:custom_domains'];

type Entry = (name: string, needs: readonly string[], plan: AccountPart) => AccountPartEntry;
const entryBy =
  (by: AccountPartEntry['by']): Entry =>
  (name, needs, plan) => ({ name, needs, by, plan });
const anybodys = entryBy('contract');
const ours = entryBy('setup');
const chosen = entryBy('options');

type GrantSettings = Pick<Settings, 'audience' | 'managementAudience' | 'checkByWorkers'>;

export const wantedGrants = ({
  audience,
  managementAudience,
  checkByWorkers,
}: GrantSettings): Record<ClientRole, WantedGrant> => ({
  workers: {
    audience: managementAudience,
    scope: checkByWorkers ? [...WORKER_SCOPES, ...CHECK_SCOPES] : WORKER_SCOPES,
    optional: CHECK_SCOPES,
    why: 'the workers call these',
  },
  operator: { audience, scope: [], why: 'operator operations need no scopes' },
});

export function accountParts(settings: GrantSettings): AccountPartEntry[] {
  const wanted = wantedGrants(settings);
  const { workers, operator } = MACHINES;
  const client = ['read:clients', 'read:client_credentials'];
  const grants = ['read:client_grants'];
  return [
    anybodys('tenant_settings', ['read:tenant_settings'], tenantSettings),
    anybodys('api', ['read:resource_servers'], api),
    ours('workers_client', client, machineClient(workers)),
    anybodys('workers_grant', grants, clientGrant(workers, wanted.workers)),
    ours('operator_client', client, machineClient(operator)),
    ours('operator_grant', grants, clientGrant(operator, wanted.operator)),
    ...ACTIONS.flatMap((own) => [
      ours(`${own.key}_action`, ['read:actions'], action(own)),
      ours(`${own.key}_binding`, ['read:actions'], binding(own)),
    ]),
    anybodys('third_parties', ['read:client_grants', 'read:clients'], thirdParties),
    chosen('shared_database', ['read:connections'], connections),
    anybodys('custom_domains', ['read:custom_domains'], customDomains),
    chosen('third_party_rate_limit', [], rateLimit),
  ];
}

/** @param hasFiles whether the files on this machine are looked at, too */
export function partsOf({ settings }: Context, hasFiles: boolean): Part[] {
  return [
    ...accountParts(settings).map(({ plan }) => plan),
    ...(settings.events ? [eventStream(hasFiles)] : []),
    ...(settings.console ? [consoleClient] : []),
    ...(hasFiles ? [environment] : []),
  ];
}
