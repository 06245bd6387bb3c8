/**
 * The Management API as workers use it: a narrow interface over the `auth0` SDK, which only this file imports. Its retries are
 * off, and each HTTP call it makes goes by way of a `SendCall`: that is where the budget is spent.
 */
import { ManagementClient } from 'auth0';
import { ManagementFailure, toManagementFailure } from './errors.ts';
import { tenantCalls } from './management-tenants.ts';
import type { TenantCalls } from './management-tenants.ts';

export interface Auth0User {
  user_id: string;
  email?: string;
  email_verified?: boolean;
  name?: string;
  given_name?: string;
  family_name?: string;
  nickname?: string;
  picture?: string;
  blocked?: boolean;
  user_metadata?: Record<string, unknown>;
  app_metadata?: Record<string, unknown>;
  created_at?: string;
  updated_at?: string;
  last_login?: string;
  logins_count?: number;
}

export interface NewAuth0User {
  connection: string;
  user_id: string;
  email: string;
  password: string;
  email_verified: boolean;
  verify_email: boolean;
  name?: string;
  given_name?: string;
  family_name?: string;
  nickname?: string;
  picture?: string;
  user_metadata?: Record<string, unknown>;
  app_metadata: Record<string, unknown>;
}

export interface Auth0UserChanges {
  email?: string;
  email_verified?: boolean;
  verify_email?: false;
  name?: string | null;
  given_name?: string | null;
  family_name?: string | null;
  nickname?: string | null;
  picture?: string | null;
  blocked?: boolean;
  user_metadata?: Record<string, unknown>;
  app_metadata?: { roles: string[] };
}

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
}

/** An import job (Auth0 docs, "Bulk user imports"). */
export interface ImportJob {
  status: string;
  /** Of one that is running. */
  percentage_done?: number;
  /** Of one that has ended. Completed, even if every single user failed. */
  summary?: { failed?: number; updated?: number; inserted?: number; total?: number };
}

/** Every call throws `ManagementFailure` and nothing else. */
export interface Management extends TenantCalls {
  createUser(user: NewAuth0User): Promise<Auth0User>;
  getUser(userId: string): Promise<Auth0User>;
  findUsersByEmail(email: string): Promise<Auth0User[]>;
  /** @param query Lucene, made by us only: never a caller's text. `total` counts also what Auth0 does not serve */
  searchUsers(
    query: string,
    options: { page: number; perPage: number; sort: string },
  ): Promise<{ users: Auth0User[]; total: number }>;
  /** Members of metadata are merged at the first level; `null` removes. */
  updateUser(userId: string, changes: Auth0UserChanges): Promise<Auth0User>;
  /** One that is not there is deleted already. */
  deleteUser(userId: string): Promise<void>;
  /** @returns the address with which a new password is set */
  createPasswordTicket(userId: string, lifetimeSeconds: number): Promise<string>;
  sendVerificationEmail(userId: string): Promise<void>;
  /** Never over users that are there, and without a mail to anybody. @returns the job's id */
  createUsersImport(file: { users: Buffer; connectionId: string; externalId: string }): Promise<string>;
  getImportJob(jobId: string): Promise<ImportJob>;
  /** @returns what is wrong with which user, as told; empty when nothing is, or when the job did not get that far */
  getImportErrors(jobId: string): Promise<unknown[]>;
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
  /** Gives a client keys to sign itself in with, instead of whatever it had. */
  replaceClientKeys(clientId: string, credentials: readonly ClientCredentials[]): Promise<void>;
  /** @returns the new secret */
  rotateClientSecret(clientId: string): Promise<string>;
  /** A client that gets tokens for itself, with id and secret: an API key. */
  createMachineClient(client: NewMachineClient): Promise<Auth0Client>;
  listMachineClients(page: number, perPage: number): Promise<Auth0Client[]>;
  /** One that is not there is deleted already. */
  deleteClient(clientId: string): Promise<void>;
  /** Allows a client to ask for these scopes for itself. */
  createClientGrant(clientId: string, audience: string, scope: string[]): Promise<void>;
  /** @returns ids */
  listClientGrants(clientId: string): Promise<string[]>;
  updateClientGrant(grantId: string, scope: string[]): Promise<void>;
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

/** Makes the HTTP call. @throws NotSent when it did not */
export type SendCall = (url: URL, init: RequestInit) => Promise<Response>;

/** The SDK's clock runs while a call waits for its slot, so it must not end calls: `send` does. Its timers are at least short. */
const SDK_TIMEOUT_SECONDS = 1;

/** As many as there are to a page. */
const GRANTS_PER_PAGE = 100;

/** The SDK knows one `fetch` only, so whoever makes a call has one to itself meanwhile. */
interface Line {
  sdk: ManagementClient;
  send: SendCall | undefined;
}

/** @returns the Management API, with each call made by way of `send` */
export function createManagement(
  authorityUrl: string,
  token: () => Promise<string>,
): (send: SendCall) => Management {
  const { host, protocol } = new URL(authorityUrl);
  /** Used again: to make one costs more than a call does. (So does it to find out by `AsyncLocalStorage` whose call it is.) */
  const free: Line[] = [];

  function newLine(): Line {
    const sdk = new ManagementClient({
      domain: host,
      token,
      maxRetries: 0,
      timeoutInSeconds: SDK_TIMEOUT_SECONDS,
      telemetry: false,
      fetch: (input: string | URL | Request, init: RequestInit = {}) => {
        const target = new URL(input instanceof Request ? input.url : input);
        // The SDK knows https only; an authority on this machine may speak http.
        if (target.host === host) target.protocol = protocol;
        return line.send!(target, init);
      },
    });
    const line: Line = { sdk, send: undefined };
    return line;
  }

  return (send) =>
    callsOf(token, async (call) => {
      const line = free.pop() ?? newLine();
      line.send = send;
      try {
        return await call(line.sdk);
      } finally {
        line.send = undefined;
        free.push(line);
      }
    });
}

type SdkCall<T> = (sdk: ManagementClient) => Promise<T>;

function callsOf(token: () => Promise<string>, sent: <T>(call: SdkCall<T>) => Promise<T>): Management {
  async function read<T>(call: SdkCall<T>): Promise<T> {
    try {
      return await sent(call);
    } catch (error) {
      throw toManagementFailure(error, true);
    }
  }
  async function write<T>(call: SdkCall<T>): Promise<T> {
    // Without a token nothing was sent, so nothing is in doubt.
    await token();
    try {
      return await sent(call);
    } catch (error) {
      throw toManagementFailure(error, false);
    }
  }

  /** What is to be deleted and is not there is as it should be. */
  async function gone(call: () => Promise<void>): Promise<void> {
    try {
      await call();
    } catch (error) {
      if (!(error instanceof ManagementFailure) || error.kind !== 'not_found') throw error;
    }
  }

  return {
    ...tenantCalls({ read, write, gone }),
    createUser: (user) => write(async (sdk) => (await sdk.users.create(user as never)) as Auth0User),
    getUser: (userId) => read(async (sdk) => (await sdk.users.get(userId)) as Auth0User),
    findUsersByEmail: (email) =>
      read(async (sdk) => (await sdk.users.listUsersByEmail({ email })) as Auth0User[]),
    searchUsers: (query, { page, perPage, sort }) =>
      read(async (sdk) => {
        const found = await sdk.users.list({
          q: query,
          search_engine: 'v3',
          per_page: perPage,
          page,
          sort,
          include_totals: true,
        });
        const { total = 0 } = found.response as { total?: number };
        return { users: found.data as Auth0User[], total };
      }),
    updateUser: (userId, changes) =>
      write(async (sdk) => (await sdk.users.update(userId, changes as never)) as Auth0User),
    deleteUser: (userId) => gone(() => write(async (sdk) => void (await sdk.users.delete(userId)))),
    createPasswordTicket: (user_id, ttl_sec) =>
      write(async (sdk) => (await sdk.tickets.changePassword({ user_id, ttl_sec })).ticket),
    sendVerificationEmail: (user_id) =>
      write(async (sdk) => void (await sdk.jobs.verificationEmail.create({ user_id }))),
    createUsersImport: ({ users, connectionId, externalId }) =>
      write(async (sdk) => {
        const file = { data: users, filename: 'users.json', contentType: 'application/json' };
        const job = await sdk.jobs.usersImports.create({
          users: file,
          connection_id: connectionId,
          external_id: externalId,
          // It could overwrite what another tenant has.
          upsert: false,
          send_completion_email: false,
        });
        return job.id;
      }),
    getImportJob: (jobId) => read(async (sdk) => (await sdk.jobs.get(jobId)) as ImportJob),
    getImportErrors: (jobId) =>
      read(async (sdk) => {
        const told: unknown = await sdk.jobs.errors.get(jobId);
        return Array.isArray(told) ? (told as unknown[]) : [];
      }),
    createThirdPartyClient: (client) =>
      write(async (sdk) => {
        const created = await sdk.clients.create({
          ...client,
          is_first_party: false,
          grant_types: ['authorization_code', 'refresh_token'],
          oidc_conformant: true,
          jwt_configuration: { alg: 'RS256' },
        } as never);
        return created as unknown as Auth0Client;
      }),
    registerDocument: (external_client_id) =>
      write(async (sdk) => (await sdk.clients.registerCimdClient({ external_client_id })).client_id),
    listCallbacks: (clientId) =>
      read(async (sdk) => (await sdk.clients.get(clientId, { fields: 'callbacks' })).callbacks ?? []),
    listThirdPartyClients: (page, perPage) =>
      read(async (sdk) => {
        const found = await sdk.clients.list({
          is_first_party: false,
          page,
          per_page: perPage,
          include_totals: true,
        });
        return found.data as unknown as Auth0Client[];
      }),
    updateClient: (clientId, changes) =>
      write(async (sdk) => void (await sdk.clients.update(clientId, changes as never))),
    // Keys of an existing client are made one by one, and then named (Auth0 docs, "Configure private key JWT authentication").
    async replaceClientKeys(clientId, credentials) {
      const old = await read(async (sdk) => await sdk.clients.credentials.list(clientId));
      const made: { id: string }[] = [];
      for (const credential of credentials)
        made.push(
          await write(async (sdk) => {
            const { id } = await sdk.clients.credentials.create(clientId, credential as never);
            return { id: id! };
          }),
        );
      const methods = { private_key_jwt: { credentials: made } };
      await this.updateClient(clientId, {
        token_endpoint_auth_method: null,
        client_authentication_methods: methods,
      });
      for (const { id } of old)
        await gone(() => write(async (sdk) => void (await sdk.clients.credentials.delete(clientId, id!))));
    },
    rotateClientSecret: (clientId) =>
      write(async (sdk) => {
        const rotated = await sdk.clients.rotateSecret(clientId);
        return (rotated as unknown as { client_secret: string }).client_secret;
      }),
    createMachineClient: (client) =>
      write(async (sdk) => {
        const created = await sdk.clients.create({
          ...client,
          app_type: 'non_interactive',
          grant_types: ['client_credentials'],
          token_endpoint_auth_method: 'client_secret_post',
          is_first_party: true,
          oidc_conformant: true,
          jwt_configuration: { alg: 'RS256' },
        } as never);
        return created as unknown as Auth0Client;
      }),
    listMachineClients: (page, perPage) =>
      read(async (sdk) => {
        const query = { app_type: 'non_interactive', is_first_party: true, include_totals: true };
        const found = await sdk.clients.list({ ...query, page, per_page: perPage });
        return found.data as unknown as Auth0Client[];
      }),
    deleteClient: (clientId) => gone(() => write(async (sdk) => void (await sdk.clients.delete(clientId)))),
    createClientGrant: (client_id, audience, scope) =>
      write(async (sdk) => void (await sdk.clientGrants.create({ client_id, audience, scope }))),
    listClientGrants: (client_id) =>
      read(async (sdk) => {
        const found = await sdk.clientGrants.list({ client_id });
        return found.data.map(({ id }) => id!);
      }),
    updateClientGrant: (grantId, scope) =>
      write(async (sdk) => void (await sdk.clientGrants.update(grantId, { scope }))),
    deleteClientGrant: (grantId) =>
      gone(() => write(async (sdk) => void (await sdk.clientGrants.delete(grantId)))),
    createUserGrantOf: (clientId, audience, scope) =>
      write(
        async (sdk) =>
          void (await sdk.clientGrants.create({
            client_id: clientId,
            audience,
            scope,
            subject_type: 'user',
          } as never)),
      ),
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
