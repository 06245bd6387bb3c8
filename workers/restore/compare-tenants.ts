/** Tenants of a restored registry become what the authority's metadata say. */
import type { Redis } from 'ioredis';
import { systemEvent } from '../../src/events/event.ts';
import { tenantFromMetadata, tenantToMetadata } from '../../src/registry/client-metadata.ts';
import {
  changeTenant,
  listTenants,
  listUnwrittenTenants,
  readStoredTenant,
  type Tenant,
} from '../../src/registry/tenants.ts';
import type { Finding } from '../../src/restore/restored-state.ts';
import type { AuthorityState } from '../reconcile/read-authority.ts';
import type { TenantSettings } from '../relay/tenant-settings.ts';

interface Parts {
  redis: Redis;
  settings: TenantSettings;
  dryRun: boolean;
}

/** Event of each entry of the registry that follows the authority after a restore. */
export const correctedEvent = (tenantId: string | undefined, target: string): string =>
  systemEvent('registry_entry.corrected', tenantId, target);

export async function compareTenants(parts: Parts, authority: AuthorityState): Promise<Finding[]> {
  const { redis, dryRun } = parts;
  const found: Finding[] = [];
  const unwritten = new Set(await listUnwrittenTenants(redis));
  for (const tenant of await listTenants(redis, Infinity)) {
    const theirs = await readTheirs(parts, tenant, authority);
    const next = toNext(tenant, theirs, unwritten.has(tenant.id));
    if (!next) continue;
    if (!dryRun) await save(redis, next);
    const what = theirs ? 'tenant_changed' : 'tenant_missing';
    found.push({ what, id: tenant.id, tenant_id: tenant.id, done: theirs ? 'applied' : 'unknown' });
  }
  return found;
}

/** As it was stored there by the deployment before the restore. */
async function readTheirs(
  { settings }: Parts,
  { id }: Tenant,
  { clients }: AuthorityState,
): Promise<Tenant | undefined> {
  for (const { kind, client_id, client_metadata } of clients.values()) {
    if (kind !== 'user' || client_metadata['tenant_id'] !== id) continue;
    const tenant = tenantFromMetadata(client_metadata, client_id);
    if (tenant) return tenant;
  }
  const metadata = await settings.read(id);
  return metadata && tenantFromMetadata(metadata, undefined);
}

/** @returns undefined: it stays as it is */
function toNext(ours: Tenant, theirs: Tenant | undefined, isUnwritten: boolean): Tenant | undefined {
  // Deleted since, or its creation was not completed: nobody of it is let in until the operator has looked.
  if (!theirs) return ours.status === 'suspended' ? undefined : { ...ours, status: 'suspended' };
  // A refusal that had not reached the authority at the time of the backup may not have reached it since, either.
  if (isUnwritten && ours.status !== 'active') return undefined;
  const next = {
    ...theirs,
    ...(theirs.web_app === undefined && ours.web_app !== undefined && { web_app: ours.web_app }),
  };
  return isSame(ours, theirs) ? undefined : next;
}

function isSame(ours: Tenant, theirs: Tenant): boolean {
  const [a, b] = [tenantToMetadata(ours), tenantToMetadata(theirs)];
  return [...new Set([...Object.keys(a), ...Object.keys(b)])].every(
    (name) => (a[name] ?? '') === (b[name] ?? ''),
  );
}

async function save(redis: Redis, tenant: Tenant): Promise<void> {
  const { id } = tenant;
  const event = correctedEvent(id, id);
  for (let next = tenant; ;) {
    const stored = await readStoredTenant(redis, id);
    if (!stored) return;
    const done = await changeTenant(redis, id, stored.text, next, { event });
    if (done === 'domain taken') next = { ...tenant, email_domains: [] };
    else if (done !== 'changed meanwhile') return;
  }
}
