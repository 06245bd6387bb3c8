/** Makes registry entries anew from what clients at the authority say of themselves. What is there stays as it is. */
import { randomUUID } from 'node:crypto';
import type { Redis } from 'ioredis';
import type { Management } from '../../src/auth0/management.ts';
import {
  appFromMetadata,
  keyFromMetadata,
  predecessorFromMetadata,
  tenantFromMetadata,
} from '../../src/registry/client-metadata.ts';
import type { AppAuthMethod, ClientRegistration } from '../../src/registry/client-registration.ts';
import type { Apps } from '../../src/registry/apps.ts';
import type { AppClient, RegisteredClient, ApiKeyClient } from '../../src/registry/clients.ts';
import { saveClient } from '../../src/registry/client-store.ts';
import { changeTenant, readTenant, type Tenant } from '../../src/registry/tenants.ts';
import { ownConnectionName } from '../relay/own-connection.ts';
import { driftEvent, type Drift } from './drift.ts';
import type { AuthorityClient, AuthorityState } from './read-authority.ts';
import { redisNow, redisTimestamp } from '../../src/redis/clock.ts';

interface Parts {
  redis: Redis;
  apps: Apps;
  management: Management;
  dryRun: boolean;
}

/** @param lost clients that the registry does not know, and should */
export async function rebuild(
  { redis, apps, management, dryRun }: Parts,
  lost: readonly AuthorityClient[],
  { grants, userGrants }: AuthorityState,
): Promise<Drift[]> {
  const drifts: Drift[] = [];
  const tenants = new Set<string>();

  async function knowTenant(client: AuthorityClient): Promise<void> {
    const tenant =
      tenantFromMetadata(client.client_metadata, client.client_id) ?? (await byConvention(client));
    if (!tenant || tenants.has(tenant.id)) return;
    if (!dryRun && !(await readTenant(redis, tenant.id))) await changeTenant(redis, tenant.id, '', tenant);
    tenants.add(tenant.id);
  }

  /** A tenant whose client does not say more than whose it is: there may be a connection that is named for it. */
  async function byConvention({ client_id, client_metadata }: AuthorityClient): Promise<Tenant | undefined> {
    const id = client_metadata['tenant_id'];
    if (typeof id !== 'string') return undefined;
    const connection = await management.findConnection(ownConnectionName(id));
    const created_at = redisTimestamp();
    return (
      connection && {
        id,
        name: id,
        status: 'active',
        connection: connection.name,
        web_app: client_id,
        created_at,
      }
    );
  }

  async function enter(entry: RegisteredClient, save: (event: string) => Promise<unknown>): Promise<void> {
    const { client_id } = entry;
    const tenant = 'tenant_id' in entry ? { tenant_id: entry.tenant_id } : {};
    const drift: Drift = { what: 'lost_entry', client_id, ...tenant, done: dryRun ? 'told' : 'mended' };
    if (!dryRun) await save(driftEvent(drift));
    drifts.push(drift);
  }
  const enterOwn = (entry: RegisteredClient) => enter(entry, (event) => saveClient(redis, entry, event));

  const ofKind = (kind: AuthorityClient['kind']) => lost.filter((client) => client.kind === kind);
  for (const client of ofKind('user')) await knowTenant(client);
  const isKnown = async (id: unknown) =>
    typeof id === 'string' && (tenants.has(id) || (await readTenant(redis, id)) !== undefined);
  for (const client of ofKind('user'))
    if (await isKnown(client.client_metadata['tenant_id'])) await enterOwn(toWebApp(client));
  for (const key of linked(ofKind('tenant'), grants)) if (await isKnown(key.tenant_id)) await enterOwn(key);
  for (const client of ofKind('app')) {
    const app = appFromMetadata(client.client_metadata, client, userGrants.get(client.client_id) ?? []);
    // Its registration is what it was: nobody else goes on with it.
    const { registration_id = randomUUID() } = client.client_metadata as { registration_id?: string };
    await enter(app, (event) => apps.enter(registration_id, app, toMetadata(client, app), event));
  }
  return drifts;
}

function toWebApp(client: AuthorityClient): RegisteredClient {
  const { client_id, client_metadata, web_origins = [], callbacks = [], allowed_logout_urls = [] } = client;
  const { tenant_id, created_at } = client_metadata as Record<string, string>;
  return {
    kind: 'user',
    client_id,
    tenant_id: tenant_id!,
    origins: web_origins,
    callback_urls: callbacks,
    logout_urls: allowed_logout_urls,
    created_at: created_at ?? redisTimestamp(),
  };
}

/** What the authority keeps of what an app registered. */
function toMetadata(client: AuthorityClient, { name, scopes }: AppClient): ClientRegistration {
  const { callbacks = [], logo_uri, app_type, token_endpoint_auth_method: method } = client;
  return {
    client_name: name,
    redirect_uris: callbacks,
    // Where keys authenticate it, the authority names no method.
    token_endpoint_auth_method: (method as AppAuthMethod | undefined) ?? 'private_key_jwt',
    application_type: app_type === 'native' ? 'native' : 'web',
    scope: scopes.join(' '),
    ...(logo_uri ? { logo_uri } : {}),
  };
}

/** Keys, with rotations that are under way. An old one whose time is over does not come back. */
function linked(clients: readonly AuthorityClient[], grants: ReadonlyMap<string, string[]>): ApiKeyClient[] {
  const found = new Map<string, ApiKeyClient>();
  for (const client of clients) {
    const key = keyFromMetadata(client.client_metadata, client, grants.get(client.client_id) ?? []);
    if (key) found.set(key.client_id, key);
  }
  for (const { client_id, client_metadata } of clients) {
    const { clientId = '', retiresAt = '' } = predecessorFromMetadata(client_metadata) ?? {};
    const [successor, old] = [found.get(client_id), found.get(clientId)];
    if (!successor || !old || old.tenant_id !== successor.tenant_id) continue;
    if (Date.parse(retiresAt) <= redisNow()) found.delete(clientId);
    else {
      found.set(clientId, { ...old, replaced_by: client_id, retires_at: retiresAt });
      found.set(client_id, { ...successor, replaces: clientId });
    }
  }
  return [...found.values()];
}
