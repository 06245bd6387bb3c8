/**
 * Change log of the registry. Every write adds an entry to a stream in the same transaction, and publishes a notification, which only
 * says that there are new entries. A process that missed the notification still reads the stream before its cache becomes stale.
 */
import type { ChainableCommander, Redis } from 'ioredis';
import { keys } from '../redis/keys.ts';

const KINDS = ['client', 'tenant', 'origin', 'decision', 'withdrawal', 'user'] as const;
export type ChangedKind = (typeof KINDS)[number];
export interface Change {
  kind: ChangedKind;
  id: string;
}

/** Approximate length of the stream; a process that is further behind clears its cache. */
export const KEPT_CHANGES = 10_000;
const PAGE = 1_000;

export function announce(writes: ChainableCommander, kind: ChangedKind, id: string): void {
  writes
    .xadd(keys.registryChanges, 'MAXLEN', '~', KEPT_CHANGES, '*', kind, id)
    .publish(keys.registryChanged, kind);
}

/** Adds an event to the outbox, in the same transaction as the change. @param event JSON text */
export function recordIn(writes: ChainableCommander, event: string): void {
  writes.xadd(keys.registryOutbox, '*', 'e', event);
}

export interface ChangeLog {
  /** Changes since the last call; `all` when unknown, as at the first call. */
  next(): Promise<Change[] | 'all'>;
}

export function openChangeLog(redis: Redis): ChangeLog {
  /** Id of the last entry read; undefined: none yet. */
  let last: string | undefined;

  async function startAnew(): Promise<'all'> {
    const [newest] = await redis.xrevrange(keys.registryChanges, '+', '-', 'COUNT', 1);
    last = newest?.[0] ?? '0-0';
    return 'all';
  }

  return {
    async next() {
      if (last === undefined) return startAnew();
      // Read the last entry again: if it was trimmed, unread entries may have been trimmed, too.
      const entries = await redis.xrange(keys.registryChanges, last, '+', 'COUNT', PAGE);
      const isComplete = last === '0-0' || entries[0]?.[0] === last;
      if (!isComplete || entries.length === PAGE) return startAnew();
      const unread = last === '0-0' ? entries : entries.slice(1);
      last = unread.at(-1)?.[0] ?? last;
      return unread.flatMap(([, [name, id]]) => {
        const kind = KINDS.find((one) => one === name);
        return kind === undefined || id === undefined ? [] : [{ kind, id }];
      });
    },
  };
}
