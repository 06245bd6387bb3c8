import { readFileSync } from 'node:fs';
import { DEFAULT_ACTIONS } from './actions/default-actions.ts';
import { bindingsOf, newBinding, setBindings } from './management/actions/bindings-of-triggers.ts';
import { deployAction, newAction, type ActionInput } from './management/actions/new-action.ts';
import { managementAudience } from './management/access-tokens.ts';
import { completeClient } from './management/clients/new-client.ts';
import { completeConnection } from './management/connections/new-connection.ts';
import { MANAGEMENT_SCOPES } from './management/management-scopes.ts';
import { accessOf } from './management/roles/user-access.ts';
import { organizationConnection } from './management/organizations/enabled-connections.ts';
import { addMember } from './management/organizations/memberships.ts';
import { completeOrganization } from './management/organizations/organizations.ts';
import { completeResourceServer } from './management/resource-servers/new-resource-server.ts';
import { scopeNames } from './management/resource-servers/scope-names.ts';
import { createUser, type NewUser } from './management/users/new-user.ts';
import { newId } from './random-ids.ts';
import { RUNTIME_OF_NEW_ACTIONS } from './settings.ts';
import type {
  Client,
  ClientGrant,
  Connection,
  IdentityProvider,
  Organization,
  OrganizationConnection,
  Permission,
  ResourceServer,
  Role,
} from './store/records.ts';
import { inOrganization, type Store } from './store/store.ts';

/** Initial state of an account, in Auth0's own terms. Documented in README.md beside this file. */
export interface Seed {
  resource_servers?: (Partial<ResourceServer> & { identifier: string })[];
  connections?: (Partial<Connection> & { name: string })[];
  /** Metadata of identity providers, for connections. */
  identity_providers?: IdentityProvider[];
  clients?: (Partial<Client> & { client_id: string; name: string })[];
  client_grants?: (Partial<Omit<ClientGrant, 'scope'>> & { audience: string; scope: string[] | '*' })[];
  /** Deployed and bound to their triggers, in this order. Left out: the two of docs/auth0-account.md. */
  actions?: (ActionInput & { name: string })[];
  users?: NewUser[];
  /** Including assigned users. */
  roles?: (Omit<Role, 'id' | 'permissions'> & { permissions?: Permission[]; users?: string[] })[];
  /** Including their connections, by name, and their members. */
  organizations?: (Partial<Organization> & {
    name: string;
    enabled_connections?: (Partial<OrganizationConnection> & { connection: string })[];
    members?: string[];
  })[];
}

const DEFAULT_CONNECTION = 'Username-Password-Authentication';

export function readSeed(path: string): Seed {
  const seed: unknown = JSON.parse(readFileSync(path, 'utf8'));
  if (typeof seed !== 'object' || seed === null || Array.isArray(seed))
    throw new Error('a seed is a JSON object');
  return seed;
}

/** Adds missing records. Existing records are unchanged: an account that was used is not reset. */
export function plant(store: Store, seed: Seed, issuer: string, now: () => number): void {
  plantResourceServers(store, seed.resource_servers ?? [], issuer);
  for (const provider of seed.identity_providers ?? [])
    if (!store.identityProviders.has(provider.discovery_url)) store.identityProviders.put(provider);
  for (const connection of [...(seed.connections ?? []), { name: DEFAULT_CONNECTION }])
    plantConnection(store, { strategy: 'auth0', ...connection }, issuer);
  for (const client of seed.clients ?? [])
    if (!store.clients.has(client.client_id)) store.clients.put(completeClient(client));
  for (const grant of seed.client_grants ?? []) plantClientGrant(store, grant);
  for (const action of seed.actions ?? DEFAULT_ACTIONS) plantAction(store, action, now());
  for (const user of seed.users ?? []) plantUser(store, user, new Date(now()));
  for (const role of seed.roles ?? []) plantRole(store, role);
  for (const organization of seed.organizations ?? []) plantOrganization(store, organization, now());
}

function plantResourceServers(
  store: Store,
  servers: NonNullable<Seed['resource_servers']>,
  issuer: string,
): void {
  const management = {
    identifier: managementAudience(issuer),
    name: 'Auth0 Management API',
    scopes: MANAGEMENT_SCOPES,
    is_system: true,
  };
  // Resource servers of a seed allow offline access by default.
  for (const server of [management, ...servers.map((one) => ({ allow_offline_access: true, ...one }))]) {
    const known = store.resourceServers.first('identifier', server.identifier);
    if (known) addScopes(store, known, server.scopes ?? []);
    else store.resourceServers.put(completeResourceServer(server));
  }
  // State from an older version lacks the scopes of newer endpoints.
  const known = store.resourceServers.first('identifier', management.identifier);
  if (known && known.scopes?.length !== MANAGEMENT_SCOPES.length)
    store.resourceServers.put({ ...known, scopes: MANAGEMENT_SCOPES });
}

/** Of an API that existed before: what it has stays as it is. */
function addScopes(store: Store, known: ResourceServer, scopes: NonNullable<ResourceServer['scopes']>): void {
  const there = known.scopes ?? [];
  const missing = scopes.filter(({ value }) => !there.some((one) => one.value === value));
  if (missing.length > 0) store.resourceServers.put({ ...known, scopes: [...there, ...missing] });
}

/** Enables the seed's clients even if the connection existed before. */
function plantConnection(
  store: Store,
  connection: NonNullable<Seed['connections']>[number] & { strategy: string },
  issuer: string,
): void {
  const known = store.connections.first('name', connection.name);
  if (!known) {
    store.connections.put(completeConnection(connection, issuer));
    return;
  }
  const missing = (connection.enabled_clients ?? []).filter((one) => !known.enabled_clients.includes(one));
  if (missing.length > 0)
    store.connections.put({ ...known, enabled_clients: [...known.enabled_clients, ...missing] });
}

function plantClientGrant(store: Store, grant: NonNullable<Seed['client_grants']>[number]): void {
  const same = [...store.clientGrants.by('audience', grant.audience)].find(
    (known) =>
      known.client_id === grant.client_id &&
      known.default_for === grant.default_for &&
      known.subject_type === grant.subject_type,
  );
  if (same) {
    // State from an older version lacks scopes that are needed now.
    const missing = grant.scope === '*' ? [] : grant.scope.filter((one) => !same.scope.includes(one));
    if (missing.length > 0) store.clientGrants.put({ ...same, scope: [...same.scope, ...missing] });
    return;
  }
  const server = store.resourceServers.first('identifier', grant.audience);
  const scope = grant.scope === '*' ? scopeNames(server) : grant.scope;
  store.clientGrants.put({
    ...grant,
    id: grant.id ?? newId.clientGrant(),
    scope,
    ...(grant.scope === '*' && { allow_all_scopes: true }),
  });
}

function plantAction(store: Store, input: ActionInput & { name: string }, now: number): void {
  if (store.actions.count('name', input.name) > 0) return;
  const draft = store.actions.put(newAction(input, { at: now, runtime: RUNTIME_OF_NEW_ACTIONS }));
  const { action } = deployAction(store, draft, draft, now);
  for (const { id } of action.supported_triggers)
    setBindings(store, id, [...bindingsOf(store, id), newBinding(action, action.name, now)]);
}

function plantUser(store: Store, user: NewUser, now: Date): void {
  const local = user.user_id?.replace(/^auth0\|/, '');
  const isKnown = local === undefined ? isKnownByEmail(store, user) : store.users.has(`auth0|${local}`);
  if (!isKnown) createUser(store, { ...user, ...(local !== undefined && { user_id: local }) }, now);
}

/** Assigns the role to the seed's users, even if it existed before. */
function plantRole(store: Store, { users = [], ...role }: NonNullable<Seed['roles']>[number]): void {
  const { id } =
    store.roles.first('name', role.name) ?? store.roles.put({ permissions: [], ...role, id: newId.role() });
  for (const user of users) {
    const access = accessOf(store, user);
    if (!access.roles.includes(id)) store.access.put({ ...access, roles: [...access.roles, id] });
  }
}

/** Adds the seed's connections and members, even if the organization existed before. */
function plantOrganization(
  store: Store,
  { enabled_connections = [], members = [], ...organization }: NonNullable<Seed['organizations']>[number],
  now: number,
): void {
  const { id } =
    store.organizations.first('name', organization.name) ??
    store.organizations.put(completeOrganization(organization));
  for (const { connection, ...how } of enabled_connections) {
    const connection_id = store.connections.first('name', connection)?.id ?? '';
    if (!store.organizationConnections.has(inOrganization(id, connection_id)))
      store.organizationConnections.put(organizationConnection(store, id, { ...how, connection_id }));
  }
  for (const user of members) addMember(store, id, user, now);
}

function isKnownByEmail(store: Store, { email, connection }: NewUser): boolean {
  return [...store.users.by('email', email?.toLowerCase() ?? '')].some(
    (user) => user.connection === connection,
  );
}
