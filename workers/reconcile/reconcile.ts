/**
 * Compares the registry with the authority. A client that exists in only one of them is reported, and removed after its grace time; a
 * registry that was lost with its Redis is rebuilt. Idempotent, also when run concurrently.
 */
import type { Redis } from 'ioredis';
import { sameScopes } from '../../src/api-keys/changed-key.ts';
import type { Management } from '../../src/auth0/management.ts';
import { idAtAuthority, type Apps } from '../../src/registry/apps.ts';
import {
  isRegistryLost,
  keepStrays,
  listClients,
  markRegistryMade,
} from '../../src/registry/client-store.ts';
import type { RegisteredClient, ApiKeyClient } from '../../src/registry/clients.ts';
import { isUnderWay } from '../../src/registry/pending-cleanups.ts';
import type { TenantSettings } from '../relay/tenant-settings.ts';
import { recordDrifts, type Drift } from './drift.ts';
import { readAuthority, type AuthorityClient, type AuthorityState } from './read-authority.ts';
import { rebuild } from './rebuild.ts';
import { repairOrganizations } from './organizations.ts';
import { recheckKeys } from './recheck-keys.ts';
import { repairSettings } from './settings.ts';
import { handleMissing, handleOrphans } from './strays.ts';
import { writeAppMetadata } from './write-app-metadata.ts';
import { writeTenantMetadata } from './write-tenant-metadata.ts';

export interface ReconcileParts {
  redis: Redis;
  apps: Apps;
  management: Management;
  settings: TenantSettings;
  audience: string;
  graceMs: number;
  /** Only reports differences. */
  dryRun: boolean;
}

export async function reconcile(parts: ReconcileParts): Promise<Drift[]> {
  const { redis, management, audience, dryRun } = parts;
  const isLost = await isRegistryLost(redis);
  const authority = await readAuthority(management, audience);
  const registry = await readRegistry(redis);
  const unknown = await withoutUnderWay(
    redis,
    [...authority.clients.values()].filter(({ client_id }) => !registry.has(client_id)),
  );
  const missing = [...registry.values()].filter((client) => !authority.listed.has(idAtAuthority(client)));
  const drifts = [
    ...(isLost ? await rebuild(parts, unknown, authority) : await handleOrphans(parts, unknown)),
    ...(await handleMissing(parts, missing)),
    ...(await repairGrants(parts, [...registry.values()], authority)),
    ...(await repairSettings(parts, [...registry.values()], authority)),
    ...(await writeTenantMetadata(parts, authority)),
    ...(await repairOrganizations(parts, authority)),
    ...(await writeAppMetadata(parts, [...registry.values()], authority)),
  ];
  if (dryRun) return drifts;
  await recheckKeys(redis, await recordDrifts(redis, drifts));
  await dropFormerStrays(redis, drifts);
  if (isLost) await markRegistryMade(redis);
  return drifts;
}

/** Registered clients by their id at the authority. */
async function readRegistry(redis: Redis): Promise<Map<string, RegisteredClient>> {
  const clients = await listClients(redis);
  return new Map(clients.map((client) => [idAtAuthority(client), client]));
}

/** Omits clients that are being created or deleted: their jobs, or the upkeep, complete that. */
async function withoutUnderWay(redis: Redis, clients: AuthorityClient[]): Promise<AuthorityClient[]> {
  const under = ({ client_id, client_metadata }: AuthorityClient) => {
    const { key_id, made_by, registration_id, tenant_id } = client_metadata;
    return isUnderWay(redis, {
      clientId: client_id,
      registrationId: String(registration_id),
      keyId: String(key_id),
      provisioning: `${String(made_by)} ${String(tenant_id)}`,
    });
  };
  const are = await Promise.all(clients.map(under));
  return clients.filter((_, index) => !are[index]);
}

async function repairGrants(
  { management, audience, dryRun }: ReconcileParts,
  registry: readonly RegisteredClient[],
  { clients, grants }: AuthorityState,
): Promise<Drift[]> {
  const drifts: Drift[] = [];
  const known = await management.apiScopes(audience);
  const existingKeys = registry.filter(
    (client): client is ApiKeyClient => client.kind === 'tenant' && clients.has(client.client_id),
  );
  for (const { client_id, tenant_id, scopes } of existingKeys) {
    if (!scopes) continue;
    const granted = grants.get(client_id);
    if (scopes.some((scope) => known?.has(scope) === false))
      drifts.push({ what: 'unknown_scopes', client_id, tenant_id, done: 'told' });
    if (granted && sameScopes(granted, scopes)) continue;
    const isRepaired = !granted && !dryRun;
    if (isRepaired) await management.createClientGrant(client_id, audience, scopes);
    const done = isRepaired ? 'mended' : 'told';
    drifts.push({ what: granted ? 'other_scopes' : 'missing_grant', client_id, tenant_id, done });
  }
  return drifts;
}

/** Ends the grace time of clients that exist on both sides again. */
async function dropFormerStrays(redis: Redis, drifts: readonly Drift[]): Promise<void> {
  const waiting = new Set(drifts.filter(({ done }) => done === 'waits').map(({ client_id }) => client_id));
  await keepStrays(redis, waiting);
}
