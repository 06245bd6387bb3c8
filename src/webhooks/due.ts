/** What a webhook is still to be told: events by their ids in the audit log's stream, each with when it is next tried. */
import type { Redis } from 'ioredis';
import { readStreamId } from '../events/audit-log.ts';
import { keys } from '../redis/keys.ts';
import { loadScript } from '../redis/scripts.ts';
import { readState } from './webhook.ts';
import type { Webhook } from './webhook.ts';

const script = loadScript(new URL('./put-back.lua', import.meta.url));

const DIGITS = 6;

/** So that the order of the texts is that of the events within a millisecond. */
export function dueMember(streamId: string): string {
  const [ms, count] = readStreamId(streamId);
  return `${ms}-${String(count).padStart(DIGITS, '0')}`;
}

export function streamIdOf(member: string): string {
  return readStreamId(member).join('-');
}

/** Calls to one webhook at once. */
const AT_ONCE = 5;

/** What may be sent now: the oldest only where order is asked for, and one as a try where nothing has arrived lately. */
export async function takeDue(redis: Redis, { id, is_ordered }: Webhook): Promise<string[]> {
  const { failingSince, pausedUntil } = await readState(redis, id);
  if (pausedUntil > Date.now()) return [];
  const key = keys.webhookDue(id);
  if (is_ordered) return redis.zrange(key, '0', '0');
  const count = failingSince === undefined ? AT_ONCE : 1;
  return redis.zrangebyscore(key, '-inf', Date.now(), 'LIMIT', 0, count);
}

/** After its turn. */
export async function putBack(redis: Redis, tenantId: string, id: string): Promise<void> {
  const own = [keys.webhookState(id), keys.webhookDue(id)];
  await script.run(redis, [keys.webhooks(tenantId), keys.webhooksDue, ...own], [tenantId, id]);
}
