/** API keys as the registry keeps them. A key that is removed here is refused at once; its client at the authority goes later. */
import type { Redis } from 'ioredis';
import { Problem } from '../problem.ts';
import { keys } from '../redis/keys.ts';
import { loadScript } from '../redis/scripts.ts';
import { KEPT_CHANGES } from './changes.ts';
import type { RegisteredClient, TenantClient } from './clients.ts';

/** Whatever it was before. */
export const ANY = '*';

export interface ApiKeyChange {
  clientId: string;
  /** As it was read: `text` of a `StoredApiKey`; '' when there must be none. */
  from: string;
  /** undefined: it is removed. */
  to: TenantClient | undefined;
}

/** A key, and the text that it is stored as. */
export interface StoredApiKey {
  key: TenantClient;
  text: string;
}

const script = loadScript(new URL('./change-api-keys.lua', import.meta.url));

/**
 * All or none, and with them the events that tell of it.
 * @returns false when one of them is not any more as it was read
 * @throws Problem `tenant_busy`: a new one, of a tenant that is gone or going
 */
export async function changeApiKeys(
  redis: Redis,
  tenantId: string,
  changes: readonly ApiKeyChange[],
  told: readonly string[] = [],
): Promise<boolean> {
  return (await change(redis, tenantId, changes, '', told)) === 1;
}

/**
 * Enters a new key, unless the tenant has `limit` of them already (`Infinity`: as many as it likes): counted and entered in one.
 * @returns whether it was entered
 * @throws Problem `tenant_busy`
 */
export async function addApiKey(redis: Redis, key: TenantClient, limit: number): Promise<boolean> {
  const changes = [{ clientId: key.client_id, from: '', to: key }];
  return (await change(redis, key.tenant_id, changes, limit === Infinity ? '' : limit, [])) === 1;
}

async function change(
  redis: Redis,
  tenantId: string,
  changes: readonly ApiKeyChange[],
  limit: number | '',
  told: readonly string[],
): Promise<unknown> {
  const { clients, apiKeysOf, apiKeyDeadlines, apiKeyUse, leavingClients, registryChanges } = keys;
  const { registryOutbox, tenants } = keys;
  const done = await script.run(
    redis,
    [
      ...[clients, apiKeysOf(tenantId), apiKeyDeadlines, apiKeyUse, leavingClients],
      ...[registryChanges, registryOutbox, tenants],
    ],
    [
      Date.now(),
      keys.registryChanged,
      KEPT_CHANGES,
      limit,
      told.length,
      ...told,
      ...changes.flatMap(({ clientId, from, to }) => [
        clientId,
        from,
        to ? JSON.stringify(to) : '',
        to ? (deadlineOf(to) ?? '') : '',
      ]),
    ],
  );
  if (done === 3) throw new Problem('tenant_busy');
  return done;
}

/** When it ends, ms since 1970: by itself, or because its successor took over. */
export function deadlineOf({ expires_at, retires_at }: TenantClient): number | undefined {
  const ends = [expires_at, retires_at].flatMap((date) => (date === undefined ? [] : [Date.parse(date)]));
  return ends.length > 0 ? Math.min(...ends) : undefined;
}

/** @returns undefined when there is no such client, or it is no API key */
export async function readApiKey(redis: Redis, clientId: string): Promise<StoredApiKey | undefined> {
  return toStored(await redis.hget(keys.clients, clientId));
}

/** Oldest first. */
export async function listApiKeys(redis: Redis, tenantId: string): Promise<TenantClient[]> {
  const ids = await redis.smembers(keys.apiKeysOf(tenantId));
  if (ids.length === 0) return [];
  const found = await redis.hmget(keys.clients, ...ids);
  return found
    .flatMap((text) => toStored(text)?.key ?? [])
    .sort((a, b) => a.created_at.localeCompare(b.created_at) || a.client_id.localeCompare(b.client_id));
}

export function countApiKeys(redis: Redis, tenantId: string): Promise<number> {
  return redis.scard(keys.apiKeysOf(tenantId));
}

/** Those whose time is over. */
export function listEndedApiKeys(redis: Redis, now: number): Promise<string[]> {
  return redis.zrangebyscore(keys.apiKeyDeadlines, '-inf', now, 'LIMIT', 0, 100);
}

/**
 * Ends a key, and with it its part in a rotation.
 * @param tell the event that tells of it, as text
 * @returns false when it is gone already
 */
export async function removeApiKey(
  redis: Redis,
  clientId: string,
  tell?: (key: TenantClient) => string,
): Promise<boolean> {
  for (;;) {
    const stored = await readApiKey(redis, clientId);
    if (!stored) return false;
    const { key, text } = stored;
    const changes: ApiKeyChange[] = [{ clientId, from: text, to: undefined }];
    const other = key.replaces ?? key.replaced_by;
    const partner = other === undefined ? undefined : await readApiKey(redis, other);
    if (partner) changes.push({ clientId: other!, from: partner.text, to: alone(partner.key) });
    const told = tell ? [tell(key)] : [];
    if (await changeApiKeys(redis, key.tenant_id, changes, told)) return true;
  }
}

/** The key as it is outside of a rotation. */
export function alone(key: TenantClient): TenantClient {
  const { replaces: _old, replaced_by: _new, retires_at: _end, ...rest } = key;
  return rest;
}

function toStored(text: string | null): StoredApiKey | undefined {
  if (text === null) return undefined;
  const client = JSON.parse(text) as RegisteredClient;
  return client.kind === 'tenant' ? { key: client, text } : undefined;
}
