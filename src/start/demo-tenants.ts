/** The two demo tenants: at the stand-in (as its seed) and in the registry. */
import { REFRESH_TOKENS } from '../auth0/refresh-tokens.ts';
import { WORKER_SCOPES } from '../auth0/worker-scopes.ts';
import { loadContract } from '../contract/load-contract.ts';
import { connectForWaiting, untilReady } from '../redis/connections.ts';
import { saveClient } from '../registry/client-store.ts';
import { readTenant, saveTenant } from '../registry/tenants.ts';
import { apiKeyHash, createKeyedHash } from '../secrets/keyed-hash.ts';
import type { DemoTenant, Memory } from './home.ts';

interface Addresses {
  authority: string;
  audience: string;
}

const MACHINE = {
  app_type: 'non_interactive',
  grant_types: ['client_credentials'],
  token_endpoint_auth_method: 'client_secret_post',
  is_first_party: true,
};

export const connectionOf = (tenant: DemoTenant): string => `${tenant.id}-users`;

/** What the stand-in starts with; see `src/stand-in/README.md`. */
export function demoSeed(memory: Memory, { authority, audience }: Addresses): object {
  const { worker, operator, tenants } = memory;
  const management = `${authority}api/v2/`;
  const { scopes, scopeTexts } = loadContract();
  return {
    resource_servers: [
      {
        identifier: audience,
        name: 'Trivium',
        scopes: [...scopeTexts].map(([value, description]) => ({ value, description })),
      },
    ],
    connections: tenants.map((tenant) => ({
      name: connectionOf(tenant),
      strategy: 'auth0',
      enabled_clients: [tenant.spa_client_id],
      // Third-party apps sign users in through connections of the whole domain.
      is_domain_connection: true,
    })),
    clients: [
      { ...worker, ...MACHINE, name: 'Trivium workers' },
      { ...operator, ...MACHINE, name: 'Operator' },
      ...tenants.flatMap((tenant) => [spaClient(tenant), keyClient(tenant)]),
    ],
    client_grants: [
      { client_id: worker.client_id, audience: management, scope: WORKER_SCOPES },
      { client_id: operator.client_id, audience: management, scope: '*' },
      { client_id: operator.client_id, audience, scope: [] },
      ...tenants.map(({ api_key }) => ({ client_id: api_key.client_id, audience, scope: scopes })),
    ],
    users: tenants.flatMap((tenant) =>
      tenant.users.map(({ email, password, roles, user_id }) => ({
        user_id,
        connection: connectionOf(tenant),
        email,
        password,
        name: `${tenant.name} ${roles[0]}`,
        email_verified: true,
        app_metadata: { tenant_id: tenant.id, roles },
      })),
    ),
  };
}

function spaClient(tenant: DemoTenant): object {
  const { origin } = new URL(tenant.spa_redirect_uri);
  return {
    client_id: tenant.spa_client_id,
    name: `${tenant.name} web app`,
    app_type: 'spa',
    grant_types: ['authorization_code', 'refresh_token'],
    token_endpoint_auth_method: 'none',
    refresh_token: { ...REFRESH_TOKENS },
    is_first_party: true,
    callbacks: [tenant.spa_redirect_uri],
    web_origins: [origin],
    allowed_origins: [origin],
    allowed_logout_urls: [origin],
    client_metadata: { tenant_id: tenant.id, kind: 'user' },
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

/** Enters what is not there; a tenant that somebody changed stays as it is. */
export async function registerDemoTenants(
  redisUrl: string,
  tenants: readonly DemoTenant[],
  hashKey: string,
): Promise<void> {
  const keyedHash = createKeyedHash(Buffer.from(hashKey, 'base64'));
  const { scopes } = loadContract();
  const redis = connectForWaiting(redisUrl);
  try {
    await untilReady(redis);
    const created_at = new Date().toISOString();
    for (const tenant of tenants) {
      if (await readTenant(redis, tenant.id)) continue;
      const { id, name, api_key, spa_client_id, spa_redirect_uri } = tenant;
      const origins = [new URL(spa_redirect_uri).origin];
      await saveClient(redis, {
        kind: 'tenant',
        client_id: api_key.client_id,
        tenant_id: id,
        name: `${name} API key`,
        scopes: [...scopes],
        secret_hash: apiKeyHash(keyedHash, api_key.client_id, api_key.client_secret),
        created_at,
      });
      await saveClient(redis, {
        kind: 'user',
        client_id: spa_client_id,
        tenant_id: id,
        origins,
        callback_urls: [spa_redirect_uri],
        logout_urls: origins,
        created_at,
      });
      await saveTenant(redis, {
        id,
        name,
        created_at,
        status: 'active',
        connection: connectionOf(tenant),
        web_app: spa_client_id,
      });
    }
  } finally {
    redis.disconnect();
  }
}
