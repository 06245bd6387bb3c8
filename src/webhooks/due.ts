/** Pending events of a webhook: their ids in the audit log's stream, each with the time of its next attempt. */
import type { Redis } from 'ioredis';
import { compareIds, readLog, readStreamId } from '../events/audit-log.ts';
import { systemEvent } from '../events/event.ts';
import { redisNow } from '../redis/clock.ts';
import type { Webhook } from './webhook.ts';
import { dropDue, listDue, readState } from './webhook-store.ts';

const DIGITS = 6;

/** Maximum number of pending events of a webhook. Later ones wait in the audit log. */
export const MAX_DUE = 10_000;

/** Zero-padded, so that lexicographic order equals event order within a millisecond. */
export function dueMember(streamId: string): string {
  const [ms, count] = readStreamId(streamId);
  return `${ms}-${String(count).padStart(DIGITS, '0')}`;
}

export function streamIdOf(member: string): string {
  return readStreamId(member).join('-');
}

/** Event that reports events the webhook never got because they left the audit log first. */
export const skippedEvent = ({ tenant_id, id }: Webhook, count: number): string =>
  systemEvent('webhook.events_skipped', tenant_id, id, { count });

/** Arguments per script call. */
const DROPPED_AT_ONCE = 1_000;

/** Removes pending events that have left the audit log. */
export async function dropLost(redis: Redis, webhook: Webhook): Promise<void> {
  const { id, tenant_id } = webhook;
  const [oldest] = await readLog(redis, tenant_id, { from: '-', to: '+', count: 1 });
  const begins = oldest && readStreamId(oldest.id);
  const due = await listDue(redis, id);
  const lost = due
    .filter((member) => !begins || compareIds(readStreamId(member), begins) < 0)
    .slice(0, DROPPED_AT_ONCE);
  if (lost.length === 0) return;
  await dropDue(redis, webhook, skippedEvent(webhook, lost.length), lost);
}

/** Concurrent requests to one webhook. */
const AT_ONCE = 5;

/** Events to send now: only the oldest with ordered delivery, and a single probe while deliveries have been failing. */
export async function takeDue(redis: Redis, { id, is_ordered }: Webhook): Promise<string[]> {
  const { failingSince, pausedUntil } = await readState(redis, id);
  if (pausedUntil > redisNow()) return [];
  if (is_ordered) return listDue(redis, id, '+inf', 1);
  return listDue(redis, id, redisNow(), failingSince === undefined ? AT_ONCE : 1);
}
