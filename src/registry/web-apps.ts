/** Single-page apps of tenants as the registry keeps them, and the origins that their pages come from. */
import type { Redis } from 'ioredis';
import { keys } from '../redis/keys.ts';
import { defineScript } from '../redis/scripts.ts';
import { KEPT_CHANGES } from './changes.ts';
import { readClient } from './clients.ts';
import type { RegisteredClient, UserClient } from './clients.ts';

const change = defineScript({
  file: new URL('./change-web-app.lua', import.meta.url),
  keys: ['clients', 'origins', 'changes', 'outbox'],
  args: ['id', 'becomes', 'channel', 'maxChanges', 'event'],
});
const SCAN_COUNT = 1_000;

/**
 * Whatever it was before.
 * @param to undefined: it goes, and its origins with it, but for those that another app has too
 * @param event that tells of it, as text
 */
export async function changeWebApp(
  redis: Redis,
  clientId: string,
  to: UserClient | undefined,
  event = '',
): Promise<void> {
  await change(redis, {
    clients: keys.clients,
    origins: keys.origins,
    changes: keys.registryChanges,
    outbox: keys.registryOutbox,
    id: clientId,
    becomes: to ? JSON.stringify(to) : '',
    channel: keys.registryChanged,
    maxChanges: KEPT_CHANGES,
    event,
  });
}

export async function readWebApp(redis: Redis, clientId: string): Promise<UserClient | undefined> {
  const client = await readClient(redis, clientId);
  return client?.kind === 'user' ? client : undefined;
}

/** All of a tenant. Looks through every client, so not for a request's path. */
export async function findWebApps(redis: Redis, tenantId: string): Promise<UserClient[]> {
  const found = new Map<string, UserClient>();
  let cursor = '0';
  do {
    const [next, entries] = await redis.hscan(keys.clients, cursor, 'COUNT', SCAN_COUNT);
    for (let i = 1; i < entries.length; i += 2) {
      const client = JSON.parse(entries[i]!) as RegisteredClient;
      if (client.kind === 'user' && client.tenant_id === tenantId) found.set(client.client_id, client);
    }
    cursor = next;
  } while (cursor !== '0');
  return [...found.values()];
}
