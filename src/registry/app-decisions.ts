/** Relations of tenants and their users to apps, in Redis: decisions, consents, use. */
import { createHash } from 'node:crypto';
import type { Redis } from 'ioredis';
import { redisNow } from '../redis/clock.ts';
import { listAppPlaces, type AppPlace } from './app-places.ts';
import { keys } from '../redis/keys.ts';
import { APP_USERS_MS, MAX_APP_USERS } from '../redis/keys/apps.ts';
import { parseStored } from '../redis/replies.ts';
import { defineScript } from '../redis/scripts.ts';
import { announce, KEPT_CHANGES } from './changes.ts';
import type { AppIdentity } from './clients.ts';

export interface AppDecision {
  /** `lapsed`: it was allowed, but has since changed beyond what the decision covers. */
  access: 'allowed' | 'denied' | 'lapsed';
  /** Identity of the app when it was allowed; omitted in records from before this was stored. */
  on?: AppIdentity;
  /** ISO 8601. */
  lapsed_at?: string;
  decided_by: { kind: 'user' | 'tenant'; id: string };
  /** ISO 8601. */
  decided_at: string;
}

export const decisionId = (tenantId: string, clientId: string): string => `${tenantId} ${clientId}`;

/** @param id from `decisionId` */
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
 * @param app its entry as JSON text, as the tenant saw it
 * @param decision undefined: withdraw the previous decision
 * @param event JSON text
 * @returns false when the app has changed since
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

/** Apps related to a tenant: used by its users, vouched for by it, or decided on by it. Newest first. */
export const listAppsOf = (
  redis: Redis,
  tenantId: string,
  limit: number,
  after: AppPlace | undefined,
): Promise<AppPlace[]> => listAppPlaces(redis, keys.appsOf(tenantId), limit, after);

/** Removes apps that no longer exist from a tenant's list. */
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
  /** SHA-1 of all decisions; `change-app.lua` compares it to detect a change. */
  digest: string;
}

export async function readDecisions(redis: Redis, clientId: string): Promise<ReadDecisions> {
  const found = Object.entries(await redis.hgetall(keys.appDecisions(clientId)));
  return {
    byTenant: new Map(found.map(([tenantId, text]) => [tenantId, parseStored<AppDecision>(text)])),
    digest: createHash('sha1').update(found.flat().join('\n')).digest('hex'),
  };
}

/** Removes all decisions of a tenant that is being deleted, and its list of apps. */
export async function removeAppsOf(redis: Redis, tenantId: string): Promise<void> {
  const writes = redis.multi();
  for (const clientId of await redis.zrange(keys.appsOf(tenantId), '0', '-1')) {
    writes.hdel(keys.appDecisions(clientId), tenantId).del(keys.appUsers(tenantId, clientId));
    announce(writes, 'decision', decisionId(tenantId, clientId));
  }
  await writes.del(keys.appsOf(tenantId)).exec();
}

/** Times in ms since 1970; undefined: never used. */
export interface AppUse {
  last?: number;
  /** Latest expiry of the tokens that it presented. */
  until?: number;
}

/** Bound of a tenant's list: removed apps stay on it until it is read, and the oldest are dropped first. */
const MAX_APPS_OF_TENANT = 10_000;
const recordAppUse = defineScript({
  file: new URL('./record-app-use.lua', import.meta.url),
  keys: ['clients', 'use'],
  args: ['...used'],
});
const recordConsent = defineScript({
  file: new URL('./record-consent.lua', import.meta.url),
  keys: ['clients', 'users', 'outbox', 'ofTenant'],
  args: ['clientId', 'userId', 'event', 'now', 'keepMs', 'most'],
});

/** @param used for each app: client id, time of the last use, latest expiry of its tokens, ms since 1970 */
export async function addAppUse(redis: Redis, used: readonly (string | number)[]): Promise<void> {
  await recordAppUse(redis, { clients: keys.clients, use: keys.appUse, used });
}

/** Adds apps that users of these tenants have used to the tenants' lists. */
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

/**
 * Records a user's consent to an app, and that the app acts for the user.
 * @param person `personIn`. @param event JSON text, recorded only for the first use of the consent
 */
export async function addConsent(
  redis: Redis,
  { tenantId, clientId, person: userId }: { tenantId: string; clientId: string; person: string },
  event: string,
): Promise<void> {
  await recordConsent(redis, {
    clients: keys.clients,
    users: keys.consentedTo(clientId),
    outbox: keys.registryOutbox,
    ofTenant: keys.appUsers(tenantId, clientId),
    clientId,
    userId,
    event,
    now: redisNow(),
    keepMs: APP_USERS_MS,
    most: MAX_APP_USERS,
  });
}

/** @returns for how many of the tenant's users the app acted within `APP_USERS_MS` */
export const countAppUsers = (redis: Redis, tenantId: string, clientId: string): Promise<number> =>
  redis.zcount(keys.appUsers(tenantId, clientId), redisNow() - APP_USERS_MS, '+inf');

/** @param person `personIn`: whose consent is gone, so that the next one is recorded as an event again */
export async function removeConsent(redis: Redis, clientId: string, person: string): Promise<void> {
  await redis.srem(keys.consentedTo(clientId), person);
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
