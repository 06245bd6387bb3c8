/** What each tenant decided on an app for its users. */
import { createHash } from 'node:crypto';
import type { Redis } from 'ioredis';
import { redisNow } from '../redis/clock.ts';
import { keys } from '../redis/keys.ts';
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
  const text = await redis.hget(keys.appDecisions(clientId), tenantId);
  return text === null ? undefined : (JSON.parse(text) as AppDecision);
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

/** All decisions on one app. */
export interface ReadDecisions {
  byTenant: ReadonlyMap<string, AppDecision>;
  /** By which `change-app.lua` knows that they are still the same. */
  digest: string;
}

export async function readDecisions(redis: Redis, clientId: string): Promise<ReadDecisions> {
  const found = Object.entries(await redis.hgetall(keys.appDecisions(clientId)));
  return {
    byTenant: new Map(found.map(([tenantId, text]) => [tenantId, JSON.parse(text) as AppDecision])),
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
