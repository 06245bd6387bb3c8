/** Rebuilds registry entries from the metadata of clients at the authority. Existing entries stay unchanged. */
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
import { changeTenant, ownConnectionName, readTenant, type Tenant } from '../../src/registry/tenants.ts';
import type { TenantSettings } from '../relay/tenant-settings.ts';
import { driftEvent, idsOf, type Drift } from './drift.ts';
import type { AuthorityClient, AuthorityState } from './read-authority.ts';
import { redisNow, redisTimestamp } from '../../src/redis/clock.ts';

interface Parts {
  redis: Redis;
  apps: Apps;
  management: Management;
  settings: TenantSettings;
  dryRun: boolean;
}

/** @param lost clients that are missing from the registry */
export async function rebuild(
  { redis, apps, management, settings, dryRun }: Parts,
  lost: readonly AuthorityClient[],
  { grants, userGrants }: AuthorityState,
): Promise<Drift[]> {
  const drifts: Drift[] = [];
  const tenants = new Set<string>();

  async function enterTenant(tenant: Tenant | undefined): Promise<void> {
    if (!tenant || tenants.has(tenant.id)) return;
    if (!dryRun && !(await readTenant(redis, tenant.id))) await storeTenant(tenant);
    tenants.add(tenant.id);
  }

  /** After a loss right after an email domain moved to another tenant, both may claim it: the first one keeps it. */
  async function storeTenant(tenant: Tenant): Promise<void> {
    if ((await changeTenant(redis, tenant.id, '', tenant)) !== 'domain taken') return;
    await changeTenant(redis, tenant.id, '', { ...tenant, email_domains: [] });
  }

  /** A tenant whose client's metadata contain only its id: its own connection, if it exists, has a conventional name. */
  async function byConvention(client: AuthorityClient): Promise<Tenant | undefined> {
    const id = textOf(client, 'tenant_id');
    const connection = id === undefined ? undefined : await management.findConnection(ownConnectionName(id));
    if (id === undefined || !connection) return undefined;
    const [web_app, created_at] = [client.client_id, redisTimestamp()];
    return { id, name: id, status: 'active', connection: connection.name, web_app, created_at };
  }

  async function enter(entry: RegisteredClient, save: (event: string) => Promise<unknown>): Promise<void> {
    const drift: Drift = { what: 'lost_entry', ...idsOf(entry), done: dryRun ? 'told' : 'mended' };
    if (!dryRun) await save(driftEvent(drift));
    drifts.push(drift);
  }
  const enterOwn = (entry: RegisteredClient) => enter(entry, (event) => saveClient(redis, entry, event));

  const ofKind = (kind: AuthorityClient['kind']) => lost.filter((client) => client.kind === kind);
  for (const client of ofKind('user'))
    await enterTenant(tenantFromMetadata(client.client_metadata, client.client_id));
  for (const metadata of (await settings.list()).values())
    await enterTenant(tenantFromMetadata(metadata, undefined));
  // Last, because an adopted web app has its tenant's id only, whose settings are elsewhere.
  for (const client of ofKind('user'))
    if (!tenants.has(textOf(client, 'tenant_id') ?? '')) await enterTenant(await byConvention(client));
  const isKnown = async (id: string) => tenants.has(id) || (await readTenant(redis, id)) !== undefined;
  for (const client of ofKind('user')) {
    const tenantId = textOf(client, 'tenant_id');
    if (tenantId !== undefined && (await isKnown(tenantId))) await enterOwn(toWebApp(client, tenantId));
  }
  for (const key of linked(ofKind('tenant'), grants)) if (await isKnown(key.tenant_id)) await enterOwn(key);
  for (const client of ofKind('app')) {
    const app = appFromMetadata(client.client_metadata, client, userGrants.get(client.client_id) ?? []);
    // Keeps its registration id, so that no other registration continues with this client.
    const registrationId = textOf(client, 'registration_id') ?? randomUUID();
    await enter(app, (event) => apps.enter(registrationId, app, toMetadata(client, app), event));
  }
  return drifts;
}

/** A value of its metadata; undefined: missing, or not a string. */
export function textOf({ client_metadata }: AuthorityClient, name: string): string | undefined {
  const value = client_metadata[name];
  return typeof value === 'string' ? value : undefined;
}

function toWebApp(client: AuthorityClient, tenant_id: string): RegisteredClient {
  const { client_id, web_origins = [], callbacks = [], allowed_logout_urls = [] } = client;
  return {
    kind: 'user',
    client_id,
    tenant_id,
    origins: web_origins,
    callback_urls: callbacks,
    logout_urls: allowed_logout_urls,
    created_at: textOf(client, 'created_at') ?? redisTimestamp(),
  };
}

/** The part of an app's client metadata that the authority stores. */
function toMetadata(client: AuthorityClient, { name, scopes }: AppClient): ClientRegistration {
  const { callbacks = [], logo_uri, app_type, token_endpoint_auth_method: method } = client;
  return {
    client_name: name,
    redirect_uris: callbacks,
    // For private_key_jwt, the authority returns no method.
    token_endpoint_auth_method: (method as AppAuthMethod | undefined) ?? 'private_key_jwt',
    application_type: app_type === 'native' ? 'native' : 'web',
    scope: scopes.join(' '),
    logo_uri: logo_uri || undefined,
  };
}

/** API keys, with rotations under way. An old key whose overlap has ended is not restored. */
export function linked(
  clients: readonly AuthorityClient[],
  grants: ReadonlyMap<string, string[]>,
): ApiKeyClient[] {
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
