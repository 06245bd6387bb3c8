/**
 * Limits the size of each audit log. A log that is nearly full no longer records events that anybody could repeat
 * without changing anything (refusals and anonymous actions), nor each user of an import, so that nobody can push out
 * history by being refused, or by one large import. Changes are always recorded; when they reach the limit, the oldest
 * events are removed, as at the end of their retention. Both are recorded as events.
 */
import type { Redis } from 'ioredis';
import { redisNow } from '../redis/clock.ts';
import {
  bytesOf,
  countSince,
  lengthOf,
  readLog,
  startCount,
  trimUpTo,
  type OutboxEntry,
} from './audit-log.ts';
import type { ChainKeys } from './chain.ts';
import { isOfImportedUser, isRepeatable, NO_TENANT, systemEvent } from './event.ts';
import { addEvent } from './outbox-store.ts';

/** Share of the limit from which such events are dropped. */
const NEARLY_FULL = 0.9;
/** Size of an event beside its text: number, link, and its stream entry. */
const ENTRY_BYTES = 200;
/** Share of a log removed at a time, at most the events of one read. */
const TRIMMED_SHARE = 0.02;
const MAX_TRIMMED = 1_000;
/** Interval at which either is recorded again while it lasts. */
const RECORD_INTERVAL_MS = 3_600_000;

export interface LogBound {
  /** @returns the entries that may be recorded */
  admit(tenantId: string, entries: readonly OutboxEntry[]): Promise<readonly OutboxEntry[]>;
  /** Removes the oldest events, after recording. */
  trim(tenantId: string): Promise<void>;
}

export function createLogBound(redis: Redis, chain: ChainKeys, maxBytes: number): LogBound {
  return {
    async admit(tenantId, entries) {
      let room = NEARLY_FULL * maxBytes - (await bytesOf(redis, tenantId));
      const kept = entries.filter(({ event }) => {
        const isKept = room > 0 || !(isRepeatable(event) || isOfImportedUser(event));
        if (isKept) room -= JSON.stringify(event).length + ENTRY_BYTES;
        return isKept;
      });
      const left = entries.length - kept.length;
      if (left > 0) await recordOccasionally(redis, tenantId, 'audit_log.full', left);
      return kept;
    },
    async trim(tenantId) {
      while ((await bytesOf(redis, tenantId)) >= maxBytes) {
        const length = await lengthOf(redis, tenantId);
        const count = Math.min(Math.ceil(length * TRIMMED_SHARE), MAX_TRIMMED);
        const oldest = await readLog(redis, tenantId, { from: '-', to: '+', count });
        const last = oldest.at(-1);
        // The last event is never removed: the limit is far above one event.
        if (!last || oldest.length === length) return;
        const gone = await trimUpTo(redis, chain, tenantId, last);
        await recordOccasionally(redis, tenantId, 'audit_log.trimmed', gone);
      }
    },
  };
}

/** Records the event the first time and then once per interval, with the count since. */
async function recordOccasionally(
  redis: Redis,
  tenantId: string,
  type: string,
  count: number,
): Promise<void> {
  const { soFar, recordedAt } = await countSince(redis, tenantId, type, count);
  if (redisNow() - recordedAt < RECORD_INTERVAL_MS) return;
  const of = tenantId === NO_TENANT ? undefined : tenantId;
  const event = systemEvent(type, of, tenantId, { count: soFar > 1 ? soFar : undefined });
  await startCount(redis, tenantId, type);
  await addEvent(redis, event);
}
