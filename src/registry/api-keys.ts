/** API keys in the registry. A key that is removed here is refused immediately; its client at the authority is deleted later. */
import type { Redis } from 'ioredis';
import { Problem } from '../problem.ts';
import { redisNow } from '../redis/clock.ts';
import { keys } from '../redis/keys.ts';
import { parseStored } from '../redis/replies.ts';
import { defineScript } from '../redis/scripts.ts';
import { KEPT_CHANGES } from './changes.ts';
import type { RegisteredClient, ApiKeyClient } from './clients.ts';

/** Matches any previous value. */
export const ANY = '*';

export interface ApiKeyChange {
  clientId: string;
  /** Expected value: `text` of a `StoredApiKey`; '' if none may exist. */
  from: string;
  /** undefined: remove it. */
  to: ApiKeyClient | undefined;
}

/** A key, and its stored JSON text. */
export interface StoredApiKey {
  key: ApiKeyClient;
  text: string;
}

/** Events and further conditions of a change. */
export interface ChangeConditions {
  /** Events as JSON text, written in the same transaction. */
  events?: readonly string[];
  /** Maximum number of the tenant's keys after a change that adds some. Omitted: no limit. */
  limit?: number;
  /** The API key that requested the change: it must be unchanged since it was read, and not expired. Omitted: another kind of caller. */
  by?: StoredApiKey | undefined;
}

const changeKeys = defineScript({
  file: new URL('./change-api-keys.lua', import.meta.url),
  keys: ['clients', 'apiKeys', 'deadlines', 'use', 'toDelete', 'changes', 'outbox', 'tenants'],
  args: ['now', 'channel', 'maxChanges', 'limit', 'by', 'byWas', 'eventCount', '...rest'],
});

/**
 * Applies all changes or none, and records their events in the same transaction.
 * @returns false when one of them, or the requesting key, has changed since it was read
 * @throws Problem `tenant_busy`: a new key of a tenant that is deleted or being deleted; `api_key_limit_reached`; `beyond_own_bounds`:
 * the requesting key was deleted or has expired
 */
export async function changeApiKeys(
  redis: Redis,
  tenantId: string,
  changes: readonly ApiKeyChange[],
  { events = [], limit = Infinity, by }: ChangeConditions = {},
): Promise<boolean> {
  const changed = changes.flatMap(({ clientId, from, to }) => [
    clientId,
    from,
    to ? JSON.stringify(to) : '',
    to ? (deadlineOf(to) ?? '') : '',
  ]);
  const done = await changeKeys(redis, {
    clients: keys.clients,
    apiKeys: keys.apiKeysOf(tenantId),
    deadlines: keys.apiKeyDeadlines,
    use: keys.apiKeyUse,
    toDelete: keys.clientsToDelete,
    changes: keys.registryChanges,
    outbox: keys.registryOutbox,
    tenants: keys.tenants,
    now: redisNow(),
    channel: keys.registryChanged,
    maxChanges: KEPT_CHANGES,
    limit: limit === Infinity ? '' : limit,
    by: by?.key.client_id ?? '',
    byWas: by?.text ?? '',
    eventCount: events.length,
    rest: [...events, ...changed],
  });
  if (done === 2) throw new Problem('api_key_limit_reached', { detail: `At most ${limit}.` });
  if (done === 3) throw new Problem('tenant_busy');
  if (done === 4)
    throw new Problem('beyond_own_bounds', { internal: 'the requesting API key was deleted or has expired' });
  return done === 1;
}

/** The change that adds a new key. */
export function entryOf(key: ApiKeyClient): ApiKeyChange {
  return { clientId: key.client_id, from: '', to: key };
}

/** When it ends, ms since 1970: its expiry, or the end of its rotation's overlap. */
export function deadlineOf({ expires_at, retires_at }: ApiKeyClient): number | undefined {
  const ends = [expires_at, retires_at].flatMap((date) => (date === undefined ? [] : [Date.parse(date)]));
  return ends.length > 0 ? Math.min(...ends) : undefined;
}

/** @returns undefined when there is no such client, or it is not an API key */
export async function readApiKey(redis: Redis, clientId: string): Promise<StoredApiKey | undefined> {
  return toStored(await redis.hget(keys.clients, clientId));
}

/** Oldest first. */
export async function listApiKeys(redis: Redis, tenantId: string): Promise<ApiKeyClient[]> {
  const ids = await redis.smembers(keys.apiKeysOf(tenantId));
  if (ids.length === 0) return [];
  const found = await redis.hmget(keys.clients, ...ids);
  return found
    .flatMap((text) => toStored(text)?.key ?? [])
    .sort((a, b) => a.created_at.localeCompare(b.created_at) || a.client_id.localeCompare(b.client_id));
}

/** Includes expired keys that the upkeep has not removed yet. */
export function countApiKeys(redis: Redis, tenantId: string): Promise<number> {
  return redis.scard(keys.apiKeysOf(tenantId));
}

/** Client ids of expired keys, at most 100. @param now ms since 1970 */
export function listEndedApiKeys(redis: Redis, now: number): Promise<string[]> {
  return redis.zrangebyscore(keys.apiKeyDeadlines, '-inf', now, 'LIMIT', 0, 100);
}

/** How often a key was used, and when last. */
export interface ApiKeyUse {
  uses: number;
  /** ISO 8601. */
  last_used_at?: string;
}

const recordUse = defineScript({
  file: new URL('./record-use.lua', import.meta.url),
  keys: ['clients', 'use'],
  args: ['...used'],
});

/** @param used for each key: client id, additional uses, time of the last use in ms */
export async function addUse(redis: Redis, used: readonly (string | number)[]): Promise<void> {
  await recordUse(redis, { clients: keys.clients, use: keys.apiKeyUse, used });
}

export async function readUse(redis: Redis, clientIds: readonly string[]): Promise<Map<string, ApiKeyUse>> {
  if (clientIds.length === 0) return new Map();
  const fields = clientIds.flatMap((id) => [`${id}:uses`, `${id}:last`]);
  const values = await redis.hmget(keys.apiKeyUse, ...fields);
  return new Map(
    clientIds.map((id, index) => {
      const [uses, last] = [values[2 * index], values[2 * index + 1]];
      return [
        id,
        { uses: Number(uses ?? 0), last_used_at: last ? new Date(Number(last)).toISOString() : undefined },
      ];
    }),
  );
}

/** Last use of each key, ms since 1970. */
export async function listLastUses(redis: Redis): Promise<number[]> {
  const use = await redis.hgetall(keys.apiKeyUse);
  return Object.entries(use).flatMap(([field, last]) => (field.endsWith(':last') ? [Number(last)] : []));
}

/** Counts an exchange of a key for a token. @param month `2031-01` @param seconds lifetime of the token */
export async function addExchange(
  redis: Redis,
  month: string,
  seconds: number,
  keepMs: number,
): Promise<void> {
  const key = keys.exchanges(month);
  await redis.multi().hincrby(key, 'made', 1).hset(key, 'seconds', seconds).pexpire(key, keepMs).exec();
}

export async function readExchanges(
  redis: Redis,
  month: string,
): Promise<{ made: number; seconds: number | undefined }> {
  const { made = 0, seconds } = await redis.hgetall(keys.exchanges(month));
  return { made: Number(made), seconds: seconds === undefined ? undefined : Number(seconds) };
}

function toStored(text: string | null): StoredApiKey | undefined {
  const client = parseStored<RegisteredClient>(text);
  return text !== null && client?.kind === 'tenant' ? { key: client, text } : undefined;
}
