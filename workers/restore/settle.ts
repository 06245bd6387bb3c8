/**
 * Compares a restored Redis with the authority, which wins. First everything is found and noted, then applied: after a kill in between it is
 * done again, and nothing that was found is forgotten. Nothing is deleted at the authority, and no job of before is run.
 */
import { createHash } from 'node:crypto';
import type { Redis } from 'ioredis';
import type { Management } from '../../src/auth0/management.ts';
import { listAudited } from '../../src/events/audit-log.ts';
import { NO_TENANT, systemEvent } from '../../src/events/event.ts';
import { handOver } from '../../src/events/outbox-store.ts';
import type { ImportStore } from '../../src/imports/import-store.ts';
import type { Log } from '../../src/log.ts';
import { idAtAuthority, type Apps } from '../../src/registry/apps.ts';
import { listClients, markRegistryMade } from '../../src/registry/client-store.ts';
import { listTenants } from '../../src/registry/tenants.ts';
import { refuseTokensSoFar } from '../../src/registry/user-marks.ts';
import type { JobStore } from '../../src/relay/job-store.ts';
import {
  clearQueues,
  countInitialAccessTokens,
  dropCreationsUnderWay,
  dropKeyValidations,
  listCreationsUnderWay,
  revokeInitialAccessTokens,
} from '../../src/restore/clear-restored.ts';
import { readRestore, saveRestore, type Finding, type Restore } from '../../src/restore/restored-state.ts';
import type { Drift } from '../reconcile/drift.ts';
import { readAuthority, type AuthorityClient, type AuthorityState } from '../reconcile/read-authority.ts';
import { rebuild } from '../reconcile/rebuild.ts';
import { handleMissing } from '../reconcile/strays.ts';
import type { TenantSettings } from '../relay/tenant-settings.ts';
import { compareApps, compareKeys } from './compare-clients.ts';
import { compareTenants } from './compare-tenants.ts';
import { endImports, endJobs } from './end-work.ts';
import { renewEpoch } from './epoch.ts';

export interface SettleParts {
  redis: Redis;
  apps: Apps;
  management: Management;
  settings: TenantSettings;
  audience: string;
  /** The workers' own client. */
  clientId: string;
  records: JobStore;
  imports: ImportStore;
  log: Log;
}

/** Does nothing unless a restore has been loaded and is not compared yet. */
export async function settleRestore(parts: SettleParts): Promise<Restore | undefined> {
  const { redis, management, audience, log } = parts;
  let restore = await readRestore(redis);
  if (restore?.state !== 'comparing') return undefined;
  log.warn({ backup_at: restore.backup_at }, 'Redis was restored: it is compared with Auth0');
  restore = await saveRestore(redis, restore, 'comparing', await findWork(parts));
  await endWork(parts);
  const authority = await readAuthority(management, audience);
  restore = await saveRestore(redis, restore, 'comparing', await compare(parts, authority, true));
  await compare(parts, authority, false);
  await recordRestore(redis, restore);
  await markRegistryMade(redis);
  await renewEpoch(parts);
  restore = await saveRestore(redis, restore, 'compared');
  log.warn({ findings: restore.findings.length }, 'the restored Redis was compared with Auth0');
  return restore;
}

/** What may not go on, and what cannot be checked. */
async function findWork({ redis, records, imports }: SettleParts): Promise<Finding[]> {
  const found = [...(await endJobs(redis, records, true)), ...(await endImports(redis, imports, true))];
  for (const id of await listCreationsUnderWay(redis))
    found.push({ what: 'creation_under_way', id, done: 'unknown' });
  const tokens = await countInitialAccessTokens(redis);
  if (tokens > 0) found.push({ what: 'initial_access_tokens_revoked', id: String(tokens), done: 'applied' });
  return found;
}

async function endWork({ redis, records, imports }: SettleParts): Promise<void> {
  await endJobs(redis, records, false);
  await endImports(redis, imports, false);
  await clearQueues(redis);
  await refuseTokensSoFar(redis);
  await dropKeyValidations(redis);
  await dropCreationsUnderWay(redis);
  await revokeInitialAccessTokens(redis);
}

async function compare(parts: SettleParts, authority: AuthorityState, dryRun: boolean): Promise<Finding[]> {
  const all = { ...parts, dryRun };
  const { redis } = parts;
  const registered = new Map((await listClients(redis)).map((client) => [idAtAuthority(client), client]));
  const lost = [...authority.clients.values()].filter(({ client_id }) => !registered.has(client_id));
  const missing = [...registered.values()].filter((client) => !authority.listed.has(idAtAuthority(client)));
  const tenants = await compareTenants(all, authority);
  const entered = await rebuild(all, lost, authority);
  return [
    ...tenants,
    ...entered.map(toFinding),
    ...unclaimed(lost, entered),
    ...(await handleMissing({ ...all, graceMs: 0 }, missing)).map(toFinding),
    ...(await compareKeys(all, authority)),
    ...(await compareApps(all, authority)),
  ];
}

/** Clients at the authority that the registry still lacks: of a tenant that nothing is known of, or whose rotation is over. */
function unclaimed(lost: readonly AuthorityClient[], entered: readonly Drift[]): Finding[] {
  const are = new Set(entered.map(({ client_id }) => client_id));
  return lost
    .filter(({ client_id }) => !are.has(client_id))
    .map(({ client_id }) => ({ what: 'orphan_client', id: client_id, done: 'unknown' }));
}

const toFinding = ({ what, client_id, tenant_id }: Drift): Finding => ({
  what,
  id: client_id,
  ...(tenant_id !== undefined && { tenant_id }),
  done: 'applied',
});

/** In every audit log: it continues from an earlier end, and says so. The same ids when it is repeated. */
async function recordRestore(redis: Redis, { id, backup }: Restore): Promise<void> {
  // The logs of tenants that were created since the backup are lost, and begin anew.
  const tenants = (await listTenants(redis, Infinity)).map(({ id: tenantId }) => tenantId);
  const logs = new Set([NO_TENANT, ...tenants, ...(await listAudited(redis))]);
  for (const tenant of logs) {
    const ofTenant = tenant === NO_TENANT ? undefined : tenant;
    const text = systemEvent('redis.restored', ofTenant, backup ?? id, { id: uuidOf(`${id} ${tenant}`) });
    await handOver(redis, text, () => Promise.resolve());
  }
}

function uuidOf(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex');
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    `8${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join('-');
}
