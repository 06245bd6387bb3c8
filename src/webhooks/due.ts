/** What an endpoint is still to be told: events by their ids in the audit log's stream, each with when it is next tried. */
import type { Redis } from 'ioredis';
import { readStreamId } from '../events/audit-log.ts';
import { keys } from '../redis/keys.ts';
import type { Webhook, WebhookState } from './endpoint.ts';

const DIGITS = 6;

/** So that the order of the texts is that of the events within a millisecond. */
export function dueMember(streamId: string): string {
  const [ms, count] = readStreamId(streamId);
  return `${ms}-${String(count).padStart(DIGITS, '0')}`;
}

export function streamIdOf(member: string): string {
  const [ms, count] = readStreamId(member);
  return `${ms}-${count}`;
}

/** What may be sent now: of an ordered endpoint the oldest only. */
export async function takeDue(
  redis: Redis,
  { id, is_ordered }: Webhook,
  { retryAt }: WebhookState,
  count: number,
): Promise<string[]> {
  const key = keys.webhookDue(id);
  if (!is_ordered) return redis.zrangebyscore(key, '-inf', Date.now(), 'LIMIT', 0, count);
  return retryAt > Date.now() ? [] : redis.zrange(key, 0, 0);
}

/** When something is next due, ms since 1970; undefined: nothing is left. */
export async function nextDue(
  redis: Redis,
  { id, is_ordered }: Webhook,
  { retryAt }: WebhookState,
): Promise<number | undefined> {
  const [, score] = await redis.zrange(keys.webhookDue(id), 0, 0, 'WITHSCORES');
  if (score === undefined) return undefined;
  return is_ordered ? Math.max(retryAt, Number(score)) : Number(score);
}
