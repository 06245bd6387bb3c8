/**
 * Compares the registry with the authority. Whatever only one of them knows is told of, and removed there when its grace time is over;
 * a registry that was lost with its Redis is made anew. Nothing is done twice by running twice, or by two at once.
 */
import type { Redis } from 'ioredis';
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
import { tellDrifts, type Drift } from './drift.ts';
import { readAuthority, type AuthorityClient, type AuthorityState } from './read-authority.ts';
import { rebuild } from './rebuild.ts';
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
  /** Only tells. */
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
    ...(await mendGrants(parts, [...registry.values()], authority)),
    ...(await repairSettings(parts, [...registry.values()], authority)),
    ...(await writeTenantMetadata(parts, authority)),
    ...(await writeAppMetadata(parts, [...registry.values()], authority)),
  ];
  if (dryRun) return drifts;
  await recheckKeys(redis, await tellDrifts(redis, drifts));
  await forgetOthers(redis, drifts);
  if (isLost) await markRegistryMade(redis);
  return drifts;
}

/** By id at the authority. */
async function readRegistry(redis: Redis): Promise<Map<string, RegisteredClient>> {
  const clients = await listClients(redis);
  return new Map(clients.map((client) => [idAtAuthority(client), client]));
}

/** Those that are being made or deleted have jobs of their own that see to them. */
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

async function mendGrants(
  { management, audience, dryRun }: ReconcileParts,
  registry: readonly RegisteredClient[],
  { clients, grants }: AuthorityState,
): Promise<Drift[]> {
  const drifts: Drift[] = [];
  const known = await management.apiScopes(audience);
  const keysThere = registry.filter(
    (client): client is ApiKeyClient => client.kind === 'tenant' && clients.has(client.client_id),
  );
  for (const { client_id, tenant_id, scopes } of keysThere) {
    if (!scopes) continue;
    const granted = grants.get(client_id);
    const isGrantable = scopes.every((scope) => known?.has(scope) !== false);
    if (!isGrantable) drifts.push({ what: 'unknown_scopes', client_id, tenant_id, done: 'told' });
    if (granted && sameScopes(granted, scopes)) continue;
    const canBeMade = !granted && isGrantable && !dryRun;
    if (canBeMade) await management.createClientGrant(client_id, audience, scopes);
    const done = canBeMade ? 'mended' : 'told';
    drifts.push({ what: granted ? 'other_scopes' : 'missing_grant', client_id, tenant_id, done });
  }
  return drifts;
}

function sameScopes(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((scope) => other.includes(scope));
}

/** What is known on both sides again is no stray any more. */
async function forgetOthers(redis: Redis, drifts: readonly Drift[]): Promise<void> {
  const waiting = new Set(drifts.filter(({ done }) => done === 'waits').map(({ client_id }) => client_id));
  await keepStrays(redis, waiting);
}
