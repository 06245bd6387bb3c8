/** Reading audit logs: of one tenant, or of all of them merged, with filters, a page at a time. */
import type { Redis } from 'ioredis';
import { parseJson } from '../json.ts';
import type { Seal } from '../secrets/seal.ts';
import { compareIds, listAudited, readLog, readStreamId, type RecordedEvent } from './audit-log.ts';
import { NO_TENANT, placeOf } from './event.ts';

export interface EventFilters {
  /** When it was recorded, ms since 1970: from the first, before the second. */
  from?: number | undefined;
  before?: number | undefined;
  type?: string | undefined;
  principalKind?: string | undefined;
  clientId?: string | undefined;
  userId?: string | undefined;
  operation?: string | undefined;
  outcome?: string | undefined;
  target?: string | undefined;
}

/** What somebody is shown: without the key's name, with the address as it was. */
export type ShownEvent = Omit<RecordedEvent, 'key'>;

/** An event's place among all logs. */
export interface LogPosition {
  /** Its id in the stream. */
  id: string;
  tenantId: string;
}

export interface EventPage {
  events: ShownEvent[];
  /** Where to go on; undefined when all was looked through. */
  next: LogPosition | undefined;
}

export interface AuditLogs {
  /**
   * @param tenantIds `all`: of every tenant, and of none
   * @param limit at most so many; fewer, when very many were looked at in vain
   */
  read(
    tenantIds: readonly string[] | 'all',
    filters: EventFilters,
    page: { newestFirst: boolean; limit: number; after: LogPosition | undefined },
  ): Promise<EventPage>;
}

/** So many events are looked at for one page: with filters that fit few, its caller comes again. */
const LOOKED_AT = 5_000;
const AT_ONCE = 200;

interface Found extends LogPosition {
  event: RecordedEvent;
}

export function createAuditLogs(redis: Redis, seal: Seal): AuditLogs {
  function show({ key: _key, ...event }: RecordedEvent): ShownEvent {
    const { address, request_id } = event;
    if (address === undefined || request_id === undefined) return event;
    return { ...event, address: openOr(seal, address, placeOf(request_id)) };
  }

  async function next(
    tenantIds: readonly string[],
    { from = 0, before }: EventFilters,
    newestFirst: boolean,
    after: LogPosition | undefined,
  ): Promise<Found[]> {
    const pages = await Promise.all(
      tenantIds.map(async (tenantId) => {
        let [low, high] = [String(from), before === undefined ? '+' : `(${before}-0`];
        if (after) {
          // Of two recorded in one millisecond, the order of their tenants decides.
          const isPassed = newestFirst ? tenantId >= after.tenantId : tenantId <= after.tenantId;
          const bound = `${isPassed ? '(' : ''}${after.id}`;
          if (newestFirst) high = bound;
          else low = bound;
        }
        const entries = await readLog(redis, tenantId, { from: low, to: high, newestFirst, count: AT_ONCE });
        return entries.map(({ id, text }) => ({ id, tenantId, event: parseJson<RecordedEvent>(text) }));
      }),
    );
    const sign = newestFirst ? -1 : 1;
    return pages
      .flat()
      .sort(
        (a, b) =>
          sign * (compareIds(readStreamId(a.id), readStreamId(b.id)) || (a.tenantId < b.tenantId ? -1 : 1)),
      )
      .slice(0, AT_ONCE);
  }

  return {
    async read(tenantIds, filters, { newestFirst, limit, after }) {
      // Nothing was recorded before 1970, and Redis has no id before the first one.
      if (filters.before === 0) return { events: [], next: undefined };
      const logs = tenantIds === 'all' ? [...new Set([NO_TENANT, ...(await listAudited(redis))])] : tenantIds;
      const events: ShownEvent[] = [];
      let last = after;
      for (let looked = 0; looked < LOOKED_AT; looked += AT_ONCE) {
        const found = await next(logs, filters, newestFirst, last);
        for (const { id, tenantId, event } of found) {
          last = { id, tenantId };
          if (!fits(event, filters)) continue;
          events.push(show(event));
          if (events.length === limit) return { events, next: last };
        }
        if (found.length < AT_ONCE) return { events, next: undefined };
      }
      return { events, next: last };
    },
  };
}

function fits(event: RecordedEvent, filters: EventFilters): boolean {
  const { kind, client_id, user_id } = event.principal;
  const wanted: [string | undefined, string | undefined][] = [
    [filters.type, event.type],
    [filters.principalKind, kind],
    [filters.clientId, client_id],
    [filters.userId, user_id],
    [filters.operation, event.operation],
    [filters.outcome, event.outcome],
    [filters.target, event.target],
  ];
  return wanted.every(([value, own]) => value === undefined || value === own);
}

/** An event whose address cannot be read any more is still an event. */
function openOr(seal: Seal, sealed: string, place: string): string {
  try {
    return seal.open<string>(sealed, place);
  } catch {
    return 'unreadable';
  }
}
