/** The calls about clients of API keys and of third-party apps, what they may ask for, and what users consented to. Part of `management.ts`. */
import type { ClientTransport, ManagementTransport } from './management-transport.ts';
import { REFRESH_TOKENS, type RefreshTokens } from './refresh-tokens.ts';

export interface NewAuth0Client {
  name: string;
  callbacks: string[];
  /** Left out where keys authenticate it. */
  token_endpoint_auth_method?: 'none' | 'client_secret_post' | 'client_secret_basic';
  client_authentication_methods?: { private_key_jwt: { credentials: ClientCredentials[] } };
  app_type: 'regular_web' | 'native';
  logo_uri?: string;
  client_metadata: Record<string, string>;
}

export interface ClientCredentials {
  credential_type: 'public_key';
  name: string;
  /** What assertions name the key by. */
  kid?: string;
  /** SPKI. */
  pem: string;
  alg: string;
}

/** What a user has consented to. */
export interface Auth0Grant {
  id: string;
  clientID: string;
  user_id: string;
  audience: string;
  scope: string[];
}

export interface NewMachineClient {
  name: string;
  /** At most ten, of at most 255 characters each. */
  client_metadata: Record<string, string>;
}

export interface Auth0Client {
  client_id: string;
  name?: string;
  client_secret?: string;
  client_metadata: Record<string, unknown>;
  callbacks?: string[];
  logo_uri?: string;
  app_type?: string;
  token_endpoint_auth_method?: string;
  /** Where keys authenticate it. */
  client_authentication_methods?: object | null;
  refresh_token?: RefreshTokens | null;
  /** Of a third party. */
  third_party_security_mode?: string;
}

export interface ClientCalls {
  /** A client of somebody else's application. */
  createThirdPartyClient(client: NewAuth0Client): Promise<Auth0Client>;
  /**
   * A client of somebody else's application that tells about itself at that address (Auth0 docs, "Register applications with CIMD").
   * @returns its id at the Management API; registered before: the same, brought up to date
   */
  registerDocument(address: string): Promise<string>;
  /** Where that client may have users sent back to. */
  listCallbacks(clientId: string): Promise<string[]>;
  listThirdPartyClients(page: number, perPage: number): Promise<Auth0Client[]>;
  /** `null` takes a member away. */
  updateClient(clientId: string, changes: Record<string, unknown>): Promise<void>;
  /** Gives a client keys to sign itself in with, instead of whatever it had; one whose `kid` it has already stays. None: it has another method already. */
  replaceClientKeys(clientId: string, credentials: readonly ClientCredentials[]): Promise<void>;
  /** @returns the new secret */
  rotateClientSecret(clientId: string): Promise<string>;
  /** A client that gets tokens for itself, with id and secret: an API key. */
  createMachineClient(client: NewMachineClient): Promise<Auth0Client>;
  listMachineClients(page: number, perPage: number): Promise<Auth0Client[]>;
  /** One that is not there is deleted already. */
  deleteClient(clientId: string): Promise<void>;
  /** Scopes of that API at the authority; undefined: the workers' client may not look. */
  apiScopes(audience: string): Promise<ReadonlySet<string> | undefined>;
  /** Allows a client to ask for these scopes for itself. Here and below: they are refused when the API lacks one. */
  createClientGrant(clientId: string, audience: string, scope: string[]): Promise<void>;
  /** @returns ids */
  listClientGrants(clientId: string): Promise<string[]>;
  updateClientGrant(grantId: string, audience: string, scope: string[]): Promise<void>;
  deleteClientGrant(grantId: string): Promise<void>;
  /** Allows a client to ask for these scopes on behalf of users. */
  createUserGrantOf(clientId: string, audience: string, scope: string[]): Promise<void>;
  /** What a user consented to, or what an app has of all users. */
  listGrants(of: { user_id: string } | { client_id: string }): Promise<Auth0Grant[]>;
  /**
   * With its refresh tokens; one that is not there is deleted already.
   * @returns the authority's own clock then, seconds since 1970; undefined when it did not say
   */
  deleteGrant(grantId: string): Promise<number | undefined>;
}

/** As many as there are to a page. */
const GRANTS_PER_PAGE = 100;

export function clientCalls(ways: ManagementTransport & ClientTransport): ClientCalls {
  const { read, write, gone, apiScopes, makeClient, listClients, changeClient } = ways;

  async function grant(wanted: {
    client_id: string;
    audience: string;
    scope: string[];
    subject_type: 'client' | 'user';
  }): Promise<void> {
    await apiScopes.check(read, wanted.audience, wanted.scope);
    await write(async (sdk) => void (await sdk.clientGrants.create(wanted)));
  }

  return {
    createThirdPartyClient: async (client) =>
      (await makeClient({
        ...client,
        is_first_party: false,
        // The default since October 2026, and never changed afterwards.
        third_party_security_mode: 'strict',
        grant_types: ['authorization_code', 'refresh_token'],
        refresh_token: REFRESH_TOKENS,
      })) as Auth0Client,
    registerDocument: (external_client_id) =>
      write(async (sdk) => (await sdk.clients.registerCimdClient({ external_client_id })).client_id),
    listCallbacks: (clientId) =>
      read(async (sdk) => (await sdk.clients.get(clientId, { fields: 'callbacks' })).callbacks ?? []),
    listThirdPartyClients: async (page, perPage) =>
      (await listClients({ is_first_party: false }, page, perPage)) as Auth0Client[],
    updateClient: changeClient,
    // Keys of an existing client are made one by one, and then named (Auth0 docs, "Configure private key JWT authentication").
    async replaceClientKeys(clientId, credentials) {
      const old = await read(async (sdk) => await sdk.clients.credentials.list(clientId));
      const ids: string[] = [];
      for (const credential of credentials) {
        const known = old.find(({ kid }) => kid !== undefined && kid === credential.kid);
        const create = async () =>
          write(async (sdk) => sdk.clients.credentials.create(clientId, credential as never));
        ids.push((known ?? (await create())).id!);
      }
      const methods = { private_key_jwt: { credentials: ids.map((id) => ({ id })) } };
      if (ids.length > 0)
        await changeClient(clientId, {
          token_endpoint_auth_method: null,
          client_authentication_methods: methods,
        });
      for (const { id } of old.filter((one) => !ids.includes(one.id!)))
        await gone(() => write(async (sdk) => void (await sdk.clients.credentials.delete(clientId, id!))));
    },
    rotateClientSecret: (clientId) =>
      write(async (sdk) => {
        const rotated = await sdk.clients.rotateSecret(clientId);
        return (rotated as unknown as { client_secret: string }).client_secret;
      }),
    createMachineClient: async (client) =>
      (await makeClient({
        ...client,
        app_type: 'non_interactive',
        grant_types: ['client_credentials'],
        token_endpoint_auth_method: 'client_secret_post',
        is_first_party: true,
      })) as Auth0Client,
    listMachineClients: async (page, perPage) =>
      (await listClients(
        { app_type: 'non_interactive', is_first_party: true },
        page,
        perPage,
      )) as Auth0Client[],
    deleteClient: (clientId) => gone(() => write(async (sdk) => void (await sdk.clients.delete(clientId)))),
    apiScopes: (audience) => apiScopes.of(read, audience),
    createClientGrant: (client_id, audience, scope) =>
      grant({ client_id, audience, scope, subject_type: 'client' }),
    listClientGrants: (client_id) =>
      read(async (sdk) => {
        const found = await sdk.clientGrants.list({ client_id });
        return found.data.map(({ id }) => id!);
      }),
    async updateClientGrant(grantId, audience, scope) {
      await apiScopes.check(read, audience, scope);
      await write(async (sdk) => void (await sdk.clientGrants.update(grantId, { scope })));
    },
    deleteClientGrant: (grantId) =>
      gone(() => write(async (sdk) => void (await sdk.clientGrants.delete(grantId)))),
    createUserGrantOf: (client_id, audience, scope) =>
      grant({ client_id, audience, scope, subject_type: 'user' }),
    listGrants: (of) =>
      read(async (sdk) => {
        const grants: Auth0Grant[] = [];
        for (let page = 0; ; page += 1) {
          const query = { ...of, page, per_page: GRANTS_PER_PAGE, include_totals: true };
          const { data } = await sdk.userGrants.list(query);
          grants.push(...(data as Auth0Grant[]));
          if (data.length < GRANTS_PER_PAGE) return grants;
        }
      }),
    async deleteGrant(grantId) {
      let date: string | null = null;
      await gone(() =>
        write(async (sdk) => {
          const { rawResponse } = await sdk.userGrants.delete(grantId).withRawResponse();
          date = rawResponse.headers.get('date');
        }),
      );
      const seconds = Math.floor(Date.parse(date ?? '') / 1000);
      return Number.isNaN(seconds) ? undefined : seconds;
    },
  };
}
