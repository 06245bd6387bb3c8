/**
 * Sums up what happens too often: the same refusal of the same caller, or the same that nobody in particular does, is told one by one
 * at first, and from then on as one event a while, with a count. Otherwise anybody could fill the audit log, without even a credential.
 */
import { LRUCache } from 'lru-cache';
import type { EmittedEvent } from './event.ts';

/** So many are told one by one, and so many again after a pause. */
const ONE_BY_ONE = 20;
/** Then one event in so long. */
const EVERY_MS = 10_000;
/** Of more callers at once than this, some are told one by one again. */
const MAX_KINDS = 10_000;

interface Kind {
  /** How many more are told one by one. */
  left: number;
  /** When `left` was last made more. */
  at: number;
}

export interface EventThrottle {
  /** @returns whether it is told by itself; if not, it counts in one that comes later */
  passes(event: EmittedEvent): boolean;
  /** Those whose time has come; at the end, all. */
  due(all: boolean): EmittedEvent[];
}

export function createEventThrottle(now: () => number = Date.now): EventThrottle {
  const kinds = new LRUCache<string, Kind>({ max: MAX_KINDS });
  /** The first one of those that are being summed up. */
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
