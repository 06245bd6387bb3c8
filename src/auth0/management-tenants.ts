/** The calls that make and end what a tenant has at the authority, beside its users and keys. Part of `management.ts`. */
import { ManagementFailure } from './errors.ts';
import { answerOf, type ClientTransport, type ManagementTransport } from './management-transport.ts';
import { REFRESH_TOKENS } from './refresh-tokens.ts';

export interface Auth0Connection {
  id: string;
  name: string;
  metadata?: Record<string, string>;
}

/** What may be changed about a tenant's single-page app. */
export interface WebAppSettings {
  name: string;
  callbacks: string[];
  web_origins: string[];
  allowed_origins: string[];
  allowed_logout_urls: string[];
  /** At most ten, of at most 255 characters each; merged with those that are there. */
  client_metadata: Record<string, string>;
}

export interface Auth0WebApp {
  client_id: string;
  client_metadata: Record<string, unknown>;
  name?: string;
  callbacks?: string[];
  web_origins?: string[];
  allowed_logout_urls?: string[];
}

/** What a client may ask for. */
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
  /** Of the kind that `createConnection` makes. @returns undefined when there is none */
  findConnection(name: string): Promise<Auth0Connection | undefined>;
  /** With all of its users. One that is not there is deleted already. */
  deleteConnection(id: string): Promise<void>;
  /** Lets people of this connection sign in at these clients: 50 at most. */
  enableClients(connectionId: string, clientIds: readonly string[]): Promise<void>;
  /** A client of a single-page app: no secret, authorization code with PKCE. */
  createWebApp(settings: WebAppSettings): Promise<Auth0WebApp>;
  updateWebApp(clientId: string, changes: Partial<WebAppSettings>): Promise<void>;
  listWebApps(page: number, perPage: number): Promise<Auth0WebApp[]>;
  /** Whether there is such a client. */
  clientExists(clientId: string): Promise<boolean>;
  /** What clients may ask for at this audience, for themselves and for users. */
  listClientGrantsAt(audience: string, page: number, perPage: number): Promise<Auth0ClientGrant[]>;
  /** Ids of the users, of the whole account, who consented to something at this audience: once for each consent. */
  listConsentingUsers(audience: string, page: number, perPage: number): Promise<string[]>;
}

const STRATEGY = 'auth0' as const;
/** Eight characters, three of four kinds. Left out, accounts made since August 2026 ask for fifteen, others for this (recorded). */
const CONNECTION_OPTIONS = { passwordPolicy: 'good' as const };

export function tenantCalls(ways: ManagementTransport & ClientTransport): TenantCalls {
  const { read, write, gone, makeClient, listClients, changeClient } = ways;
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
    listClientGrantsAt: (audience, page, perPage) =>
      read(async (sdk) => {
        const query = { audience, include_totals: true, page, per_page: perPage };
        const found = await sdk.clientGrants.list(query);
        return found.data;
      }),
    listConsentingUsers: (audience, page, perPage) =>
      read(async (sdk) => {
        const query = { audience, include_totals: true };
        const found = await sdk.userGrants.list({ ...query, page, per_page: perPage });
        return found.data.flatMap(({ user_id }) => user_id ?? []);
      }),
  };
}
