/**
 * Writes each tenant's settings to the authority, from which the registry can be rebuilt: to its own web app's client, or to the user that
 * stores its settings.
 */
import type { Redis } from 'ioredis';
import type { Management } from '../../src/auth0/management.ts';
import { tenantToMetadata } from '../../src/registry/client-metadata.ts';
import {
  listTenants,
  listUnwrittenTenants,
  readStoredTenant,
  readTenant,
  removeUnwrittenTenant,
  type Tenant,
} from '../../src/registry/tenants.ts';
import type { ManagementContext } from '../relay/performer.ts';
import { settingsUserId, type TenantSettings } from '../relay/tenant-settings.ts';
import type { Drift } from './drift.ts';
import { onFailure } from '../failures.ts';
import type { AuthorityClient, AuthorityState } from './read-authority.ts';

interface Parts {
  redis: Redis;
  management: Management;
  settings: TenantSettings;
  dryRun: boolean;
}

/** Writes outdated settings of all tenants. */
export async function writeTenantMetadata(parts: Parts, { clients }: AuthorityState): Promise<Drift[]> {
  const { redis, management, dryRun } = parts;
  const drifts: Drift[] = [];
  const addStale = (client_id: string, tenant_id: string, isRepaired = !dryRun) =>
    drifts.push({ what: 'stale_metadata', client_id, tenant_id, done: isRepaired ? 'mended' : 'told' });
  const tenants = (await listTenants(redis, Infinity)).filter(({ status }) => status !== 'creating');
  for (const tenant of tenants.filter(({ shared_web_app }) => !shared_web_app)) {
    const client = clients.get(tenant.web_app ?? '') ?? webAppOf(tenant.id, clients);
    if (!client || isAsWanted(client.client_metadata, tenant)) continue;
    const client_metadata = tenantToMetadata(tenant);
    if (!dryRun) await management.updateWebApp(client.client_id, { client_metadata });
    addStale(client.client_id, tenant.id);
  }
  // A tenant that is being deleted need not be restored.
  for (const tenant of await staleSettings(
    parts,
    tenants.filter((one) => one.shared_web_app && !one.deletion),
  )) {
    // It may have changed or been deleted since: its settings must not restore a deleted tenant.
    const now = await readTenant(redis, tenant.id);
    if (!now || now.deletion) continue;
    addStale(settingsUserId(tenant.id), tenant.id, !dryRun && (await parts.settings.save(now)));
  }
  return drifts;
}

/** The search, which is eventually consistent, finds candidates; each is then read itself. */
async function staleSettings({ settings }: Parts, tenants: readonly Tenant[]): Promise<Tenant[]> {
  if (tenants.length === 0) return [];
  const found = await settings.list();
  const stale: Tenant[] = [];
  for (const tenant of tenants)
    if (!isAsWanted(found.get(tenant.id), tenant) && !isAsWanted(await settings.read(tenant.id), tenant))
      stale.push(tenant);
  return stale;
}

function isAsWanted(metadata: Record<string, unknown> | undefined, tenant: Tenant): boolean {
  return Object.entries(tenantToMetadata(tenant)).every(
    ([name, value]) => (metadata?.[name] ?? '') === value,
  );
}

function webAppOf(tenantId: string, clients: AuthorityState['clients']): AuthorityClient | undefined {
  return [...clients.values()].find(
    ({ kind, client_metadata }) => kind === 'user' && client_metadata['tenant_id'] === tenantId,
  );
}

/** Writes the settings of tenants that changed since the last run. */
export async function writeChangedTenants(redis: Redis, context: ManagementContext): Promise<void> {
  for (const id of await listUnwrittenTenants(redis)) {
    const stored = await readStoredTenant(redis, id);
    if (stored) await writeTenant(context, stored.tenant);
    // If it changed meanwhile, the next run writes it again.
    if ((await readStoredTenant(redis, id))?.text === stored?.text) await removeUnwrittenTenant(redis, id);
  }
}

/** Skips missing users and clients: they are being created, or deleted. */
async function writeTenant({ management, settingsBy }: ManagementContext, tenant: Tenant): Promise<void> {
  if (tenant.shared_web_app && tenant.status !== 'creating') await settingsBy(management).update(tenant);
  if (tenant.web_app === undefined) return;
  await management
    .updateWebApp(tenant.web_app, { client_metadata: tenantToMetadata(tenant) })
    .catch(onFailure('not_found', () => undefined));
}
