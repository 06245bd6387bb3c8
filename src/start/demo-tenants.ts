/** The demo tenants: at the stand-in (as its seed) and in the registry. */
import { REFRESH_TOKENS } from '../auth0/refresh-tokens.ts';
import { WORKER_SCOPES } from '../auth0/worker-scopes.ts';
import type { Contract } from '../contract/load-contract.ts';
import { connectForWaiting, untilReady } from '../redis/connections.ts';
import { readClient, saveClient } from '../registry/client-store.ts';
import type { SpaClient } from '../registry/clients.ts';
import { ownConnectionName, readTenant, saveTenant } from '../registry/tenants.ts';
import { apiKeyHash, createKeyedHash } from '../secrets/keyed-hash.ts';
import type { DemoPerson, DemoTenant, Memory } from './home.ts';

interface Addresses {
  api: string;
  authority: string;
  audience: string;
}

const MACHINE = {
  app_type: 'non_interactive',
  grant_types: ['client_credentials'],
  token_endpoint_auth_method: 'client_secret_post',
  is_first_party: true,
};

/** The connection that tenants share. */
export const SHARED_DATABASE = 'users';
/** The connection of the people who operate the deployment. */
export const OPERATORS = 'operators';
export const connectionOf = ({ id, shares }: DemoTenant): string =>
  shares ? SHARED_DATABASE : ownConnectionName(id);

/** Callback URLs of the shared web app. */
const sharedCallbacks = ({ web_app, tenants }: Memory): string[] => [
  ...new Set([
    web_app.redirect_uri,
    ...tenants.filter(({ shares }) => shares).map((one) => one.spa_redirect_uri),
  ]),
];
export const sharedOrigins = (memory: Memory): string[] =>
  sharedCallbacks(memory).map((callback) => new URL(callback).origin);

/** Seed of the stand-in; see `src/stand-in/README.md`. */
export function demoSeed(
  memory: Memory,
  { api, authority, audience }: Addresses,
  contract: Pick<Contract, 'scopes' | 'scopeTexts'>,
): object {
  const { worker, operator, web_app, console, tenants } = memory;
  const ofTheirOwn = tenants.filter(({ shares }) => !shares);
  const management = `${authority}api/v2/`;
  const { scopes, scopeTexts } = contract;
  return {
    resource_servers: [
      {
        identifier: audience,
        name: 'Trivium',
        scopes: [...scopeTexts].map(([value, description]) => ({ value, description })),
      },
    ],
    connections: [
      database(SHARED_DATABASE, web_app.client_id, console.client_id),
      { ...database(OPERATORS, console.client_id), is_domain_connection: false },
      ...ofTheirOwn.map((tenant) => database(connectionOf(tenant), tenant.spa_client_id, console.client_id)),
    ],
    clients: [
      { ...worker, ...MACHINE, name: 'Trivium workers' },
      { ...operator, ...MACHINE, name: 'Operator' },
      {
        ...spaClient('Web app', sharedCallbacks(memory)),
        // Whoever signs in to a tenant that is an organization names it.
        organization_usage: 'allow',
        client_id: web_app.client_id,
        // Identifies it to the account's Action (docs/auth0-account.md).
        client_metadata: { kind: 'shared_web_app' },
      },
      {
        ...spaClient('Console', [`${api}/console`, `${api}/docs`]),
        organization_usage: 'allow',
        client_id: console.client_id,
        client_metadata: { kind: 'console' },
      },
      ...ofTheirOwn.map(({ id, name, spa_client_id: client_id, spa_redirect_uri }) => ({
        ...spaClient(`${name} web app`, [spa_redirect_uri]),
        client_id,
        client_metadata: { tenant_id: id, kind: 'user' },
      })),
      ...tenants.map(keyClient),
    ],
    client_grants: [
      { client_id: worker.client_id, audience: management, scope: WORKER_SCOPES },
      { client_id: operator.client_id, audience: management, scope: '*' },
      { client_id: operator.client_id, audience, scope: [] },
      ...tenants.map(({ api_key }) => ({ client_id: api_key.client_id, audience, scope: scopes })),
    ],
    users: [
      personOf(console.operator, { connection: OPERATORS, of: 'Demo' }),
      ...tenants.flatMap((tenant) =>
        tenant.users.map((user) =>
          personOf(user, { connection: connectionOf(tenant), of: tenant.name, tenant_id: tenant.id }),
        ),
      ),
    ],
    organizations: tenants.filter(({ organization }) => organization !== undefined).map(organizationOf),
  };
}

function personOf(
  { email, password, roles, user_id }: DemoPerson,
  { connection, of, tenant_id }: { connection: string; of: string; tenant_id?: string },
): object {
  return {
    user_id,
    connection,
    email,
    password,
    name: `${of} ${roles[0]}`,
    email_verified: true,
    app_metadata: { ...(tenant_id !== undefined && { tenant_id }), roles },
  };
}

function organizationOf(tenant: DemoTenant): object {
  const { organization, id, name, users } = tenant;
  return {
    id: organization,
    name: id,
    display_name: name,
    metadata: { tenant_id: id },
    third_party_client_access: 'allow',
    enabled_connections: [{ connection: connectionOf(tenant) }],
    members: users.map(({ user_id }) => user_id),
  };
}

function database(name: string, ...clientIds: string[]): object {
  return {
    name,
    strategy: 'auth0',
    enabled_clients: clientIds,
    // Third-party apps can only use domain-level connections.
    is_domain_connection: true,
  };
}

function spaClient(name: string, callbacks: string[]): object {
  const origins = callbacks.map((callback) => new URL(callback).origin);
  return {
    name,
    app_type: 'spa',
    grant_types: ['authorization_code', 'refresh_token'],
    token_endpoint_auth_method: 'none',
    refresh_token: { ...REFRESH_TOKENS },
    is_first_party: true,
    callbacks,
    web_origins: origins,
    allowed_origins: origins,
    allowed_logout_urls: origins,
  };
}

function keyClient(tenant: DemoTenant): object {
  return {
    ...tenant.api_key,
    ...MACHINE,
    name: `${tenant.name} API key`,
    client_metadata: { tenant_id: tenant.id, kind: 'tenant' },
  };
}

/** Adds missing tenants; existing ones stay unchanged. */
export async function registerDemoTenants(
  redisUrl: string,
  { tenants, hashKey, scopes: known = [] }: Pick<Memory, 'tenants' | 'hashKey' | 'scopes'>,
  scopes: readonly string[],
): Promise<void> {
  const keyedHash = createKeyedHash(Buffer.from(hashKey, 'base64'));
  const redis = connectForWaiting(redisUrl);
  try {
    await untilReady(redis);
    const created_at = new Date().toISOString();
    for (const tenant of tenants) {
      if (await readTenant(redis, tenant.id)) {
        await addScopes(
          redis,
          tenant,
          scopes.filter((one) => !known.includes(one)),
        );
        continue;
      }
      const { id, name, api_key, shares, organization } = tenant;
      await saveClient(redis, {
        kind: 'tenant',
        client_id: api_key.client_id,
        tenant_id: id,
        name: `${name} API key`,
        scopes: [...scopes],
        secret_hash: apiKeyHash(keyedHash, api_key.client_id, api_key.client_secret),
        created_at,
      });
      if (!shares) await saveClient(redis, webAppOf(tenant, created_at));
      await saveTenant(redis, {
        id,
        name,
        created_at,
        status: 'active',
        connection: connectionOf(tenant),
        ...(shares ? { database: 'shared', shared_web_app: true } : { web_app: tenant.spa_client_id }),
        // Its users' addresses lead third-party apps to the organization.
        ...(organization !== undefined && {
          organization,
          owns_organization: true,
          email_domains: [`${id}.example`],
        }),
      });
    }
  } finally {
    redis.disconnect();
  }
}

/** The commands that are printed call new operations, too. */
async function addScopes(
  redis: ReturnType<typeof connectForWaiting>,
  { api_key }: DemoTenant,
  added: readonly string[],
): Promise<void> {
  const key = await readClient(redis, api_key.client_id);
  if (key?.kind !== 'tenant' || !key.scopes || added.length === 0) return;
  await saveClient(redis, { ...key, scopes: [...new Set([...key.scopes, ...added])] });
}

function webAppOf({ id, spa_client_id, spa_redirect_uri }: DemoTenant, created_at: string): SpaClient {
  const origins = [new URL(spa_redirect_uri).origin];
  return {
    kind: 'user',
    client_id: spa_client_id,
    tenant_id: id,
    origins,
    callback_urls: [spa_redirect_uri],
    logout_urls: origins,
    created_at,
  };
}
