/** API keys as the registry keeps them. A key that is removed here is refused at once; its client at the authority goes later. */
import type { Redis } from 'ioredis';
import { Problem } from '../problem.ts';
import { redisNow } from '../redis/clock.ts';
import { keys } from '../redis/keys.ts';
import { parseStored } from '../redis/replies.ts';
import { defineScript } from '../redis/scripts.ts';
import { KEPT_CHANGES } from './changes.ts';
import type { RegisteredClient, ApiKeyClient } from './clients.ts';

/** Whatever it was before. */
export const ANY = '*';

export interface ApiKeyChange {
  clientId: string;
  /** As it was read: `text` of a `StoredApiKey`; '' when there must be none. */
  from: string;
  /** undefined: it is removed. */
  to: ApiKeyClient | undefined;
}

/** A key, and the text that it is stored as. */
export interface StoredApiKey {
  key: ApiKeyClient;
  text: string;
}

/** What must hold at the moment of a change, besides. */
export interface ChangeConditions {
  /** Events that tell of it, as text: written with it. */
  told?: readonly string[];
  /** How many keys the tenant may have afterwards, if they become more. Left out: as many as it likes. */
  limit?: number;
  /** The key that asks for the change: it must be as it was read, and its time not over. Left out: no key asks. */
  by?: StoredApiKey | undefined;
}

const changeKeys = defineScript({
  file: new URL('./change-api-keys.lua', import.meta.url),
  keys: ['clients', 'apiKeys', 'deadlines', 'use', 'leaving', 'changes', 'outbox', 'tenants'],
  args: ['now', 'channel', 'maxChanges', 'limit', 'by', 'byWas', 'eventCount', '...rest'],
});

/**
 * All or none, and with them the events that tell of it.
 * @returns false when one of them, or the key that asks for it, is not any more as it was read
 * @throws Problem `tenant_busy`: a new one, of a tenant that is gone or going; `api_key_limit_reached`; `beyond_own_bounds`: the key
 * that asks for it is gone, or its time is over
 */
export async function changeApiKeys(
  redis: Redis,
  tenantId: string,
  changes: readonly ApiKeyChange[],
  { told = [], limit = Infinity, by }: ChangeConditions = {},
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
    leaving: keys.leavingClients,
    changes: keys.registryChanges,
    outbox: keys.registryOutbox,
    tenants: keys.tenants,
    now: redisNow(),
    channel: keys.registryChanged,
    maxChanges: KEPT_CHANGES,
    limit: limit === Infinity ? '' : limit,
    by: by?.key.client_id ?? '',
    byWas: by?.text ?? '',
    eventCount: told.length,
    rest: [...told, ...changed],
  });
  if (done === 2) throw new Problem('api_key_limit_reached', { detail: `At most ${limit}.` });
  if (done === 3) throw new Problem('tenant_busy');
  if (done === 4)
    throw new Problem('beyond_own_bounds', { internal: 'the key that asks is gone, or its time is over' });
  return done === 1;
}

/** The change that enters a key that was not there. */
export function entryOf(key: ApiKeyClient): ApiKeyChange {
  return { clientId: key.client_id, from: '', to: key };
}

/** When it ends, ms since 1970: by itself, or because its successor took over. */
export function deadlineOf({ expires_at, retires_at }: ApiKeyClient): number | undefined {
  const ends = [expires_at, retires_at].flatMap((date) => (date === undefined ? [] : [Date.parse(date)]));
  return ends.length > 0 ? Math.min(...ends) : undefined;
}

/** @returns undefined when there is no such client, or it is no API key */
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

/** Those whose time is over count until the upkeep has removed them. */
export function countApiKeys(redis: Redis, tenantId: string): Promise<number> {
  return redis.scard(keys.apiKeysOf(tenantId));
}

/** Those whose time is over. */
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

/** @param used of each key: client id, uses more, time of the last one in ms */
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

/** When each key was used last, ms since 1970. */
export async function listLastUses(redis: Redis): Promise<number[]> {
  const use = await redis.hgetall(keys.apiKeyUse);
  return Object.entries(use).flatMap(([field, last]) => (field.endsWith(':last') ? [Number(last)] : []));
}

/** Counts an exchange of a key for a token. @param month `2031-01` @param seconds how long the token serves */
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
