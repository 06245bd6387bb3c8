import type {
  Action,
  ActionExecution,
  ActionVersion,
  ConnectionDeletion,
  CustomDomain,
  EventStream,
  LogStream,
  RateLimitPolicy,
  TriggerBindings,
} from './account-records.ts';
import { Journal, type Change } from './journal.ts';
import type {
  Artifact,
  Client,
  ClientCredential,
  ClientGrant,
  Connection,
  DiscoveryDomain,
  FailedSignIns,
  IdentityProvider,
  Invitation,
  Job,
  LogEvent,
  Member,
  Organization,
  OrganizationClient,
  OrganizationConnection,
  OrganizationGrant,
  ResourceServer,
  Role,
  Setting,
  SigningKey,
  StoredUser,
  Ticket,
  UserAccess,
  UserGrant,
} from './records.ts';
import { Table } from './table.ts';

/** The whole state of the stand-in, in memory, and in a file if there is one. */
export interface Store {
  users: Table<StoredUser, 'email' | 'connectionEmail' | 'connectionUsername' | 'tenant'>;
  clients: Table<Client, 'externalId'>;
  clientGrants: Table<ClientGrant, 'client' | 'audience'>;
  grants: Table<UserGrant, 'user' | 'client' | 'userClient'>;
  resourceServers: Table<ResourceServer, 'identifier'>;
  connections: Table<Connection, 'name'>;
  connectionDeletions: Table<ConnectionDeletion>;
  identityProviders: Table<IdentityProvider>;
  credentials: Table<ClientCredential, 'client'>;
  roles: Table<Role, 'name'>;
  access: Table<UserAccess, 'role'>;
  organizations: Table<Organization, 'name'>;
  organizationConnections: Table<OrganizationConnection, 'organization' | 'connection'>;
  members: Table<Member, 'organization' | 'user'>;
  organizationGrants: Table<OrganizationGrant, 'organization' | 'grant'>;
  organizationClients: Table<OrganizationClient, 'organization' | 'client'>;
  invitations: Table<Invitation, 'organization' | 'ticket'>;
  discoveryDomains: Table<DiscoveryDomain, 'organization' | 'domain'>;
  actions: Table<Action, 'name'>;
  actionVersions: Table<ActionVersion, 'action'>;
  actionExecutions: Table<ActionExecution>;
  triggerBindings: Table<TriggerBindings>;
  customDomains: Table<CustomDomain, 'domain'>;
  logStreams: Table<LogStream>;
  eventStreams: Table<EventStream>;
  rateLimitPolicies: Table<RateLimitPolicy>;
  jobs: Table<Job, 'status'>;
  tickets: Table<Ticket>;
  failedSignIns: Table<FailedSignIns, 'identifier'>;
  logs: Table<LogEvent>;
  artifacts: Table<Artifact, 'grant' | 'sessionUid' | 'account'>;
  keys: Table<SigningKey>;
  settings: Table<Setting>;
  /** Resolves when all changes so far are with the operating system; undefined: they already are. */
  flushed(): Promise<void> | undefined;
  close(): void;
}

const noIndexes = {} as Record<never, never>;

export function openStore(file?: string): Store {
  let journal: Journal | undefined;
  const changed = (table: string, key: string, record: unknown) => journal?.append({ table, key, record });

  const users: Store['users'] = new Table<
    StoredUser,
    'email' | 'connectionEmail' | 'connectionUsername' | 'tenant'
  >(
    'users',
    (user) => user.profile.user_id,
    {
      email: ({ profile }) => profile.email,
      connectionEmail: ({ connection, profile }) =>
        profile.email === undefined ? undefined : inConnection(connection, profile.email),
      connectionUsername: ({ connection, profile }) =>
        profile.username === undefined ? undefined : inConnection(connection, profile.username),
      tenant: ({ profile }) => tenantOf(profile.app_metadata),
    },
    changed,
  );
  const tables = {
    users,
    clients: new Table<Client, 'externalId'>(
      'clients',
      (client) => client.client_id,
      { externalId: (client) => client.external_client_id },
      changed,
    ),
    clientGrants: new Table<ClientGrant, 'client' | 'audience'>(
      'client_grants',
      (grant) => grant.id,
      { client: (grant) => grant.client_id, audience: (grant) => grant.audience },
      changed,
    ),
    grants: new Table<UserGrant, 'user' | 'client' | 'userClient'>(
      'grants',
      (grant) => grant.id,
      {
        user: (grant) => grant.user_id,
        client: (grant) => grant.clientID,
        userClient: (grant) => accountKey(grant.user_id, grant.clientID),
      },
      changed,
    ),
    resourceServers: new Table<ResourceServer, 'identifier'>(
      'resource_servers',
      (server) => server.id,
      { identifier: (server) => server.identifier },
      changed,
    ),
    connections: new Table<Connection, 'name'>(
      'connections',
      (connection) => connection.id,
      { name: (connection) => connection.name },
      changed,
    ),
    connectionDeletions: new Table<ConnectionDeletion>(
      'connection_deletions',
      ({ id }) => id,
      noIndexes,
      changed,
    ),
    identityProviders: new Table<IdentityProvider>(
      'identity_providers',
      (provider) => provider.discovery_url,
      noIndexes,
      changed,
    ),
    credentials: new Table<ClientCredential, 'client'>(
      'credentials',
      (credential) => credential.id,
      { client: (credential) => credential.client_id },
      changed,
    ),
    roles: new Table<Role, 'name'>('roles', (role) => role.id, { name: (role) => role.name }, changed),
    access: new Table<UserAccess, 'role'>(
      'access',
      (access) => access.user_id,
      { role: (access) => access.roles },
      changed,
    ),
    organizations: new Table<Organization, 'name'>(
      'organizations',
      (organization) => organization.id,
      { name: (organization) => organization.name },
      changed,
    ),
    organizationConnections: new Table<OrganizationConnection, 'organization' | 'connection'>(
      'organization_connections',
      (one) => inOrganization(one.organization_id, one.connection_id),
      { organization: (one) => one.organization_id, connection: (one) => one.connection_id },
      changed,
    ),
    members: new Table<Member, 'organization' | 'user'>(
      'members',
      (member) => inOrganization(member.organization_id, member.user_id),
      { organization: (member) => member.organization_id, user: (member) => member.user_id },
      changed,
    ),
    organizationGrants: new Table<OrganizationGrant, 'organization' | 'grant'>(
      'organization_grants',
      (one) => inOrganization(one.organization_id, one.grant_id),
      { organization: (one) => one.organization_id, grant: (one) => one.grant_id },
      changed,
    ),
    organizationClients: new Table<OrganizationClient, 'organization' | 'client'>(
      'organization_clients',
      (one) => inOrganization(one.organization_id, one.client_id),
      { organization: (one) => one.organization_id, client: (one) => one.client_id },
      changed,
    ),
    invitations: new Table<Invitation, 'organization' | 'ticket'>(
      'invitations',
      (invitation) => invitation.id,
      { organization: (one) => one.organization_id, ticket: (one) => one.ticket_id },
      changed,
    ),
    discoveryDomains: new Table<DiscoveryDomain, 'organization' | 'domain'>(
      'discovery_domains',
      (domain) => domain.id,
      { organization: (one) => one.organization_id, domain: (one) => one.domain },
      changed,
    ),
    actions: new Table<Action, 'name'>('actions', ({ id }) => id, { name: ({ name }) => name }, changed),
    actionVersions: new Table<ActionVersion, 'action'>(
      'action_versions',
      ({ id }) => id,
      { action: (version) => version.action_id },
      changed,
    ),
    actionExecutions: new Table<ActionExecution>('action_executions', ({ id }) => id, noIndexes, changed),
    triggerBindings: new Table<TriggerBindings>(
      'trigger_bindings',
      (trigger) => trigger.trigger_id,
      noIndexes,
      changed,
    ),
    customDomains: new Table<CustomDomain, 'domain'>(
      'custom_domains',
      (domain) => domain.custom_domain_id,
      { domain: ({ domain }) => domain },
      changed,
    ),
    logStreams: new Table<LogStream>('log_streams', ({ id }) => id, noIndexes, changed),
    eventStreams: new Table<EventStream>('event_streams', ({ id }) => id, noIndexes, changed),
    rateLimitPolicies: new Table<RateLimitPolicy>('rate_limit_policies', ({ id }) => id, noIndexes, changed),
    jobs: new Table<Job, 'status'>('jobs', (job) => job.id, { status: (job) => job.status }, changed),
    tickets: new Table<Ticket>('tickets', (ticket) => ticket.id, noIndexes, changed),
    failedSignIns: new Table<FailedSignIns, 'identifier'>(
      'failed_sign_ins',
      ({ identifier, ip }) => inConnection(identifier, ip),
      { identifier: ({ identifier }) => identifier },
      changed,
    ),
    logs: new Table<LogEvent>('logs', (event) => event.log_id, noIndexes, changed),
    artifacts: new Table<Artifact, 'grant' | 'sessionUid' | 'account'>(
      'artifacts',
      artifactKey,
      {
        grant: ({ model, payload }) =>
          model === 'Grant' || typeof payload['grantId'] !== 'string' ? undefined : payload['grantId'],
        sessionUid: ({ model, payload }) =>
          model === 'Session' && typeof payload['uid'] === 'string' ? payload['uid'] : undefined,
        account: ({ payload }) =>
          typeof payload['accountId'] === 'string' ? payload['accountId'] : undefined,
      },
      changed,
    ),
    keys: new Table<SigningKey>('keys', (key) => key.kid, noIndexes, changed),
    settings: new Table<Setting>('settings', (setting) => setting.name, noIndexes, changed),
  };

  if (file !== undefined) {
    const named = new Map(Object.values(tables).map((table) => [table.name, table as Table<unknown>]));
    const replay = ({ table, key, record }: Change) => named.get(table)?.load(key, record);
    journal = Journal.open(file, replay, function* current(): Iterable<Change> {
      for (const table of named.values()) {
        for (const [key, record] of table.entries()) {
          if (table.name === 'artifacts' && isExpired(record as Artifact, Date.now())) continue;
          yield { table: table.name, key, record };
        }
      }
    });
  }
  return { ...tables, flushed: () => journal?.flushed(), close: () => journal?.close() };
}

export function artifactKey({ model, id }: { model: string; id: string }): string {
  return `${model}:${id}`;
}

export function isExpired(artifact: Artifact, now: number): boolean {
  return artifact.expires_at !== undefined && artifact.expires_at <= now;
}

/** Emails are unique within a connection, not globally (Auth0 docs, "User profiles"). */
export function inConnection(connection: string, identifier: string): string {
  return `${connection}\n${identifier}`;
}

/** Key of something that belongs to an organization and to another record. */
export function inOrganization(organizationId: string, id: string): string {
  return `${organizationId}\n${id}`;
}

export function accountKey(userId: string, clientId: string): string {
  return `${userId}\n${clientId}`;
}

/** Every page of a tenant's users searches by this field, so it needs an index. */
function tenantOf(appMetadata: Record<string, unknown> | undefined): string[] {
  return [appMetadata?.['tenant_id']].flat().filter((tenant) => typeof tenant === 'string');
}
