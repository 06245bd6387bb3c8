/** Calls for clients of API keys and of third-party apps. Part of `management.ts`. */
import type { Management as Auth0 } from 'auth0';
import { ManagementFailure } from './errors.ts';
import { answerOf, type ClientTransport, type ManagementTransport } from './management-transport.ts';
import { REFRESH_TOKENS, type RefreshTokens } from './refresh-tokens.ts';

export interface NewAuth0Client {
  name: string;
  callbacks: string[];
  /** Absent when keys authenticate it. */
  token_endpoint_auth_method?: 'none' | 'client_secret_post' | 'client_secret_basic';
  client_authentication_methods?: { private_key_jwt: { credentials: ClientCredentials[] } };
  app_type: 'regular_web' | 'native';
  logo_uri?: string;
  client_metadata: Record<string, string>;
  organization_usage?: 'allow';
}

export interface ClientCredentials {
  credential_type: 'public_key';
  name: string;
  /** Key id in its assertions. */
  kid?: string;
  /** SPKI. */
  pem: string;
  /** An algorithm that Auth0 supports; registrations accept no other. */
  alg: string;
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
  /** Present when keys authenticate it. */
  client_authentication_methods?: object | null;
  refresh_token?: RefreshTokens | null;
  /** Third-party clients only. */
  third_party_security_mode?: string;
}

/** A client that exists, without its secret. */
export interface ExistingClient extends Omit<Auth0Client, 'client_secret'> {
  grant_types?: string[];
  is_first_party?: boolean;
  web_origins?: string[];
  allowed_origins?: string[];
  allowed_logout_urls?: string[];
  organization_usage?: string;
}

const EXISTING_FIELDS =
  'client_id,name,app_type,is_first_party,grant_types,client_metadata,token_endpoint_auth_method,' +
  'callbacks,web_origins,allowed_origins,allowed_logout_urls,organization_usage';

export interface ClientCalls {
  /** @returns undefined when there is none */
  readClient(clientId: string): Promise<ExistingClient | undefined>;
  /** Creates a third-party client. */
  createThirdPartyClient(client: NewAuth0Client): Promise<Auth0Client>;
  /**
   * Registers a third-party client by its client ID metadata document (Auth0 docs, "Register applications with CIMD").
   * @returns its id at the Management API; if registered before: the same, updated
   */
  registerDocument(address: string): Promise<string>;
  /** Its registered redirect URIs. */
  listCallbacks(clientId: string): Promise<string[]>;
  listThirdPartyClients(page: number, perPage: number): Promise<Auth0Client[]>;
  /** `null` removes a member. */
  updateClient(clientId: string, changes: Record<string, unknown>): Promise<void>;
  renameClient(clientId: string, name: string): Promise<void>;
  /**
   * Replaces a client's authentication method by keys; a key whose `kid` it has already stays. Empty: it has another
   * method already.
   */
  replaceClientKeys(clientId: string, credentials: readonly ClientCredentials[]): Promise<void>;
  /** @returns the new secret */
  rotateClientSecret(clientId: string): Promise<string>;
  /** Creates a client for the client-credentials grant, with id and secret: an API key. */
  createMachineClient(client: NewMachineClient): Promise<Auth0Client>;
  listMachineClients(page: number, perPage: number): Promise<Auth0Client[]>;
  /** Idempotent: 404 counts as success. */
  deleteClient(clientId: string): Promise<void>;
}

export function clientCalls(transport: ManagementTransport & ClientTransport): ClientCalls {
  const { read, write, gone, makeClient, listClients, changeClient } = transport;
  return {
    createThirdPartyClient: (client) =>
      makeClient({
        ...(client as Auth0.CreateClientRequestContent),
        is_first_party: false,
        // The default since October 2026; never changed afterwards.
        third_party_security_mode: 'strict',
        grant_types: ['authorization_code', 'refresh_token'],
        refresh_token: REFRESH_TOKENS,
      }),
    registerDocument: (external_client_id) =>
      write(async (sdk) => (await sdk.clients.registerCimdClient({ external_client_id })).client_id),
    readClient: (clientId) =>
      read((sdk) => sdk.clients.get(clientId, { fields: EXISTING_FIELDS, include_fields: true })).then(
        (client) => ({ ...answerOf<ExistingClient>(client), client_metadata: client.client_metadata ?? {} }),
        (error: unknown) => {
          if (error instanceof ManagementFailure && error.kind === 'not_found') return undefined;
          throw error;
        },
      ),
    listCallbacks: (clientId) =>
      read(async (sdk) => (await sdk.clients.get(clientId, { fields: 'callbacks' })).callbacks ?? []),
    listThirdPartyClients: (page, perPage) => listClients({ is_first_party: false }, page, perPage),
    updateClient: changeClient,
    renameClient: (clientId, name) => changeClient(clientId, { name }),
    replaceClientKeys: (clientId, credentials) => replaceKeys(transport, clientId, credentials),
    rotateClientSecret: (clientId) =>
      write(async (sdk) => {
        const rotated = await sdk.clients.rotateSecret(clientId);
        return answerOf<{ client_secret: string }>(rotated).client_secret;
      }),
    createMachineClient: (client) =>
      makeClient({
        ...client,
        app_type: 'non_interactive',
        grant_types: ['client_credentials'],
        token_endpoint_auth_method: 'client_secret_post',
        is_first_party: true,
      }),
    listMachineClients: (page, perPage) =>
      listClients({ app_type: 'non_interactive', is_first_party: true }, page, perPage),
    deleteClient: (clientId) => gone(() => write(async (sdk) => void (await sdk.clients.delete(clientId)))),
  };
}

/**
 * Keys of an existing client are created one by one, and then referenced (Auth0 docs, "Configure private key JWT
 * authentication").
 */
async function replaceKeys(
  { read, write, gone, changeClient }: ManagementTransport & ClientTransport,
  clientId: string,
  credentials: readonly ClientCredentials[],
): Promise<void> {
  const old = answerOf<{ id: string; kid?: string }[]>(
    await read((sdk) => sdk.clients.credentials.list(clientId)),
  );
  const ids: string[] = [];
  for (const credential of credentials) {
    const known = old.find(({ kid }) => kid !== undefined && kid === credential.kid);
    const wanted = credential as Auth0.PostClientCredentialRequestContent;
    const create = () =>
      write(async (sdk) => answerOf<{ id: string }>(await sdk.clients.credentials.create(clientId, wanted)));
    ids.push((known ?? (await create())).id);
  }
  const methods = { private_key_jwt: { credentials: ids.map((id) => ({ id })) } };
  if (ids.length > 0)
    await changeClient(clientId, {
      token_endpoint_auth_method: null,
      client_authentication_methods: methods,
    });
  for (const { id } of old.filter((one) => !ids.includes(one.id)))
    await gone(() => write(async (sdk) => void (await sdk.clients.credentials.delete(clientId, id))));
}
