/** Answers with events as a page, or with all of them as lines, depending on `Accept`. */
import { Readable } from 'node:stream';
import { instantOf } from '../../contract/instant.ts';
import type { EventFilters, ShownEvent } from '../../events/audit-logs.ts';
import type { LogPosition } from '../../events/merge-logs.ts';
import { nextCursor, openCursor } from '../cursor.ts';
import { nextPage } from '../next-page.ts';
import type { Call } from '../operation.ts';

const LINES = 'application/x-ndjson';
/** Batch size of an export. */
const EXPORT_PAGE = 500;

type EventsCall =
  Call<'listAuditEvents', 'auditLogs' | 'seal'> | Call<'listAllAuditEvents', 'auditLogs' | 'seal'>;

export async function answerEvents(
  { operationId, principal, query, accepted, services, signal }: EventsCall,
  tenantIds: readonly string[] | 'all',
  path: string,
) {
  const { limit = 50, cursor, order = 'newest_first' } = query;
  const filters = filtersOf(query);
  const newestFirst = order === 'newest_first';
  const listing = {
    seal: services.seal,
    operationId,
    principal,
    // The tenants whose events are listed.
    filters: { ...filters, order, of: tenantIds },
  };
  const after = openCursor<LogPosition>(listing, cursor);
  const read = (size: number, from: LogPosition | undefined) =>
    services.auditLogs.read(tenantIds, filters, { newestFirst, limit: size, after: from });
  if (accepted === LINES) {
    // Typed as in the contract; streamed while it is read, and never whole in memory.
    const body = Readable.from(lines((from) => read(EXPORT_PAGE, from), signal)) as unknown as string;
    return { status: 200 as const, body, type: LINES } as const;
  }
  const { events, next } = await read(limit, after);
  const next_cursor = nextCursor(listing, next);
  return {
    status: 200 as const,
    body: { events: events as (ShownEvent & { count?: number })[], next_cursor },
    headers: nextPage(path, { ...query, cursor: undefined }, next_cursor),
  };
}

async function* lines(
  read: (after: LogPosition | undefined) => Promise<{ events: ShownEvent[]; next: LogPosition | undefined }>,
  signal: AbortSignal,
): AsyncGenerator<string> {
  let after: LogPosition | undefined;
  do {
    const { events, next } = await read(after);
    if (events.length > 0) yield events.map((event) => `${JSON.stringify(event)}\n`).join('');
    after = next;
  } while (after && !signal.aborted);
}

function filtersOf(query: Call<'listAuditEvents'>['query']): EventFilters {
  const { from, before, type, principal_kind, client_id, user_id, operation, outcome, target } = query;
  return {
    from: from === undefined ? undefined : instantOf(from),
    before: before === undefined ? undefined : instantOf(before),
    type,
    operation,
    outcome,
    target,
    principalKind: principal_kind,
    clientId: client_id,
    userId: user_id,
  };
}
