/** Takes events over from the audit logs: whatever is recorded and wanted by an endpoint becomes due there. */
import type { Redis } from 'ioredis';
import { readLog, readStreamId } from '../events/audit-log.ts';
import type { RecordedEvent } from '../events/audit-log.ts';
import { keys } from '../redis/keys.ts';
import { listWebhooks, readState } from './endpoint.ts';
import type { Webhook } from './endpoint.ts';
import { dueMember } from './due.ts';

const PAGE = 500;

/** The event by which a tenant has an endpoint tried: it goes to that one, whatever it chose to be told of. */
export const TEST_EVENT = 'webhook.tested';

/** @returns how many became due */
export async function dispatchEvents(redis: Redis): Promise<number> {
  let count = 0;
  for (const tenantId of await redis.smembers(keys.webhookTenants)) {
    const all = await listWebhooks(redis, tenantId);
    if (all.length === 0) await redis.srem(keys.webhookTenants, tenantId);
    for (const webhook of all) count += await takeOver(redis, webhook);
  }
  return count;
}

async function takeOver(redis: Redis, webhook: Webhook): Promise<number> {
  const { id, tenant_id } = webhook;
  const { cursor } = await readState(redis, id);
  const entries = await readLog(redis, tenant_id, { from: `(${cursor}`, to: '+', count: PAGE });
  const last = entries.at(-1);
  if (!last) return 0;
  const wanted = entries.filter(({ text }) => isWanted(webhook, JSON.parse(text) as RecordedEvent));
  const writes = redis.multi();
  // What comes while it is disabled is passed over; it can be replayed.
  if (webhook.status === 'enabled')
    for (const entry of wanted)
      writes.zadd(keys.webhookDue(id), 'NX', readStreamId(entry.id)[0], dueMember(entry.id));
  writes.hset(keys.webhookState(id), 'cursor', last.id);
  if (wanted.length > 0) writes.zadd(keys.webhooksDue, Date.now(), `${tenant_id} ${id}`);
  await writes.exec();
  return wanted.length;
}

function isWanted({ id, event_types }: Webhook, { type, target }: RecordedEvent): boolean {
  return type === TEST_EVENT ? target === id : event_types.includes(type);
}
