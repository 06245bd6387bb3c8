/**
 * How processes learn what changed in the registry. Every write adds to a stream in the same transaction; a message only says that
 * there is something to read. A process that missed the message reads the stream all the same, before its memory is too old.
 */
import type { ChainableCommander, Redis } from 'ioredis';
import { keys } from '../redis/keys.ts';

const KINDS = ['client', 'tenant', 'origin', 'decision', 'withdrawal', 'user'] as const;
export type ChangedKind = (typeof KINDS)[number];
export interface Change {
  kind: ChangedKind;
  id: string;
}

/** So many changes a process may be behind; further than that it forgets all it knew. */
export const KEPT_CHANGES = 10_000;
const PAGE = 1_000;

export function announce(writes: ChainableCommander, kind: ChangedKind, id: string): void {
  writes
    .xadd(keys.registryChanges, 'MAXLEN', '~', KEPT_CHANGES, '*', kind, id)
    .publish(keys.registryChanged, kind);
}

/** Puts an event on the outbox, in the same transaction as the change that it tells of. @param event as text */
export function recordIn(writes: ChainableCommander, event: string): void {
  writes.xadd(keys.registryOutbox, '*', 'e', event);
}

export interface ChangeLog {
  /** What changed since the last call; `all` when that cannot be told, as at the first call. */
  next(): Promise<Change[] | 'all'>;
}

export function openChangeLog(redis: Redis): ChangeLog {
  /** Of the last entry read; undefined: none yet. */
  let last: string | undefined;

  async function startAnew(): Promise<'all'> {
    const [newest] = await redis.xrevrange(keys.registryChanges, '+', '-', 'COUNT', 1);
    last = newest?.[0] ?? '0-0';
    return 'all';
  }

  return {
    async next() {
      if (last === undefined) return startAnew();
      // The last entry read is asked for again: when it is gone, others may be gone that were not read.
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
