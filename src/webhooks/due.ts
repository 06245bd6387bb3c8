/** What a webhook is still to be told: events by their ids in the audit log's stream, each with when it is next tried. */
import type { Redis } from 'ioredis';
import { compareIds, readLog, readStreamId } from '../events/audit-log.ts';
import { systemEvent } from '../events/event.ts';
import { redisNow } from '../redis/clock.ts';
import type { Webhook } from './webhook.ts';
import { dropDue, listDue, readState } from './webhook-store.ts';

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
export const skippedEvent = ({ tenant_id, id }: Webhook, count: number): string =>
  systemEvent('webhook.events_skipped', tenant_id, id, { count });

/** Of a script's arguments. */
const DROPPED_AT_ONCE = 1_000;

/** Forgets what is due and older than the audit log. */
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

/** Calls to one webhook at once. */
const AT_ONCE = 5;

/** What may be sent now: the oldest only where order is asked for, and one as a try where nothing has arrived lately. */
export async function takeDue(redis: Redis, { id, is_ordered }: Webhook): Promise<string[]> {
  const { failingSince, pausedUntil } = await readState(redis, id);
  if (pausedUntil > redisNow()) return [];
  if (is_ordered) return listDue(redis, id, '+inf', 1);
  return listDue(redis, id, redisNow(), failingSince === undefined ? AT_ONCE : 1);
}
