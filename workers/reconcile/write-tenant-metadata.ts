/** Keeps with each tenant's web app at the authority how the tenant stands, so that it can be made anew from there. */
import type { Redis } from 'ioredis';
import type { Management } from '../../src/auth0/management.ts';
import { tenantToMetadata } from '../../src/registry/client-metadata.ts';
import {
  listTenants,
  listUnwrittenTenants,
  readStoredTenant,
  removeUnwrittenTenant,
} from '../../src/registry/tenants.ts';
import type { Drift } from './drift.ts';
import { onFailure } from '../failures.ts';
import type { AuthorityClient, AuthorityState } from './read-authority.ts';

/** All of them that are not as they should be. */
export async function writeTenantMetadata(
  { redis, management, dryRun }: { redis: Redis; management: Management; dryRun: boolean },
  { clients }: AuthorityState,
): Promise<Drift[]> {
  const drifts: Drift[] = [];
  for (const tenant of await listTenants(redis, Infinity)) {
    const client = clients.get(tenant.web_app ?? '') ?? webAppOf(tenant.id, clients);
    if (!client || tenant.status === 'creating') continue;
    const wanted = tenantToMetadata(tenant);
    if (Object.entries(wanted).every(([name, value]) => (client.client_metadata[name] ?? '') === value))
      continue;
    const { client_id } = client;
    if (!dryRun) await management.updateWebApp(client_id, { client_metadata: wanted });
    drifts.push({
      what: 'stale_metadata',
      client_id,
      tenant_id: tenant.id,
      done: dryRun ? 'told' : 'mended',
    });
  }
  return drifts;
}

function webAppOf(tenantId: string, clients: AuthorityState['clients']): AuthorityClient | undefined {
  return [...clients.values()].find(
    ({ kind, client_metadata }) => kind === 'user' && client_metadata['tenant_id'] === tenantId,
  );
}

/** Those that have changed since it was last done. */
export async function writeChangedTenants(redis: Redis, management: Management): Promise<void> {
  for (const id of await listUnwrittenTenants(redis)) {
    const stored = await readStoredTenant(redis, id);
    const clientId = stored?.tenant.web_app;
    if (stored && clientId !== undefined)
      await management
        .updateWebApp(clientId, { client_metadata: tenantToMetadata(stored.tenant) })
        .catch(onFailure('not_found', () => undefined));
    // Changed meanwhile: it comes round again.
    if ((await readStoredTenant(redis, id))?.text === stored?.text) await removeUnwrittenTenant(redis, id);
  }
}
