/** The console's single-page application, where it is asked for: through it users of all tenants, and operators, sign in to the console. */
import type { Context, Part } from '../context.ts';
import type { Json } from '../answers.ts';
import { REFRESH_TOKENS } from '../generated-account.ts';
import type { Management } from '../management.ts';
import { emptyPlan, type Change, type Finding, type PartPlan } from '../plan.ts';

const ITEM = 'console client';
/** In `client_metadata.kind`: the Action of sign-ins knows it by this. */
const KIND = 'console';
const WHY = 'people sign in to the console with it';

export const consoleClient: Part = async (context) => {
  const { settings } = context;
  const { client, marked } = await readClient(context);
  const plan = planConsoleClient(client, settings.publicUrl);
  return { ...plan, findings: marked.length > 1 ? [ambiguous(marked)] : [] };
};

async function readClient({
  management,
  clientIds,
}: Pick<Context, 'management' | 'clientIds'>): Promise<{ client: Json | undefined; marked: string[] }> {
  const known = clientIds.get('console');
  const client = known === undefined ? undefined : await management.get(`/clients/${known}`);
  if (client !== undefined) return { client, marked: [] };
  const marked = await listMarked(management);
  if (marked[0] === undefined) {
    clientIds.delete('console');
    return { client: undefined, marked };
  }
  clientIds.set('console', marked[0]);
  return { client: await management.get(`/clients/${marked[0]}`), marked };
}

async function listMarked(management: Management): Promise<string[]> {
  const query = { app_type: 'spa', is_first_party: 'true', fields: 'client_id,client_metadata' };
  return (await management.list('/clients', 'clients', query))
    .filter((one) => kindOf(one) === KIND)
    .map(({ client_id }) => String(client_id));
}

function kindOf({ client_metadata: metadata }: Json): unknown {
  const { kind }: Json = { ...(metadata ?? {}) };
  return kind;
}

/** Of these lists the members that it needs; others that somebody has added stay. */
function wantedLists(publicUrl: string): Record<string, string[]> {
  const { origin } = new URL(publicUrl);
  return {
    callbacks: [`${publicUrl}/console`, `${publicUrl}/docs`],
    web_origins: [origin],
    allowed_origins: [origin],
    allowed_logout_urls: [`${publicUrl}/console`, `${publicUrl}/docs`],
  };
}

export function planConsoleClient(client: Json | undefined, publicUrl: string): PartPlan {
  const lists = wantedLists(publicUrl);
  if (!client) return { ...emptyPlan(), changes: [creation(lists)] };
  const change = (about: string, what: string, body: object): Change => ({
    item: ITEM,
    about,
    what,
    why: WHY,
    step: { kind: 'request', method: 'PATCH', path: `/clients/${String(client['client_id'])}`, body },
  });
  const changes = Object.entries(lists).flatMap(([name, wanted]) => {
    const actual = listIn(client[name]);
    const missing = wanted.filter((one) => !actual.includes(one));
    if (missing.length === 0) return [];
    return [change(name, `add ${missing.join(', ')} to ${name}`, { [name]: [...actual, ...missing] })];
  });
  if (kindOf(client) !== KIND)
    changes.push(change('kind', `set its metadata kind to ${KIND}`, { client_metadata: { kind: KIND } }));
  const { rotation_type: rotation }: Json = { ...(client['refresh_token'] ?? {}) };
  if (rotation !== REFRESH_TOKENS.rotation_type)
    changes.push(change('refresh_token', 'rotate its refresh tokens', { refresh_token: REFRESH_TOKENS }));
  return { ...emptyPlan(), changes };
}

const listIn = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : []);

const creation = (lists: Record<string, string[]>): Change => ({
  item: ITEM,
  what: 'create the client',
  why: WHY,
  step: {
    kind: 'request',
    method: 'POST',
    path: '/clients',
    createsClient: 'console',
    body: {
      name: 'Console',
      app_type: 'spa',
      is_first_party: true,
      oidc_conformant: true,
      token_endpoint_auth_method: 'none',
      jwt_configuration: { alg: 'RS256' },
      grant_types: ['authorization_code', 'refresh_token'],
      refresh_token: REFRESH_TOKENS,
      // Tenants that are organizations, and others.
      organization_usage: 'allow',
      client_metadata: { kind: KIND },
      ...lists,
    },
  },
});

const ambiguous = (ids: readonly string[]): Finding => ({
  item: ITEM,
  about: 'marks',
  level: 'drift',
  what: `${ids.length} clients have the metadata kind ${KIND}: ${ids.join(', ')}`,
  why: `only ${ids[0]} is looked after`,
  remedy: 'Delete the others, or remove the mark (Advanced Settings, Application Metadata).',
});
