/** What is in the account already of what will be kept as code: to be taken over instead of made anew, or kept as it is. */
import type { AccountContext } from '../context.ts';
import type { Json } from '../answers.ts';
import { ACTIONS } from '../parts/actions.ts';
import { wantedGrants } from '../parts/index.ts';
import { MACHINES, readClient } from '../parts/machine-client.ts';
import type { ClientRole } from '../plan.ts';

export interface PresentAccount {
  /** Hours, as the account has them. */
  sessionLifetimes: Record<string, number>;
  /** undefined: not there, here and below */
  apiId: string | undefined;
  clients: Record<ClientRole, { id: string; grantId: string | undefined } | undefined>;
  /** By key of our Actions. */
  actionIds: Map<string, string>;
  /** Trigger → bindings of it, in their order. */
  bindings: Map<string, { action: string; name: string }[]>;
}

const LIFETIMES = ['session_lifetime', 'idle_session_lifetime'];

export async function readPresentAccount(context: AccountContext): Promise<PresentAccount> {
  const { management, settings } = context;
  const tenantSettings = (await management.get('/tenants/settings')) ?? {};
  const apis = await management.list('/resource-servers', 'resource_servers', {
    identifiers: settings.audience,
  });
  const api = apis.find(({ identifier }) => identifier === settings.audience);
  const actionIds = new Map<string, string>();
  const bindings: PresentAccount['bindings'] = new Map();
  for (const { key, name, trigger } of ACTIONS) {
    const actions = await management.list('/actions/actions', 'actions', { actionName: name });
    const action = actions.find((one) => one['name'] === name);
    if (action) actionIds.set(key, String(action['id']));
    const all = await management.list(`/actions/triggers/${trigger}/bindings`, 'bindings');
    bindings.set(trigger, all.map(bindingOf));
  }
  return {
    sessionLifetimes: Object.fromEntries(
      LIFETIMES.flatMap((name) => {
        const hours = tenantSettings[name];
        return typeof hours === 'number' ? [[name, hours]] : [];
      }),
    ),
    apiId: api && String(api['id']),
    clients: { workers: await present(context, 'workers'), operator: await present(context, 'operator') },
    actionIds,
    bindings,
  };
}

async function present(context: AccountContext, role: ClientRole) {
  const { client } = await readClient(context, MACHINES[role]);
  if (!client) return undefined;
  const id = String(client['client_id']);
  const { audience } = wantedGrants(context.settings)[role];
  const grants = await context.management.list('/client-grants', 'client_grants', { client_id: id });
  const grant = grants.find((one) => one['audience'] === audience && one['subject_type'] !== 'user');
  return { id, grantId: grant && String(grant['id']) };
}

function bindingOf({ action, display_name }: Json) {
  const { name }: Json = { ...(action ?? {}) };
  return { action: String(name), name: String(display_name) };
}
