/** What Trivium needs of an account, as bodies of the Management API: for those who keep their account as code. */
import type { AccountContext } from '../context.ts';
import { SetupFailure } from '../failure.ts';
import { ACTIONS, codeOf, wantedAction, type OwnAction } from '../parts/actions.ts';
import { wantedApi } from '../parts/api.ts';
import { credentialOf } from '../parts/client-key.ts';
import { wantedGrants } from '../parts/index.ts';
import { MACHINES, wantedClient, type Machine } from '../parts/machine-client.ts';
import { wantedTenantSettings } from '../parts/tenant-settings.ts';
import type { ClientRole } from '../plan.ts';

export interface WantedClient {
  role: ClientRole;
  client: ReturnType<typeof wantedClient>;
  /** The public half of its key. */
  credential: ReturnType<typeof credentialOf>;
  grant: { audience: string; scope: readonly string[] };
}

export interface WantedAccount {
  tenantSettings: ReturnType<typeof wantedTenantSettings>;
  api: ReturnType<typeof wantedApi>;
  clients: WantedClient[];
  actions: { own: OwnAction; body: ReturnType<typeof wantedAction> }[];
}

/** @throws SetupFailure without the keys of our clients */
export function wantedAccount({
  settings,
  keyOf,
}: Pick<AccountContext, 'settings' | 'keyOf'>): WantedAccount {
  const grants = wantedGrants(settings);
  const ofMachine = (machine: Machine): WantedClient => ({
    role: machine.role,
    client: wantedClient(machine),
    credential: credential(keyOf, machine.role),
    grant: { audience: grants[machine.role].audience, scope: grants[machine.role].scope },
  });
  return {
    tenantSettings: wantedTenantSettings(settings.metadataDocuments),
    api: wantedApi(settings),
    clients: [MACHINES.workers, MACHINES.operator].map(ofMachine),
    actions: ACTIONS.map((own) => ({ own, body: wantedAction(own, codeOf(own, settings.audience)) })),
  };
}

function credential(keyOf: AccountContext['keyOf'], role: ClientRole) {
  const { key, path } = keyOf(role);
  if (key) return credentialOf(key);
  throw new SetupFailure('usage', [
    `${path} does not exist, and the client authenticates by its public half.`,
    '  Put the private key there, or have keys made: the same command with --new-keys.',
  ]);
}
