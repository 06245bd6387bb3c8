/** A machine-to-machine client of our own, which authenticates by a private key that never leaves this machine. */
import type { AccountContext, AccountPart } from '../context.ts';
import type { Json } from '../answers.ts';
import { emptyPlan, type Change, type ClientRole, type Finding, type PartPlan } from '../plan.ts';
import type { LocalKey, SigningKey } from '../signing-keys.ts';
import { credentialOf, KEY_WHY, keyElsewhere, planKey } from './client-key.ts';

export interface Machine {
  role: ClientRole;
  name: string;
  /** In `client_metadata.kind`: what is not marked by it is not ours. */
  kind: string;
  why: string;
}

export const KIND_OF_WORKERS = 'trivium_worker';

export const MACHINES: Record<ClientRole, Machine> = {
  workers: {
    role: 'workers',
    name: 'Trivium workers',
    kind: KIND_OF_WORKERS,
    why: 'the workers call the Management API with it',
  },
  operator: {
    role: 'operator',
    name: 'Trivium operator',
    kind: 'trivium_operator',
    why: 'its tokens may call the operator operations, such as creating the first tenant',
  },
};

const GRANT_TYPES = ['client_credentials'];

export interface ActualClient {
  client: Json | undefined;
  /** All of the account that are marked as this one. */
  marked: string[];
  credentials: Json[];
}

export const machineClient =
  (machine: Machine): AccountPart =>
  async (context) => {
    const actual = await readClient(context, machine);
    const { newKeys } = context.settings;
    return planClient(machine, actual, { ...context.keyOf(machine.role), newKeys });
  };

export async function readClient(
  { management, clientIds }: AccountContext,
  { role, kind }: Machine,
): Promise<ActualClient> {
  const known = clientIds.get(role);
  let client = known === undefined ? undefined : await management.get(`/clients/${known}`);
  let marked: string[] = [];
  if (client === undefined || kindOf(client) !== kind) {
    const query = {
      app_type: 'non_interactive',
      is_first_party: 'true',
      fields: 'client_id,client_metadata',
    };
    marked = (await management.list('/clients', 'clients', query))
      .filter((one) => kindOf(one) === kind)
      .map(({ client_id }) => String(client_id));
    client = marked[0] === undefined ? undefined : await management.get(`/clients/${marked[0]}`);
  }
  if (client === undefined) {
    clientIds.delete(role);
    return { client, marked, credentials: [] };
  }
  const id = String(client['client_id']);
  clientIds.set(role, id);
  return { client, marked, credentials: await management.all(`/clients/${id}/credentials`) };
}

const kindOf = ({ client_metadata: metadata }: Json): unknown => (({ ...(metadata ?? {}) }) as Json)['kind'];

interface Local extends LocalKey {
  newKeys: boolean;
}

export function planClient(machine: Machine, actual: ActualClient, local: Local): PartPlan {
  const { role, name } = machine;
  const { client, marked } = actual;
  const findings = marked.length > 1 ? [ambiguous(machine, marked)] : [];
  const makeKey: Change = {
    item: name,
    what: `create ${local.path}`,
    why: KEY_WHY,
    step: { kind: 'key', role },
  };
  if (!client) {
    const step = local.key && creation(machine, local.key);
    const create = { item: name, what: 'create the client', why: machine.why, ...(step && { step }) };
    return { ...emptyPlan(), changes: [...(local.key ? [] : [makeKey]), create] };
  }
  const change = (about: string, what: string, why: string, body: object): Change => ({
    item: name,
    about,
    what,
    why,
    step: { kind: 'request', method: 'PATCH', path: `/clients/${String(client['client_id'])}`, body },
  });
  const changes: Change[] = [];
  if (String(client['grant_types']) !== String(GRANT_TYPES))
    changes.push(
      change('grant_types', `set grant_types to ${GRANT_TYPES.join()}`, 'it needs no other', {
        grant_types: GRANT_TYPES,
      }),
    );
  if (local.key) changes.push(...planKey(name, actual, local.key));
  else if (local.newKeys) changes.push(makeKey);
  else findings.push(keyElsewhere(name, local.path));
  return { ...emptyPlan(), changes, findings };
}

const creation = (machine: Machine, key: SigningKey): Change['step'] => ({
  kind: 'request',
  method: 'POST',
  path: '/clients',
  createsClient: machine.role,
  body: {
    ...wantedClient(machine),
    client_authentication_methods: { private_key_jwt: { credentials: [credentialOf(key)] } },
  },
});

export const wantedClient = ({ name, kind }: Machine) => ({
  name,
  app_type: 'non_interactive',
  is_first_party: true,
  oidc_conformant: true,
  jwt_configuration: { alg: 'RS256' },
  grant_types: GRANT_TYPES,
  client_metadata: { kind },
});

const ambiguous = ({ name, kind }: Machine, ids: string[]): Finding => ({
  item: name,
  about: 'marks',
  level: 'drift',
  what: `${ids.length} clients have the metadata kind ${kind}: ${ids.join(', ')}`,
  why: `only ${ids[0]} is looked after`,
  remedy: 'Delete the others, or remove the mark (Advanced Settings, Application Metadata).',
});
