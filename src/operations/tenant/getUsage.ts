import { instantOf, LAST_INSTANT } from '../../contract/instant.ts';
import type { components } from '../../contract/generated.ts';
import { percentile, periodsOf, type UsageFigures, type UsageQuery } from '../../events/read-usage.ts';
import { lengthMs, startOf } from '../../events/usage-periods.ts';
import { Problem } from '../../problem.ts';
import type { Operation } from '../operation.ts';
import { redisNow } from '../../redis/clock.ts';

/** Default and maximum number of periods. */
const USUAL = { hour: 24, day: 30 };
const MOST = { hour: 31 * 24, day: 400 };

export const getUsage: Operation<'getUsage', 'readUsage'> = async ({ principal, query: asked, services }) => {
  const { interval = 'hour', client_id } = asked;
  const before = asked.before === undefined ? redisNow() : instantOf(asked.before);
  const usual = Math.max(0, before - (USUAL[interval] - 1) * lengthMs[interval]);
  const from = asked.from === undefined ? usual : instantOf(asked.from);
  // The end of the last period is part of the answer, and must be a valid instant, too.
  if (startOf(interval, before) + lengthMs[interval] > LAST_INSTANT)
    wrong('/before', 'too_late', 'must end before the year 9999 does');
  const query: UsageQuery = { interval, from, before, clientId: client_id };
  const periods = Math.ceil((before - from) / lengthMs[interval]);
  if (periods < 1) {
    if (asked.from === undefined) wrong('/before', 'too_early', 'must be after 1970-01-01T00:00:00Z');
    wrong('/from', 'not_before', 'must be before `before`');
  }
  if (periods > MOST[interval])
    wrong('/from', 'too_long_ago', `must be within ${MOST[interval]} ${interval}s`);
  const { totals, clients, series } = await services.readUsage(principal.tenantId, query);
  const last = periodsOf(query).at(-1) ?? startOf(interval, from);
  return {
    status: 200,
    body: {
      interval,
      from: new Date(startOf(interval, from)).toISOString(),
      before: new Date(last + lengthMs[interval]).toISOString(),
      totals: present(totals),
      clients: clients.map(({ clientId, kind, figures }) => ({
        client_id: clientId,
        kind: kind as 'user' | 'tenant' | 'app',
        figures: present(figures),
      })),
      series: series.map(({ start, figures }) => ({
        start: new Date(start).toISOString(),
        figures: present(figures),
      })),
    },
  };
};

function wrong(pointer: string, code: string, message: string): never {
  throw new Problem('invalid_parameter', { errors: [{ in: 'query', pointer, code, message }] });
}

function present(figures: UsageFigures): components['schemas']['UsageFigures'] {
  const { requests, refusals, failures, relayCalls, rowsCreated, sumMs, maxMs } = figures;
  const percentiles = ([50, 95, 99] as const).flatMap((percent) => {
    const step = requests === 0 ? undefined : percentile(figures, percent);
    return step === undefined ? [] : [[`p${percent}_ms`, step] as const];
  });
  return {
    requests,
    refusals,
    failures,
    relay_calls: relayCalls,
    rows_created: rowsCreated,
    latency: {
      mean_ms: requests === 0 ? undefined : round(sumMs / requests),
      max_ms: requests === 0 ? undefined : round(maxMs),
      ...Object.fromEntries(percentiles),
    },
  };
}

const round = (ms: number): number => Math.round(ms * 10) / 10;
