/** Reads audit logs, of one tenant or of all merged, with filters, one page at a time. */
import type { Redis } from 'ioredis';
import { parseJson } from '../json.ts';
import { nextTurn } from '../next-turn.ts';
import type { Seal } from '../secrets/seal.ts';
import { listAudited, type RecordedEvent } from './audit-log.ts';
import { NO_TENANT, placeOf } from './event.ts';
import { mergeLogs, type LogPosition } from './merge-logs.ts';

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
/** After how many of them others have their turn. */
const AT_ONCE = 200;

export function createAuditLogs(redis: Redis, seal: Seal): AuditLogs {
  function show({ key: _key, ...event }: RecordedEvent): ShownEvent {
    const { address, request_id } = event;
    if (address === undefined || request_id === undefined) return event;
    return { ...event, address: openOr(seal, address, placeOf(request_id)) };
  }

  return {
    async read(tenantIds, filters, { newestFirst, limit, after }) {
      // No event predates 1970, and Redis has no stream id before the first.
      if (filters.before === 0) return { events: [], next: undefined };
      const logs = tenantIds === 'all' ? [...new Set([NO_TENANT, ...(await listAudited(redis))])] : tenantIds;
      const events: ShownEvent[] = [];
      const range = { from: filters.from ?? 0, before: filters.before, newestFirst, after };
      let looked = 0;
      for await (const { id, tenantId, text } of mergeLogs(redis, logs, range)) {
        const event = parseJson<RecordedEvent>(text);
        if (fits(event, filters)) events.push(show(event));
        looked += 1;
        if (events.length === limit || looked === LOOKED_AT) return { events, next: { id, tenantId } };
        if (looked % AT_ONCE === 0) await nextTurn();
      }
      return { events, next: undefined };
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
