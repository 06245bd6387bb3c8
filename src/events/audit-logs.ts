/** Reads audit logs, of one tenant or of all merged, with filters, one page at a time. */
import type { Redis } from 'ioredis';
import { parseJson } from '../json.ts';
import type { Seal } from '../secrets/seal.ts';
import { compareIds, listAudited, readLog, readStreamId, type RecordedEvent } from './audit-log.ts';
import { NO_TENANT, placeOf } from './event.ts';

export interface EventFilters {
  /** Time recorded, ms since 1970: `from` inclusive, `before` exclusive. */
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

/** The event as readers get it: without the key id, with the address decrypted. */
export type ShownEvent = Omit<RecordedEvent, 'key'>;

/** Position in the merged logs. */
export interface LogPosition {
  /** Stream id. */
  id: string;
  tenantId: string;
}

export interface EventPage {
  events: ShownEvent[];
  /** Where to continue; undefined at the end. */
  next: LogPosition | undefined;
}

export interface AuditLogs {
  /**
   * @param tenantIds `all`: every tenant, and the log of no tenant
   * @param limit at most this many; fewer when many events did not match
   */
  read(
    tenantIds: readonly string[] | 'all',
    filters: EventFilters,
    page: { newestFirst: boolean; limit: number; after: LogPosition | undefined },
  ): Promise<EventPage>;
}

/** Events scanned per page: with filters that match few, the caller continues on the next page. */
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
          // Within one millisecond, the tenant ids decide the order.
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
      // No event predates 1970, and Redis has no stream id before the first.
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

/** An event whose address cannot be decrypted any more is still returned. */
function openOr(seal: Seal, sealed: string, place: string): string {
  try {
    return seal.open<string>(sealed, place);
  } catch {
    return 'unreadable';
  }
}
