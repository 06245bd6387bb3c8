/** Clients that only one side knows: since when, and what is done about them when their grace time is over. */
import type { Redis } from 'ioredis';
import type { Management } from '../../src/auth0/management.ts';
import { redisNow } from '../../src/redis/clock.ts';
import { removeApiKey } from '../../src/registry/remove-api-key.ts';
import { idAtAuthority, type Apps } from '../../src/registry/apps.ts';
import type { RegisteredClient } from '../../src/registry/clients.ts';
import { addStray, changeWebApp, strayedSince } from '../../src/registry/client-store.ts';
import { listKnownTenantIds } from '../../src/registry/tenants.ts';
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
 * @param clients at the authority, and not in the registry. One of a tenant that nobody has heard of is only told of: whoever lost that
 *   tenant must not lose its keys with it
 */
export async function handleOrphans(parts: Parts, clients: readonly AuthorityClient[]): Promise<Drift[]> {
  const { redis, management } = parts;
  const known: Set<unknown> = await listKnownTenantIds(redis);
  const isKnown = ({ kind, client_metadata }: AuthorityClient) =>
    kind === 'app' || known.has(client_metadata['tenant_id']);
  const strangers = clients.filter((client) => !isKnown(client));
  return [
    // Not as one of that tenant: there is none, so it has no log.
    ...strangers.map(({ client_id }): Drift => ({ what: 'orphan_client', client_id, done: 'told' })),
    ...(await handle(parts, 'orphan_client', clients.filter(isKnown), async ({ client_id }) => {
      await deleteClientAndGrants(management, client_id);
      return true;
    })),
  ];
}

/** @param clients in the registry, and not at the authority */
export async function handleMissing(parts: Parts, clients: readonly RegisteredClient[]): Promise<Drift[]> {
  const { redis, apps, management } = parts;
  return handle(parts, 'missing_client', clients, async (client) => {
    // A list may be a moment old; the client itself is asked for before anybody is locked out.
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
