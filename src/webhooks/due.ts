/** What a webhook is still to be told: events by their ids in the audit log's stream, each with when it is next tried. */
import type { Redis } from 'ioredis';
import { compareIds, readLog, readStreamId } from '../events/audit-log.ts';
import { systemEvent } from '../events/event.ts';
import type { ToldEvent } from '../events/event.ts';
import { redisNow } from '../redis/clock.ts';
import { keys } from '../redis/keys.ts';
import { defineScript } from '../redis/scripts.ts';
import { readState } from './webhook.ts';
import type { Webhook } from './webhook.ts';

const putBackScript = defineScript({
  file: new URL('./put-back.lua', import.meta.url),
  keys: ['webhooks', 'allDue', 'state', 'due'],
  args: ['tenantId', 'id', 'notBefore'],
});
const dropDue = defineScript({
  file: new URL('./drop-due.lua', import.meta.url),
  keys: ['due', 'tries', 'outbox'],
  args: ['event', '...lost'],
});

const DIGITS = 6;

/** How many events a webhook may have due. Those behind them wait in the audit log, where they stand anyway. */
export const MAX_DUE = 10_000;

/** So that the order of the texts is that of the events within a millisecond. */
export function dueMember(streamId: string): string {
  const [ms, count] = readStreamId(streamId);
  return `${ms}-${String(count).padStart(DIGITS, '0')}`;
}

export function streamIdOf(member: string): string {
  return readStreamId(member).join('-');
}

/** A webhook was not told of so many events: they were gone from the audit log before it could be. */
export function skippedEvent({ tenant_id, id }: Webhook, count: number): string {
  const event = JSON.parse(systemEvent('webhook.events_skipped', tenant_id, id)) as ToldEvent;
  return JSON.stringify({ ...event, count });
}

/** Of a script's arguments. */
const DROPPED_AT_ONCE = 1_000;

/** Forgets what is due and older than the audit log. */
export async function dropLost(redis: Redis, webhook: Webhook): Promise<void> {
  const { id, tenant_id } = webhook;
  const [oldest] = await readLog(redis, tenant_id, { from: '-', to: '+', count: 1 });
  const begins = oldest && readStreamId(oldest.id);
  const due = await redis.zrange(keys.webhookDue(id), '0', '-1');
  const lost = due
    .filter((member) => !begins || compareIds(readStreamId(member), begins) < 0)
    .slice(0, DROPPED_AT_ONCE);
  if (lost.length === 0) return;
  await dropDue(redis, {
    due: keys.webhookDue(id),
    tries: keys.webhookTries(id),
    outbox: keys.registryOutbox,
    event: skippedEvent(webhook, lost.length),
    lost,
  });
}

/** Calls to one webhook at once. */
const AT_ONCE = 5;

/** What may be sent now: the oldest only where order is asked for, and one as a try where nothing has arrived lately. */
export async function takeDue(redis: Redis, { id, is_ordered }: Webhook): Promise<string[]> {
  const { failingSince, pausedUntil } = await readState(redis, id);
  if (pausedUntil > redisNow()) return [];
  const key = keys.webhookDue(id);
  if (is_ordered) return redis.zrange(key, '0', '0');
  const count = failingSince === undefined ? AT_ONCE : 1;
  return redis.zrangebyscore(key, '-inf', redisNow(), 'LIMIT', 0, count);
}

/** After its turn. @param notBefore when its host may be called again, ms since 1970 */
export async function putBack(redis: Redis, tenantId: string, id: string, notBefore: number): Promise<void> {
  await putBackScript(redis, {
    webhooks: keys.webhooks(tenantId),
    allDue: keys.webhooksDue,
    state: keys.webhookState(id),
    due: keys.webhookDue(id),
    tenantId,
    id,
    notBefore,
  });
}
