import type { RefreshTokenSettings } from '../../src/stand-in/store/records.ts';
import type { Seed } from '../../src/stand-in/seed.ts';
import { createStandIn, type StandIn, type StandInOptions } from '../../src/stand-in/stand-in.ts';
import { artifactKey } from '../../src/stand-in/store/store.ts';

export const AUDIENCE = 'https://api.example.com';
export const CALLBACK = 'http://localhost:4299/callback';
export const PASSWORD = 'correct horse battery';
export const OPERATOR = { clientId: 'operator', clientSecret: 'operator-secret-1' };
export const CONNECTION = 'Username-Password-Authentication';

/** What a careful account says of its single-page apps. */
export const ROTATING: RefreshTokenSettings = {
  rotation_type: 'rotating',
  expiration_type: 'expiring',
  leeway: 0,
  token_lifetime: 2_592_000,
  infinite_token_lifetime: false,
  idle_token_lifetime: 1_296_000,
  infinite_idle_token_lifetime: false,
};

/** An account with one API, an application of each kind, and two users of two tenants. */
export function account(): Seed {
  return {
    resource_servers: [
      {
        identifier: AUDIENCE,
        name: 'Example API',
        scopes: [
          { value: 'read:users', description: 'Read users' },
          { value: 'create:users', description: 'Create users' },
        ],
      },
      { identifier: 'plain-name', name: 'An API whose name is no URI', scopes: [{ value: 'read:things' }] },
      {
        identifier: 'https://rfc9068.example.com',
        name: 'An API with standard tokens',
        scopes: [{ value: 'read:things' }],
        token_dialect: 'rfc9068_profile',
        token_lifetime: 600,
      },
    ],
    connections: [
      { name: CONNECTION, enabled_clients: ['spa', 'web'], is_domain_connection: true },
      { name: 'globex', enabled_clients: ['spa'] },
    ],
    clients: [
      {
        client_id: 'spa',
        name: 'Single-page application',
        app_type: 'spa',
        token_endpoint_auth_method: 'none',
        grant_types: ['authorization_code', 'refresh_token'],
        refresh_token: ROTATING,
        callbacks: [CALLBACK],
        web_origins: ['http://localhost:4299'],
        allowed_logout_urls: ['http://localhost:4299'],
      },
      {
        client_id: 'web',
        client_secret: 'web-secret',
        name: 'Web application',
        app_type: 'regular_web',
        grant_types: ['authorization_code', 'refresh_token'],
        callbacks: [CALLBACK],
      },
      {
        client_id: 'key',
        client_secret: 'key-secret',
        name: 'Key of a tenant',
        app_type: 'non_interactive',
        grant_types: ['client_credentials'],
        client_metadata: { tenant_id: 'acme' },
      },
      {
        client_id: OPERATOR.clientId,
        client_secret: OPERATOR.clientSecret,
        name: 'Operator',
        app_type: 'non_interactive',
        grant_types: ['client_credentials'],
      },
    ],
    client_grants: [
      { client_id: 'key', audience: AUDIENCE, scope: ['read:users'], subject_type: 'client' },
      { client_id: 'key', audience: 'plain-name', scope: ['read:things'], subject_type: 'client' },
      { client_id: 'key', audience: 'https://rfc9068.example.com', scope: ['read:things'] },
      { default_for: 'third_party_clients', audience: AUDIENCE, scope: ['read:users'], subject_type: 'user' },
    ],
    users: [
      {
        user_id: 'auth0|ann',
        connection: CONNECTION,
        email: 'Ann@Example.com',
        email_verified: true,
        password: PASSWORD,
        name: 'Ann',
        app_metadata: { tenant_id: 'acme', roles: ['admin'] },
      },
      {
        user_id: 'auth0|gus',
        connection: 'globex',
        email: 'gus@example.com',
        password: PASSWORD,
        app_metadata: { tenant_id: 'globex' },
      },
    ],
  };
}

/** A stand-in of a test's own, with the operator allowed everything at the Management API. */
export async function startStandIn(options: StandInOptions = {}): Promise<StandIn> {
  const standIn = await createStandIn({ seed: account(), ...options });
  const audience = `${standIn.url}api/v2/`;
  const server = standIn.store.resourceServers.first('identifier', audience);
  if (standIn.store.clientGrants.count('client', OPERATOR.clientId) === 0)
    standIn.store.clientGrants.put({
      id: 'cgr_operator',
      client_id: OPERATOR.clientId,
      audience,
      scope: server?.scopes?.map(({ value }) => value) ?? [],
      subject_type: 'client',
    });
  return standIn;
}

/** As if all of them had ended, without anybody's having been told. */
export function loseRefreshTokens({ store: { artifacts } }: StandIn): void {
  for (const artifact of [...artifacts.values()])
    if (artifact.model === 'RefreshToken') artifacts.delete(artifactKey(artifact));
}

export interface Answered<T> {
  status: number;
  headers: Headers;
  body: T;
}

export async function postToken(
  standIn: StandIn,
  parameters: Record<string, string>,
  headers: Record<string, string> = {},
): Promise<Answered<Record<string, unknown>>> {
  return read(
    await fetch(`${standIn.url}oauth/token`, {
      method: 'POST',
      body: new URLSearchParams(parameters),
      headers,
    }),
  );
}

export async function operatorToken(standIn: StandIn): Promise<string> {
  const { body } = await postToken(standIn, {
    grant_type: 'client_credentials',
    client_id: OPERATOR.clientId,
    client_secret: OPERATOR.clientSecret,
    audience: `${standIn.url}api/v2/`,
  });
  return String(body['access_token']);
}

/** A plain call of the Management API, where the SDK would hide what is looked at. */
export async function callManagement<T = Record<string, unknown>>(
  standIn: StandIn,
  token: string | undefined,
  method: string,
  path: string,
  body?: unknown,
): Promise<Answered<T>> {
  return read<T>(
    await fetch(`${standIn.url}api/v2/${path}`, {
      method,
      headers: {
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    }),
  );
}

async function read<T>(response: Response): Promise<Answered<T>> {
  const text = await response.text();
  return {
    status: response.status,
    headers: response.headers,
    body: (text === '' ? undefined : JSON.parse(text)) as T,
  };
}
