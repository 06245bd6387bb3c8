/** Clients that exist on one side only, and their removal after the grace time. */
import type { Redis } from 'ioredis';
import type { Management } from '../../src/auth0/management.ts';
import { redisNow } from '../../src/redis/clock.ts';
import { removeApiKey } from '../../src/registry/remove-api-key.ts';
import { idAtAuthority, type Apps } from '../../src/registry/apps.ts';
import type { RegisteredClient } from '../../src/registry/clients.ts';
import { addStray, changeWebApp, strayedSince } from '../../src/registry/client-store.ts';
import { listKnownTenantIds } from '../../src/registry/tenants.ts';
import { readRestore } from '../../src/restore/restored-state.ts';
import { deleteClientAndGrants } from '../relay/remove-client.ts';
import { driftEvent, idsOf, type Drift } from './drift.ts';
import type { AuthorityClient } from './read-authority.ts';

interface Parts {
  redis: Redis;
  apps: Apps;
  management: Management;
  graceMs: number;
  dryRun: boolean;
}

/**
 * @param clients clients at the authority that are not in the registry. Clients of unknown tenants are only reported: a registry that lost
 *   a tenant must not delete its keys, too
 */
export async function handleOrphans(parts: Parts, clients: readonly AuthorityClient[]): Promise<Drift[]> {
  const { redis, management } = parts;
  const known: Set<unknown> = await listKnownTenantIds(redis);
  const isKnown = ({ kind, client_metadata }: AuthorityClient) =>
    kind === 'app' || known.has(client_metadata['tenant_id']);
  // After a restore the registry lacks what was made since the backup, until the operator has looked.
  const isRestored = (await readRestore(redis)) !== undefined;
  const strangers = clients.filter((client) => isRestored || !isKnown(client));
  return [
    // Without tenant_id, because an unknown tenant has no audit log.
    ...strangers.map(({ client_id }): Drift => ({ what: 'orphan_client', client_id, done: 'told' })),
    ...(await handle(
      parts,
      'orphan_client',
      isRestored ? [] : clients.filter(isKnown),
      async ({ client_id }) => {
        await deleteClientAndGrants(management, client_id);
        return true;
      },
    )),
  ];
}

/** @param clients clients in the registry that the authority's lists lack */
export async function handleMissing(parts: Parts, clients: readonly RegisteredClient[]): Promise<Drift[]> {
  const { redis, apps, management } = parts;
  return handle(parts, 'missing_client', clients, async (client) => {
    // The lists may be outdated, so read the client itself before revoking its access.
    if (await management.clientExists(idAtAuthority(client))) return false;
    const { client_id, kind } = client;
    const event = driftEvent({ what: 'missing_client', ...idsOf(client), done: 'removed' });
    if (kind === 'tenant') await removeApiKey(redis, client_id, { eventOf: () => event });
    else if (kind === 'user') await changeWebApp(redis, client_id, undefined, event);
    else await apps.remove(client_id, event);
    return true;
  });
}

async function handle<T extends AuthorityClient | RegisteredClient>(
  { redis, graceMs, dryRun }: Parts,
  what: Drift['what'],
  clients: readonly T[],
  remove: (client: T) => Promise<boolean>,
): Promise<Drift[]> {
  const drifts: Drift[] = [];
  for (const client of clients) {
    const since = (await strayedSince(redis, client.client_id)) ?? redisNow();
    const isOver = redisNow() - since >= graceMs;
    if (!dryRun) await addStray(redis, client.client_id, since);
    const isRemoved = !dryRun && isOver && (await remove(client));
    drifts.push({ what, ...idsOf(client), done: !isOver ? 'waits' : isRemoved ? 'removed' : 'told' });
  }
  return drifts;
}
