/**
 * Clients of any kind in Redis; single-page apps with their allowed origins; and state of the reconciliation with the authority. For API
 * keys and apps see also `api-keys.ts` and `apps.ts`.
 */
import type { Redis } from 'ioredis';
import { redisTimestamp } from '../redis/clock.ts';
import { keys } from '../redis/keys.ts';
import { parseStored, toPairs } from '../redis/replies.ts';
import { defineScript } from '../redis/scripts.ts';
import { ANY, changeApiKeys } from './api-keys.ts';
import { announce, KEPT_CHANGES, recordIn } from './changes.ts';
import type { RegisteredClient, SpaClient } from './clients.ts';

const changeWebAppScript = defineScript({
  file: new URL('./change-web-app.lua', import.meta.url),
  keys: ['clients', 'origins', 'changes', 'outbox'],
  args: ['id', 'becomes', 'channel', 'maxChanges', 'event'],
});
const SCAN_COUNT = 1_000;

export async function readClient(redis: Redis, clientId: string): Promise<RegisteredClient | undefined> {
  return parseStored<RegisteredClient>(await redis.hget(keys.clients, clientId));
}

/** @returns client ids of the apps with this origin, separated by spaces */
export async function readOrigin(redis: Redis, origin: string): Promise<string | undefined> {
  return (await redis.hget(keys.origins, origin)) ?? undefined;
}

export async function listClients(redis: Redis): Promise<RegisteredClient[]> {
  const texts = Object.values(await redis.hgetall(keys.clients));
  return texts.map((text) => parseStored<RegisteredClient>(text));
}

/** Stores a client of any kind, replacing any previous entry. @param event JSON text */
export async function saveClient(redis: Redis, client: RegisteredClient, event?: string): Promise<void> {
  if (client.kind === 'tenant') {
    const change = { clientId: client.client_id, from: ANY, to: client };
    await changeApiKeys(redis, client.tenant_id, [change], { events: event === undefined ? [] : [event] });
    return;
  }
  if (client.kind === 'user') return changeWebApp(redis, client.client_id, client, event);
  const writes = redis.multi().hset(keys.clients, client.client_id, JSON.stringify(client));
  announce(writes, 'client', client.client_id);
  if (event !== undefined) recordIn(writes, event);
  await writes.exec();
}

/**
 * Replaces any previous entry.
 * @param to undefined: remove it with its origins, except those of another app
 * @param event JSON text
 */
export async function changeWebApp(
  redis: Redis,
  clientId: string,
  to: SpaClient | undefined,
  event = '',
): Promise<void> {
  await changeWebAppScript(redis, {
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

export async function readWebApp(redis: Redis, clientId: string): Promise<SpaClient | undefined> {
  const client = await readClient(redis, clientId);
  return client?.kind === 'user' ? client : undefined;
}

/** Web apps of a tenant. Scans all clients, so it must not be used while handling a request. */
export async function findWebApps(redis: Redis, tenantId: string): Promise<SpaClient[]> {
  const found = new Map<string, SpaClient>();
  let cursor = '0';
  do {
    const [next, entries] = await redis.hscan(keys.clients, cursor, 'COUNT', SCAN_COUNT);
    for (const [, text] of toPairs(entries)) {
      const client = parseStored<RegisteredClient>(text);
      if (client.kind === 'user' && client.tenant_id === tenantId) found.set(client.client_id, client);
    }
    cursor = next;
  } while (cursor !== '0');
  return [...found.values()];
}

/** Whether the registry was lost with its Redis, or never created. */
export async function isRegistryLost(redis: Redis): Promise<boolean> {
  return (await redis.exists(keys.registryBorn)) === 0;
}

export async function markRegistryMade(redis: Redis): Promise<void> {
  await redis.set(keys.registryBorn, redisTimestamp());
}

/** Since when a client has existed on one side only, ms since 1970; undefined: not known to. */
export async function strayedSince(redis: Redis, clientId: string): Promise<number | undefined> {
  const since = await redis.zscore(keys.strayClients, clientId);
  return since === null ? undefined : Number(since);
}

export async function addStray(redis: Redis, clientId: string, since: number): Promise<void> {
  await redis.zadd(keys.strayClients, 'NX', since, clientId);
}

/** Removes all others: they exist on both sides again. */
export async function keepStrays(redis: Redis, clientIds: ReadonlySet<string>): Promise<void> {
  for (const id of await redis.zrange(keys.strayClients, '0', '-1'))
    if (!clientIds.has(id)) await redis.zrem(keys.strayClients, id);
}

/** Names of the differences from the authority that the last run reported. */
export async function listDrifts(redis: Redis): Promise<Set<string>> {
  return new Set(await redis.smembers(keys.reportedDrifts));
}

/** @param names names of the current differences @param events events for the new ones, as JSON text */
export async function saveDrifts(
  redis: Redis,
  names: readonly string[],
  events: readonly string[],
): Promise<void> {
  const writes = redis.multi();
  for (const event of events) recordIn(writes, event);
  writes.del(keys.reportedDrifts);
  if (names.length > 0) writes.sadd(keys.reportedDrifts, ...names);
  await writes.exec();
}
