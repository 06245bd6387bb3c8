/**
 * Keeps each audit log within so many bytes. When it comes near, what changed nothing and anybody could repeat (refusals, and what nobody
 * of a tenant did) is not recorded any more, nor is each user of an import, so that nobody pushes history out by being refused, or by one
 * large import. What did change something is always
 * recorded; when the bound is reached by that, the oldest events go, as they go when their time is over. Both are events themselves.
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

/** From this share of the bound on refusals are left out. */
const NEARLY_FULL = 0.9;
/** What an event takes besides its own text: number, link, and its place in the stream. */
const ENTRY_BYTES = 200;
/** So much of a log goes at once, and no more events than can be read at once. */
const TRIMMED_SHARE = 0.02;
const MAX_TRIMMED = 1_000;
/** How often either is told again while it lasts. */
const TOLD_AGAIN_MS = 3_600_000;

export interface LogBound {
  /** Of those that are to be recorded: those that still may be. */
  admit(tenantId: string, entries: readonly OutboxEntry[]): Promise<readonly OutboxEntry[]>;
  /** Makes room, once they have been recorded. */
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
      if (left > 0) await tellSeldom(redis, tenantId, 'audit_log.full', left);
      return kept;
    },
    async trim(tenantId) {
      while ((await bytesOf(redis, tenantId)) >= maxBytes) {
        const length = await lengthOf(redis, tenantId);
        const count = Math.min(Math.ceil(length * TRIMMED_SHARE), MAX_TRIMMED);
        const oldest = await readLog(redis, tenantId, { from: '-', to: '+', count });
        const last = oldest.at(-1);
        // One event alone is never removed: the bound is far above that.
        if (!last || oldest.length === length) return;
        const gone = await trimUpTo(redis, chain, tenantId, last);
        await tellSeldom(redis, tenantId, 'audit_log.trimmed', gone);
      }
    },
  };
}

/** Once, and then once in a while, with how many it has been since. */
async function tellSeldom(redis: Redis, tenantId: string, type: string, count: number): Promise<void> {
  const { soFar, toldAt } = await countSince(redis, tenantId, type, count);
  if (redisNow() - toldAt < TOLD_AGAIN_MS) return;
  const of = tenantId === NO_TENANT ? undefined : tenantId;
  const event = systemEvent(type, of, tenantId, { count: soFar > 1 ? soFar : undefined });
  await startCount(redis, tenantId, type);
  await addEvent(redis, event);
}
