/**
 * What each API key, app and single-page app used. Counted in memory and written once a second, so that a request pays nothing for it;
 * a process that is killed loses at most its last second. Each second's counts are written once, however often they are sent.
 */
import { randomUUID } from 'node:crypto';
import type { Redis } from 'ioredis';
import { redisNow } from '../redis/clock.ts';
import { AN_HOUR_MS, latencyField } from './usage-periods.ts';
import { addUsage, type UsageBatch } from './usage-store.ts';

/** On whose account something goes. */
export interface UsedBy {
  tenantId: string;
  kind: string;
  clientId: string;
}

export interface UsageCounter {
  request(by: UsedBy, status: number, ms: number): void;
  relayCall(by: UsedBy): void;
  rowsCreated(by: UsedBy, rows: number): void;
  /** Writes what was counted, and stops. */
  close(): Promise<void>;
}

interface Counts {
  kind: string;
  maxMs: number;
  /** By field. */
  sums: Map<string, number>;
}

const WRITE_MS = 1_000;
/** While Redis is away; what comes then is lost, and that is logged. */
const MAX_WAITING = 10_000;

export function createUsageCounter(redis: Redis, onLoss: (error: unknown) => void): UsageCounter {
  const processId = randomUUID();
  /** By tenant and client. */
  let counted = new Map<string, Map<string, Counts>>();
  let hourEndsAt = hourAfter(redisNow());
  let waiting: UsageBatch[] = [];
  let number = 0;
  let writing = Promise.resolve();

  function countsOf({ tenantId, clientId, kind }: UsedBy): Counts {
    if (redisNow() >= hourEndsAt) turnOver();
    let clients = counted.get(tenantId);
    if (!clients) counted.set(tenantId, (clients = new Map<string, Counts>()));
    let counts = clients.get(clientId);
    if (!counts) clients.set(clientId, (counts = { kind, maxMs: 0, sums: new Map() }));
    return counts;
  }

  const add = ({ sums }: Counts, field: string, by: number) => sums.set(field, (sums.get(field) ?? 0) + by);

  /** What was counted so far belongs to the hour that ends or goes on now. */
  function turnOver(): void {
    const time = hourEndsAt - 1;
    for (const [tenantId, clients] of counted) {
      number += 1;
      const counts = [...clients].flatMap(([clientId, { kind, maxMs, sums }]) => [
        clientId,
        kind,
        maxMs,
        sums.size,
        ...[...sums].flat(),
      ]);
      waiting.push({ number, tenantId, time, counts });
    }
    counted = new Map();
    hourEndsAt = hourAfter(redisNow());
  }

  async function write(): Promise<void> {
    turnOver();
    while (waiting.length > 0) {
      try {
        await addUsage(redis, processId, waiting[0]!);
        waiting.shift();
      } catch (error) {
        // The same batch with the same number, the next time: it may have arrived.
        if (waiting.length > MAX_WAITING) onLoss(error);
        waiting = waiting.slice(0, MAX_WAITING);
        return;
      }
    }
  }

  const timer = setInterval(() => void (writing = writing.then(write)), WRITE_MS).unref();
  return {
    request(by, status, ms) {
      const counts = countsOf(by);
      add(counts, 'requests', 1);
      if (status >= 500) add(counts, 'failures', 1);
      else if (status >= 400) add(counts, 'refusals', 1);
      add(counts, 'ms', Math.round(ms * 1000) / 1000);
      add(counts, latencyField(ms), 1);
      if (ms > counts.maxMs) counts.maxMs = ms;
    },
    relayCall: (by) => void add(countsOf(by), 'relay_calls', 1),
    rowsCreated: (by, rows) => void add(countsOf(by), 'rows_created', rows),
    async close() {
      clearInterval(timer);
      await writing;
      await write();
      if (waiting.length > 0) onLoss(new Error('usage not written'));
    },
  };
}

const hourAfter = (time: number): number => (Math.floor(time / AN_HOUR_MS) + 1) * AN_HOUR_MS;
