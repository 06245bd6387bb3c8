/** What each tenant decided on an app for its users. */
import type { Redis } from 'ioredis';
import { keys } from '../redis/keys.ts';
import { announce, tellIn } from './changes.ts';

export interface AppDecision {
  access: 'allowed' | 'denied';
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

/** @param decision undefined: what it decided before is taken back. @param event that tells of it, as text */
export async function saveDecision(
  redis: Redis,
  tenantId: string,
  clientId: string,
  decision: AppDecision | undefined,
  event?: string,
): Promise<void> {
  const writes = redis.multi();
  if (decision) writes.hset(keys.appDecisions(clientId), tenantId, JSON.stringify(decision));
  else writes.hdel(keys.appDecisions(clientId), tenantId);
  writes.zadd(keys.appsOf(tenantId), 'NX', Date.now(), clientId);
  announce(writes, 'decision', decisionId(tenantId, clientId));
  if (event !== undefined) tellIn(writes, event);
  await writes.exec();
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

/** An app is not any more what it was when tenants let it in; who shut it out keeps it out. */
export async function forgetAllowances(redis: Redis, clientId: string): Promise<void> {
  const decisions = await redis.hgetall(keys.appDecisions(clientId));
  for (const [tenantId, text] of Object.entries(decisions))
    if ((JSON.parse(text) as AppDecision).access === 'allowed')
      await saveDecision(redis, tenantId, clientId, undefined);
}
