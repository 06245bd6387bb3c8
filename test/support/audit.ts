/** What the audit logs hold, as the operator reads them. */
import type { components } from '../../src/contract/generated.ts';
import { CLOCK_TOLERANCE_MS } from '../../src/redis/clock.ts';
import { until } from './api-keys.ts';
import { operator } from './callers.ts';
import { call } from './client.ts';

export type AuditEvent = components['schemas']['AuditEvent'];

/** Of all tenants, oldest first. */
export async function auditEvents(query: Record<string, string> = {}): Promise<AuditEvent[]> {
  const parameters = new URLSearchParams({ order: 'oldest_first', ...query });
  const { status, body } = await call('GET', `/v1/audit-events?${parameters.toString()}`, {
    as: await operator(),
    headers: { accept: 'application/x-ndjson' },
  });
  if (status !== 200) throw new Error(`no events: ${status}`);
  const lines = (body as string).split('\n').filter((line) => line !== '');
  return lines.map((line) => JSON.parse(line) as AuditEvent);
}

/** A moment that lies after all that was done before, and before all that is done from now on, by every process's clock. */
export async function aMoment(): Promise<Date> {
  const moment = Date.now() + CLOCK_TOLERANCE_MS;
  await until(() => Date.now() > moment + CLOCK_TOLERANCE_MS);
  return new Date(moment);
}

/**
 * Waits until everything that was told before is recorded; then all of it since `from`. Logs are written one after the other: what was
 * told before a mark is there, in whichever log, when a mark is recorded that was told after that one.
 */
export async function eventsSince(from: Date): Promise<AuditEvent[]> {
  const first = await markRecorded(from);
  const { found, marks } = await markRecorded(from);
  const all = [...first.marks, ...marks];
  // The log is asked by when events were recorded: what happened before `from` may have been recorded after it.
  return found.filter(({ request_id = '', time }) => time >= from.toISOString() && !all.includes(request_id));
}

/** Has each process tell something, and waits until that is recorded. */
async function markRecorded(from: Date): Promise<{ found: AuditEvent[]; marks: string[] }> {
  const mark = (api: 0 | 1) => `mark-${api}-${Math.random().toString(36).slice(2, 10)}`;
  const marks = [mark(0), mark(1)];
  for (const [api, id] of marks.entries())
    await call('GET', '/v1/budget', { api: api as 0 | 1, headers: { 'x-request-id': id } });
  let found: AuditEvent[] = [];
  await until(async () => {
    found = await auditEvents({ from: from.toISOString() });
    return marks.every((id) => found.some(({ request_id }) => request_id === id));
  });
  return { found, marks };
}

/** By when they happened: what two processes, or two logs, tell of one moment is recorded in the order in which it arrives. */
export const byTime = (events: AuditEvent[]): AuditEvent[] =>
  [...events].sort((a, b) => Date.parse(a.time) - Date.parse(b.time));
