/** A tenant's usage per hour or day. */
import type { Redis } from 'ioredis';
import { latencyFields, LATENCY_STEPS_MS, lengthMs, startOf, type Interval } from './usage-periods.ts';
import { readClientPeriod, scanPeriod, type UsageField } from './usage-store.ts';

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

/** Periods that are read at once. */
const PERIODS_AT_ONCE = 4;

/** Reads in small parts, so that the process goes on answering others however much there is. */
export async function readUsage(redis: Redis, tenantId: string, query: UsageQuery): Promise<UsageReport> {
  const clients = new Map<string, { kind: string; figures: UsageFigures }>();
  const totals = none();
  const series = periodsOf(query).map((start) => ({ start, figures: none() }));
  const read = async ({ start, figures: inPeriod }: (typeof series)[number]) => {
    for await (const fields of partsOf(redis, tenantId, query, start))
      for (const [id, field, value] of fields) {
        let own = clients.get(id);
        if (!own) clients.set(id, (own = { kind: '', figures: none() }));
        if (field === 'kind') own.kind ||= value;
        else for (const sum of [own.figures, inPeriod, totals]) add(sum, field, Number(value));
      }
  };
  for (let at = 0; at < series.length; at += PERIODS_AT_ONCE)
    await Promise.all(series.slice(at, at + PERIODS_AT_ONCE).map(read));
  return {
    totals,
    clients: [...clients]
      .map(([id, own]) => ({ clientId: id, ...own }))
      .sort((a, b) => b.figures.requests - a.figures.requests || a.clientId.localeCompare(b.clientId)),
    series,
  };
}

async function* partsOf(
  redis: Redis,
  tenantId: string,
  { interval, clientId }: UsageQuery,
  start: number,
): AsyncGenerator<UsageField[]> {
  if (clientId === undefined) yield* scanPeriod(redis, tenantId, interval, start);
  else yield await readClientPeriod(redis, tenantId, { interval, start, clientId });
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

/** By its name in Redis. */
const SUMS = {
  requests: 'requests',
  refusals: 'refusals',
  failures: 'failures',
  relay_calls: 'relayCalls',
  rows_created: 'rowsCreated',
  ms: 'sumMs',
} as const;
const isSum = (field: string): field is keyof typeof SUMS => Object.hasOwn(SUMS, field);

function add(sum: UsageFigures, field: string, value: number): void {
  if (isSum(field)) sum[SUMS[field]] += value;
  else if (field === 'max_ms') sum.maxMs = Math.max(sum.maxMs, value);
  else {
    const step = latencyFields.indexOf(field);
    if (step !== -1) sum.steps[step] = (sum.steps[step] ?? 0) + value;
  }
}
