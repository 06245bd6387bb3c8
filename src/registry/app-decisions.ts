/** What tenants and their users have to do with apps, in Redis: decisions, consents, use. */
import { createHash } from 'node:crypto';
import type { Redis } from 'ioredis';
import { redisNow } from '../redis/clock.ts';
import { keys } from '../redis/keys.ts';
import { parseStored } from '../redis/replies.ts';
import { defineScript } from '../redis/scripts.ts';
import { announce, KEPT_CHANGES } from './changes.ts';
import type { AppIdentity } from './clients.ts';

export interface AppDecision {
  /** `lapsed`: it was allowed, and has gone beyond what that was decided on. */
  access: 'allowed' | 'denied' | 'lapsed';
  /** What the app was when it was allowed; left out: decided before this was kept. */
  on?: AppIdentity;
  /** ISO 8601. */
  lapsed_at?: string;
  decided_by: { kind: 'user' | 'tenant'; id: string };
  /** ISO 8601. */
  decided_at: string;
}

export const decisionId = (tenantId: string, clientId: string): string => `${tenantId} ${clientId}`;

/** @param id of `decisionId` */
export async function readDecision(redis: Redis, id: string): Promise<AppDecision | undefined> {
  const [tenantId = '', clientId = ''] = id.split(' ');
  return parseStored<AppDecision>(await redis.hget(keys.appDecisions(clientId), tenantId));
}

const save = defineScript({
  file: new URL('./save-decision.lua', import.meta.url),
  keys: ['clients', 'decisions', 'appsOfTenant', 'changes', 'outbox'],
  args: ['channel', 'maxChanges', 'id', 'app', 'tenantId', 'decision', 'now', 'event'],
});

/**
 * @param app as text, as it was when the tenant decided
 * @param decision undefined: what it decided before is taken back
 * @param event that tells of it, as text
 * @returns false when the app has changed meanwhile
 */
export async function saveDecision(
  redis: Redis,
  tenantId: string,
  { clientId, text }: { clientId: string; text: string },
  decision: AppDecision | undefined,
  event: string,
): Promise<boolean> {
  const saved = await save(redis, {
    clients: keys.clients,
    decisions: keys.appDecisions(clientId),
    appsOfTenant: keys.appsOf(tenantId),
    changes: keys.registryChanges,
    outbox: keys.registryOutbox,
    channel: keys.registryChanged,
    maxChanges: KEPT_CHANGES,
    id: clientId,
    app: text,
    tenantId,
    decision: decision ? JSON.stringify(decision) : '',
    now: redisNow(),
    event,
  });
  return saved === 1;
}

/** Whether some tenant has allowed it. */
export async function isAllowed(redis: Redis, clientId: string): Promise<boolean> {
  const decisions = await redis.hvals(keys.appDecisions(clientId));
  return decisions.some((text) => parseStored<AppDecision>(text).access === 'allowed');
}

/** Apps that concern a tenant: its users came with them, or it vouched for them or decided on them. Newest first. */
export const listAppIdsOf = (redis: Redis, tenantId: string): Promise<string[]> =>
  redis.zrevrange(keys.appsOf(tenantId), 0, -1);

/** They are gone. */
export async function removeAppIdsOf(
  redis: Redis,
  tenantId: string,
  clientIds: readonly string[],
): Promise<void> {
  await redis.zrem(keys.appsOf(tenantId), ...clientIds);
}

/** All decisions on one app. */
export interface ReadDecisions {
  byTenant: ReadonlyMap<string, AppDecision>;
  /** By which `change-app.lua` knows that they are still the same. */
  digest: string;
}

export async function readDecisions(redis: Redis, clientId: string): Promise<ReadDecisions> {
  const found = Object.entries(await redis.hgetall(keys.appDecisions(clientId)));
  return {
    byTenant: new Map(found.map(([tenantId, text]) => [tenantId, parseStored<AppDecision>(text)])),
    digest: createHash('sha1').update(found.flat().join('\n')).digest('hex'),
  };
}

/** All that a tenant decided, and which apps concern it: the tenant goes. */
export async function forgetAppsOf(redis: Redis, tenantId: string): Promise<void> {
  const writes = redis.multi();
  for (const clientId of await redis.zrange(keys.appsOf(tenantId), '0', '-1')) {
    writes.hdel(keys.appDecisions(clientId), tenantId);
    announce(writes, 'decision', decisionId(tenantId, clientId));
  }
  await writes.del(keys.appsOf(tenantId)).exec();
}

/** Times in ms since 1970; undefined: it was never used. */
export interface AppUse {
  last?: number;
  /** When the last of the tokens that it came with ends. */
  until?: number;
}

/** Apps that were removed stay on the list of a tenant until somebody reads it; the oldest go before that. */
const MAX_APPS_OF_TENANT = 10_000;
const recordAppUse = defineScript({
  file: new URL('./record-app-use.lua', import.meta.url),
  keys: ['clients', 'use'],
  args: ['...used'],
});
const recordConsent = defineScript({
  file: new URL('./record-consent.lua', import.meta.url),
  keys: ['clients', 'users', 'outbox'],
  args: ['clientId', 'userId', 'event'],
});

/** @param used of each app: client id, time of the last use, end of its longest-lived token, ms since 1970 */
export async function addAppUse(redis: Redis, used: readonly (string | number)[]): Promise<void> {
  await recordAppUse(redis, { clients: keys.clients, use: keys.appUse, used });
}

/** Users of these tenants came with these apps. */
export async function addAppsOf(
  redis: Redis,
  notes: readonly (readonly [tenantId: string, clientId: string])[],
): Promise<void> {
  const writes = redis.multi();
  for (const [tenantId, clientId] of notes)
    writes
      .zadd(keys.appsOf(tenantId), 'NX', redisNow(), clientId)
      .zremrangebyrank(keys.appsOf(tenantId), 0, -(MAX_APPS_OF_TENANT + 1));
  await writes.exec();
}

/** A user has let an app in. @param event tells of it, if none has */
export async function addConsent(
  redis: Redis,
  clientId: string,
  userId: string,
  event: string,
): Promise<void> {
  await recordConsent(redis, {
    clients: keys.clients,
    users: keys.consentedTo(clientId),
    outbox: keys.registryOutbox,
    clientId,
    userId,
    event,
  });
}

export async function readAppUse(redis: Redis, clientIds: readonly string[]): Promise<Map<string, AppUse>> {
  if (clientIds.length === 0) return new Map();
  const values = await redis.hmget(keys.appUse, ...clientIds.flatMap((id) => [`${id}:last`, `${id}:until`]));
  return new Map(
    clientIds.map((id, index) => {
      const [last, until] = [values[2 * index], values[2 * index + 1]];
      return [id, { last: last ? Number(last) : undefined, until: until ? Number(until) : undefined }];
    }),
  );
}
