import type { StandIn } from '../../../src/stand-in/stand-in.ts';
import { completeClient } from '../../../src/stand-in/management/clients/new-client.ts';
import { completeOrganization } from '../../../src/stand-in/management/organizations/organizations.ts';
import { completeResourceServer } from '../../../src/stand-in/management/resource-servers/new-resource-server.ts';
import { RUNTIME_OF_NEW_ACTIONS } from '../../../src/stand-in/settings.ts';
import { CONNECTION } from '../account.ts';
import { isObject } from './compare.ts';
import type { IdMap } from './id-map.ts';
import type { Interaction } from './recordings.ts';
import { plantSettings, runtimeOf } from './settings-before.ts';
import { plantLogs } from './logs-before.ts';
import { plantSignIns } from './sign-ins-before.ts';
import { plantDocuments, plantDomains, plantProviders, plantThings } from './things-before.ts';

/**
 * Makes what a case takes for granted and no request of it has made: the account's connection, and users, clients and other things that were
 * there before its recording began. Only what the recording itself tells of them can be made.
 */
export function prepare(standIn: StandIn, ids: IdMap, interactions: readonly Interaction[]): void {
  for (const { path, request } of interactions)
    if (path === '/oauth/token' && typeof request === 'string')
      plantClient(standIn, new URLSearchParams(request));
  plantSignIns(standIn, interactions);
  standIn.controls.change({
    passwordsOfNewDatabases: isBefore(interactions, FLEXIBLE_SINCE) ? 'by_name' : 'flexible',
    runtimeOfNewActions: runtimeOf(interactions) ?? RUNTIME_OF_NEW_ACTIONS,
    // No case waits for it.
    eventRetryMs: 1,
    mailDelivery: interactions.some(isUnsentMail) ? 'fails' : 'works',
  });
  plantSettings(standIn, interactions);
  plantProviders(standIn, interactions);
  plantDocuments(standIn, interactions);
  plantLogs(standIn, interactions);
  plantThings(standIn, ids, interactions);
  plantDomains(standIn, ids, interactions);
  const made = new Set<string>();
  const connection = standIn.store.connections.first('name', CONNECTION);
  for (const interaction of interactions) {
    for (const [id] of JSON.stringify(interaction).matchAll(/\bcon_\w{16}\b/g))
      if (connection && !ids.has(id)) ids.set(id, connection.id);
    const user = /\/users\/([^/?]+)/.exec(interaction.path)?.[1];
    const userId = user === undefined ? undefined : decodeURIComponent(user);
    const existed = interaction.status < 300 && interaction.method !== 'DELETE';
    if (userId !== undefined && existed && !made.has(userId)) plantUser(standIn, userId);
    const byEmail = /\/users-by-email\?email=([^&]+)/.exec(interaction.path)?.[1];
    if (byEmail !== undefined) made.add(byEmail);
    if (isCreation(interaction)) remember(made, interaction.response);
  }
}

function isUnsentMail({ response }: Interaction): boolean {
  return isObject(response) && response['type'] === 'verification_email' && response['status'] === 'failed';
}

/** When Auth0 began to ask fifteen characters of databases that are made without options. */
const FLEXIBLE_SINCE = '2026-08-01';

/** By the latest time that its answers tell; one that tells none is taken for new. */
function isBefore(interactions: readonly Interaction[], day: string): boolean {
  const times = interactions.flatMap(({ response }) =>
    [...(JSON.stringify(response) ?? '').matchAll(/"(?:created|updated|deleted)_at":"([\d-]{10})T/g)].map(
      ([, date]) => date!,
    ),
  );
  return times.length > 0 && times.every((time) => time < day);
}

/** Its name, its secret, its API and a grant for it, in any organization: what a token request names must exist. */
function plantClient({ store }: StandIn, form: URLSearchParams): void {
  const [id, secret, audience] = ['client_id', 'client_secret', 'audience'].map((name) => form.get(name));
  if (!id) return;
  store.clients.put(
    completeClient({
      client_id: id,
      name: id,
      callbacks: ['http://localhost:3000'],
      ...(secret ? { client_secret: secret } : { token_endpoint_auth_method: 'none' as const }),
    }),
  );
  if (!audience) return;
  const server = completeResourceServer({ identifier: audience });
  store.resourceServers.put(server);
  const grant = { client_id: id, audience, scope: [], subject_type: 'client' as const };
  const organization = form.get('organization');
  if (organization)
    store.organizations.put(completeOrganization({ id: organization, name: id.toLowerCase() }));
  store.clientGrants.put({
    id: `cgr_${id}`,
    ...grant,
    ...(organization && { organization_usage: 'allow', allow_any_organization: true }),
  });
}

function isCreation({ method, status }: Interaction): boolean {
  return method === 'POST' && status < 300;
}

function remember(made: Set<string>, response: unknown): void {
  const { id, user_id, client_id } = (response ?? {}) as Record<string, unknown>;
  for (const one of [id, user_id, client_id]) if (typeof one === 'string') made.add(one);
}

function plantUser({ store }: StandIn, userId: string): void {
  if (store.users.has(userId)) return;
  const at = new Date().toISOString();
  store.users.put({
    connection: CONNECTION,
    profile: { user_id: userId, created_at: at, updated_at: at, identities: [] },
  });
}
