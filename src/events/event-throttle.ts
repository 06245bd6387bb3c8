/**
 * Throttles frequent events: the same refusal of the same caller, or the same anonymous action, is recorded
 * individually at first, then as one event per interval, with a count. Otherwise anybody could fill the audit log, even
 * without a credential.
 */
import { LRUCache } from 'lru-cache';
import type { EmittedEvent } from './event.ts';

/** Number recorded individually, and again after a pause. */
const ONE_BY_ONE = 20;
/** Then one event per interval. */
const EVERY_MS = 10_000;
/** With more distinct kinds than this, some are recorded individually again. */
const MAX_KINDS = 10_000;

interface Kind {
  /** Remaining individual events. */
  left: number;
  /** When `left` was last increased. */
  at: number;
}

export interface EventThrottle {
  /** @returns whether to record it individually; if not, a later event counts it */
  passes(event: EmittedEvent): boolean;
  /** Summaries whose interval is over; at shutdown, all. */
  due(all: boolean): EmittedEvent[];
}

export function createEventThrottle(now: () => number = Date.now): EventThrottle {
  const kinds = new LRUCache<string, Kind>({ max: MAX_KINDS });
  /** First event of each summary. */
  const open = new Map<Kind, EmittedEvent>();
  return {
    passes(event) {
      const { tenant_id, principal, operation, code } = event;
      const name = [tenant_id, principal.kind, principal.client_id, principal.user_id, operation, code].join(
        ' ',
      );
      let kind = kinds.get(name);
      if (!kind) kinds.set(name, (kind = { left: ONE_BY_ONE, at: now() }));
      const first = open.get(kind);
      if (first) {
        first.count = (first.count ?? 1) + 1;
        return false;
      }
      const gained = Math.floor((now() - kind.at) / EVERY_MS);
      kind.left = Math.min(ONE_BY_ONE, kind.left + gained);
      kind.at += gained * EVERY_MS;
      if (kind.left > 0) {
        kind.left -= 1;
        return true;
      }
      open.set(kind, event);
      return false;
    },
    due(all) {
      const ready = [...open].filter(([kind]) => all || now() - kind.at >= EVERY_MS);
      return ready.map(([kind, event]) => {
        open.delete(kind);
        kind.at = now();
        return event;
      });
    },
  };
}
