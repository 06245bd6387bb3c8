/** Moves events from the outboxes to the audit logs of their tenants. Whatever happens in between, each arrives once. */
import type { Redis } from 'ioredis';
import { keys } from '../redis/keys.ts';
import { record } from './audit-log.ts';
import type { OutboxEntry } from './audit-log.ts';
import type { ChainKeys } from './chain.ts';
import { NO_TENANT } from './event.ts';
import type { ToldEvent } from './event.ts';
import type { LogBound } from './log-bound.ts';

const outboxes = { registry: keys.registryOutbox, events: keys.outbox } as const;

/** So many of each outbox at once. */
const PAGE = 500;

/** @returns how many it moved: 0 when there was nothing to do */
export async function forwardEvents(redis: Redis, chain: ChainKeys, bound: LogBound): Promise<number> {
  const entries = [...(await readOutbox(redis, 'registry')), ...(await readOutbox(redis, 'events'))];
  if (entries.length === 0) return 0;
  const byTenant = new Map<string, OutboxEntry[]>();
  for (const entry of entries) {
    const tenantId = entry.event.tenant_id ?? NO_TENANT;
    byTenant.set(tenantId, [...(byTenant.get(tenantId) ?? []), entry]);
  }
  for (const [tenantId, own] of byTenant) {
    own.sort((a, b) => a.event.time.localeCompare(b.event.time));
    await record(redis, chain, tenantId, await bound.admit(tenantId, own));
    await bound.trim(tenantId);
    await redis.publish(keys.recorded, tenantId);
  }
  for (const [source, key] of Object.entries(outboxes)) {
    const done = entries.filter((entry) => entry.source === source).map(({ id }) => id);
    if (done.length > 0) await redis.xdel(key, ...done);
  }
  return entries.length;
}

async function readOutbox(redis: Redis, source: keyof typeof outboxes): Promise<OutboxEntry[]> {
  const found = await redis.xrange(outboxes[source], '-', '+', 'COUNT', PAGE);
  return found.map(([id, [, text]]) => ({ source, id, event: JSON.parse(text!) as ToldEvent }));
}
