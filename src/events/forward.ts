/** Moves events from the outboxes to the audit logs of their tenants, exactly once, even after a crash. */
import type { Redis } from 'ioredis';
import { announceRecorded, record, type OutboxEntry } from './audit-log.ts';
import type { ChainKeys } from './chain.ts';
import { NO_TENANT } from './event.ts';
import type { LogBound } from './log-bound.ts';
import { readOutbox, removeFromOutbox } from './outbox-store.ts';

const SOURCES = ['registry', 'events'] as const;

/** Batch size per outbox. */
const PAGE = 500;

/** @returns number moved; 0 when there was nothing to do */
export async function forwardEvents(redis: Redis, chain: ChainKeys, bound: LogBound): Promise<number> {
  const entries: OutboxEntry[] = [];
  for (const source of SOURCES) entries.push(...(await readOutbox(redis, source, PAGE)));
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
    await announceRecorded(redis, tenantId);
  }
  for (const source of SOURCES) {
    const done = entries.filter((entry) => entry.source === source).map(({ id }) => id);
    if (done.length > 0) await removeFromOutbox(redis, source, done);
  }
  return entries.length;
}
