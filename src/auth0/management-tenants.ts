/**
 * Calls that create and delete a tenant's resources at the authority, beside its users and keys. Part of
 * `management.ts`.
 */
import { ManagementFailure } from './errors.ts';
import { answerOf, nextOf, type ClientTransport, type ManagementTransport } from './management-transport.ts';
import { REFRESH_TOKENS } from './refresh-tokens.ts';

export interface Auth0Connection {
  id: string;
  name: string;
  metadata?: Record<string, string>;
}

/** Changeable settings of a tenant's single-page app. */
export interface WebAppSettings {
  name: string;
  callbacks: string[];
  web_origins: string[];
  allowed_origins: string[];
  allowed_logout_urls: string[];
  /** At most ten, of at most 255 characters each; merged with existing ones. */
  client_metadata: Record<string, string>;
  /** Its users may sign in to an organization; Auth0's default is that they may not. */
  organization_usage?: 'allow';
}

export interface Auth0WebApp {
  client_id: string;
  client_metadata: Record<string, unknown>;
  name?: string;
  callbacks?: string[];
  web_origins?: string[];
  allowed_logout_urls?: string[];
  /** Whether its users sign in to organizations; missing: they cannot. */
  organization_usage?: string;
}

/** Scopes granted to a client. */
export interface Auth0ClientGrant {
  client_id?: string;
  scope?: string[];
  subject_type?: string;
}

export interface TenantCalls {
  /**
   * A connection for users with a password.
   * @param isForSignIn false: neither third-party apps nor public sign-up may use it
   */
  createConnection(
    name: string,
    metadata: Record<string, string>,
    isForSignIn?: boolean,
  ): Promise<Auth0Connection>;
  /** A connection as `createConnection` makes it. @returns undefined when there is none */
  findConnection(name: string): Promise<Auth0Connection | undefined>;
  /** Including all its users. Idempotent: 404 counts as success. */
  deleteConnection(id: string): Promise<void>;
  /** Enables the connection for these clients: 50 at most. */
  enableClients(connectionId: string, clientIds: readonly string[]): Promise<void>;
  /** Creates a single-page app: public client, authorization code with PKCE. */
  createWebApp(settings: WebAppSettings): Promise<Auth0WebApp>;
  updateWebApp(clientId: string, changes: Partial<WebAppSettings>): Promise<void>;
  listWebApps(page: number, perPage: number): Promise<Auth0WebApp[]>;
  /** Whether there is such a client. */
  clientExists(clientId: string): Promise<boolean>;
  /** Client grants for this audience, for themselves and for users. @returns `next`: where the next page begins; undefined after the last one */
  listClientGrantsAt(
    audience: string,
    from: string | undefined,
    take: number,
  ): Promise<{ grants: Auth0ClientGrant[]; next?: string }>;
  /** Ids of users, account-wide, who consented at this audience: one entry per consent. */
  listConsentingUsers(audience: string, page: number, perPage: number): Promise<string[]>;
}

const STRATEGY = 'auth0' as const;
/**
 * Eight characters, three of four kinds. By default, accounts created since August 2026 require fifteen, others this
 * (recorded).
 */
const CONNECTION_OPTIONS = { passwordPolicy: 'good' as const };

export function tenantCalls(transport: ManagementTransport & ClientTransport): TenantCalls {
  const { read, write, gone, makeClient, listClients, changeClient } = transport;
  return {
    createConnection: (name, metadata, isForSignIn = true) =>
      write(async (sdk) => {
        const options = isForSignIn ? CONNECTION_OPTIONS : { ...CONNECTION_OPTIONS, disable_signup: true };
        const wanted = { name, strategy: STRATEGY, metadata, options, is_domain_connection: isForSignIn };
        return answerOf(await sdk.connections.create(wanted));
      }),
    findConnection: (name) =>
      read(async (sdk) => {
        const found = await sdk.connections.list({ name, strategy: STRATEGY, take: 1 });
        return answerOf(found.data[0]);
      }),
    deleteConnection: (id) => gone(() => write(async (sdk) => void (await sdk.connections.delete(id)))),
    enableClients: (connectionId, clientIds) =>
      write(async (sdk) => {
        const changes = clientIds.map((client_id) => ({ client_id, status: true }));
        await sdk.connections.clients.update(connectionId, changes);
      }),
    createWebApp: (settings) =>
      makeClient({
        ...settings,
        app_type: 'spa',
        grant_types: ['authorization_code', 'refresh_token'],
        refresh_token: REFRESH_TOKENS,
        token_endpoint_auth_method: 'none',
        is_first_party: true,
      }),
    updateWebApp: changeClient,
    listWebApps: (page, perPage) => listClients({ app_type: 'spa', is_first_party: true }, page, perPage),
    clientExists: (clientId) =>
      read((sdk) => sdk.clients.get(clientId)).then(
        () => true,
        (error: unknown) => {
          if (error instanceof ManagementFailure && error.kind === 'not_found') return false;
          throw error;
        },
      ),
    listClientGrantsAt: (audience, from, take) =>
      read(async (sdk) => {
        const found = await sdk.clientGrants.list({ audience, take, ...(from !== undefined && { from }) });
        return { grants: found.data, ...nextOf(found.response, found.data, take) };
      }),
    listConsentingUsers: (audience, page, perPage) =>
      read(async (sdk) => {
        const query = { audience, include_totals: true };
        const found = await sdk.userGrants.list({ ...query, page, per_page: perPage });
        return found.data.flatMap(({ user_id }) => user_id ?? []);
      }),
  };
}
