/** A tenant's usage per hour or day. */
import type { Redis } from 'ioredis';
import { latencyFields, LATENCY_STEPS_MS, lengthMs, startOf, type Interval } from './usage-periods.ts';
import { readPeriod } from './usage-store.ts';

export interface UsageFigures {
  requests: number;
  /** Answered 4xx. */
  refusals: number;
  /** Answered 5xx. */
  failures: number;
  relayCalls: number;
  rowsCreated: number;
  /** Sum over all requests, ms. */
  sumMs: number;
  maxMs: number;
  /** Number of requests per latency bucket; the last one is unbounded. */
  steps: number[];
}

export interface UsageReport {
  totals: UsageFigures;
  clients: { clientId: string; kind: string; figures: UsageFigures }[];
  series: { start: number; figures: UsageFigures }[];
}

export interface UsageQuery {
  interval: Interval;
  /** ms since 1970; the periods that contain both ends are included. */
  from: number;
  before: number;
  clientId: string | undefined;
}

export function periodsOf({ interval, from, before }: UsageQuery): number[] {
  const first = startOf(interval, from);
  const length = lengthMs[interval];
  return Array.from(
    { length: Math.max(0, Math.ceil((before - first) / length)) },
    (_, i) => first + i * length,
  );
}

export async function readUsage(redis: Redis, tenantId: string, query: UsageQuery): Promise<UsageReport> {
  const { interval, clientId } = query;
  const clients = new Map<string, { kind: string; figures: UsageFigures }>();
  const totals = none();
  const series: UsageReport['series'] = [];
  const periods = await Promise.all(
    periodsOf(query).map(async (start) => ({
      start,
      hash: await readPeriod(redis, tenantId, interval, start),
    })),
  );
  for (const { start, hash } of periods) {
    const inPeriod = none();
    for (const [id, fields] of byClient(hash)) {
      if (clientId !== undefined && id !== clientId) continue;
      const own = clients.get(id) ?? { kind: fields['kind'] ?? '', figures: none() };
      clients.set(id, own);
      for (const sum of [own.figures, inPeriod, totals]) add(sum, fields);
    }
    series.push({ start, figures: inPeriod });
  }
  return {
    totals,
    clients: [...clients]
      .map(([id, own]) => ({ clientId: id, ...own }))
      .sort((a, b) => b.figures.requests - a.figures.requests || a.clientId.localeCompare(b.clientId)),
    series,
  };
}

/** Upper bound of the bucket that holds the percentile, ms; undefined: in the last, unbounded bucket. */
export function percentile({ steps, requests }: UsageFigures, percent: number): number | undefined {
  let seen = 0;
  const wanted = (requests * percent) / 100;
  const step = steps.findIndex((count) => (seen += count) >= wanted);
  return LATENCY_STEPS_MS[step];
}

const none = (): UsageFigures => ({
  requests: 0,
  refusals: 0,
  failures: 0,
  relayCalls: 0,
  rowsCreated: 0,
  sumMs: 0,
  maxMs: 0,
  steps: latencyFields.map(() => 0),
});

function byClient(hash: Record<string, string>): Map<string, Record<string, string>> {
  const clients = new Map<string, Record<string, string>>();
  for (const [name, value] of Object.entries(hash)) {
    const [id = '', field = ''] = name.split(' ');
    clients.set(id, Object.assign(clients.get(id) ?? {}, { [field]: value }));
  }
  return clients;
}

function add(sum: UsageFigures, fields: Record<string, string>): void {
  const of = (field: string) => Number(fields[field] ?? 0);
  sum.requests += of('requests');
  sum.refusals += of('refusals');
  sum.failures += of('failures');
  sum.relayCalls += of('relay_calls');
  sum.rowsCreated += of('rows_created');
  sum.sumMs += of('ms');
  sum.maxMs = Math.max(sum.maxMs, of('max_ms'));
  sum.steps = latencyFields.map((field, i) => (sum.steps[i] ?? 0) + of(field));
}
