/** Clients that only one side knows: since when, and what is done about them when their grace time is over. */
import type { Redis } from 'ioredis';
import type { Management } from '../../src/auth0/management.ts';
import { keys } from '../../src/redis/keys.ts';
import { removeApiKey } from '../../src/registry/api-keys.ts';
import type { RegisteredClient } from '../../src/registry/clients.ts';
import { removeApp } from '../../src/registry/save-client.ts';
import { changeWebApp } from '../../src/registry/web-apps.ts';
import { deleteKeyClient } from '../relay/deleteApiKey.ts';
import type { Drift } from './drift.ts';
import type { AuthorityClient } from './read-authority.ts';

interface Parts {
  redis: Redis;
  management: Management;
  graceMs: number;
  dryRun: boolean;
}

/**
 * @param clients at the authority, and not in the registry. One of a tenant that nobody has heard of is only told of: whoever lost that
 *   tenant must not lose its keys with it
 */
export async function handleOrphans(parts: Parts, clients: readonly AuthorityClient[]): Promise<Drift[]> {
  const { redis, management } = parts;
  const ids = [...(await redis.hkeys(keys.tenants)), ...(await redis.hkeys(keys.retiredTenants))];
  const known = new Set<unknown>(ids);
  const isKnown = ({ kind, client_metadata }: AuthorityClient) =>
    kind === 'app' || known.has(client_metadata['tenant_id']);
  const strangers = clients.filter((client) => !isKnown(client));
  return [
    ...strangers.map((client): Drift => ({ what: 'orphan_client', ...idsOf(client), done: 'told' })),
    ...(await handle(parts, 'orphan_client', clients.filter(isKnown), async ({ client_id }) => {
      await deleteKeyClient(management, client_id);
      return true;
    })),
  ];
}

/** @param clients in the registry, and not at the authority */
export async function handleMissing(parts: Parts, clients: readonly RegisteredClient[]): Promise<Drift[]> {
  const { redis, management } = parts;
  return handle(parts, 'missing_client', clients, async ({ client_id, kind }) => {
    // A list may be a moment old; the client itself is asked for before anybody is locked out.
    if (await management.clientExists(client_id)) return false;
    if (kind === 'tenant') await removeApiKey(redis, client_id);
    else if (kind === 'user') await changeWebApp(redis, client_id, undefined);
    else await removeApp(redis, client_id);
    return true;
  });
}

async function handle<T extends { client_id: string }>(
  { redis, graceMs, dryRun }: Parts,
  what: Drift['what'],
  clients: readonly T[],
  remove: (client: T) => Promise<boolean>,
): Promise<Drift[]> {
  const drifts: Drift[] = [];
  for (const client of clients) {
    const since = Number((await redis.zscore(keys.strayClients, client.client_id)) ?? Date.now());
    const isOver = Date.now() - since >= graceMs;
    if (!dryRun) await redis.zadd(keys.strayClients, 'NX', since, client.client_id);
    const isRemoved = !dryRun && isOver && (await remove(client));
    drifts.push({ what, ...idsOf(client), done: !isOver ? 'waits' : isRemoved ? 'removed' : 'told' });
  }
  return drifts;
}

function idsOf(client: { client_id: string }): Pick<Drift, 'client_id' | 'tenant_id'> {
  const { client_id, tenant_id, client_metadata } = client as {
    client_id: string;
    tenant_id?: string;
    client_metadata?: Record<string, unknown>;
  };
  const tenant = tenant_id ?? client_metadata?.['tenant_id'];
  return { client_id, ...(typeof tenant === 'string' ? { tenant_id: tenant } : {}) };
}
