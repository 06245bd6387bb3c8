/**
 * When each app was used last, how long its tokens live, which tenants' users have come with it, and who has let it in. Counted in
 * memory and written once a second, as the use of API keys is.
 */
import type { Redis } from 'ioredis';
import { LRUCache } from 'lru-cache';
import { redisNow } from '../redis/clock.ts';
import { writeBehind } from '../redis/write-behind.ts';
import { addAppsOf, addAppUse, addConsent } from './app-decisions.ts';

export interface AppUseCounter {
  count(clientId: string, tokenEndsAt: number): void;
  /** A user of this tenant came with it, let in or not: the tenant's admins should see it. */
  note(tenantId: string, clientId: string): void;
  /**
   * A user came with it and was let in, so the user has consented: the authority tells nobody of that.
   * @param after the last withdrawal of such a consent that is known
   * @param event tells of it, if nobody has
   */
  noteConsent(user: { clientId: string; userId: string }, after: number | undefined, event: string): void;
  /** Writes what was counted, and stops. */
  close(): Promise<void>;
}

const MAX_NOTED = 10_000;

export function createAppUseCounter(redis: Redis, onError: (error: unknown) => void): AppUseCounter {
  let counted = new Map<string, { last: number; until: number }>();
  let toNote: [tenantId: string, clientId: string][] = [];
  let consents: [clientId: string, userId: string, event: string][] = [];
  /** What is written already needs no writing again; an hour later it does no harm. */
  const noted = new LRUCache<string, true>({ max: MAX_NOTED, ttl: 3_600_000 });

  async function write(): Promise<void> {
    const [batch, notes, consented] = [counted, toNote, consents];
    counted = new Map();
    toNote = [];
    consents = [];
    try {
      if (batch.size > 0) {
        const used = [...batch].flatMap(([clientId, { last, until }]) => [clientId, last, until]);
        await addAppUse(redis, used);
      }
      if (notes.length > 0) await addAppsOf(redis, notes);
      for (const [clientId, userId, event] of consented) await addConsent(redis, clientId, userId, event);
    } catch (error) {
      noted.clear();
      // Nobody would tell of these again; told twice they count once.
      consents = [...consented, ...consents].slice(0, MAX_NOTED);
      onError(error);
    }
  }

  return {
    count(clientId, tokenEndsAt) {
      const entry = counted.get(clientId);
      if (!entry) counted.set(clientId, { last: redisNow(), until: tokenEndsAt });
      else {
        entry.last = redisNow();
        if (tokenEndsAt > entry.until) entry.until = tokenEndsAt;
      }
    },
    note(tenantId, clientId) {
      const pair = `${tenantId} ${clientId}`;
      if (noted.has(pair)) return;
      noted.set(pair, true);
      toNote.push([tenantId, clientId]);
    },
    noteConsent({ clientId, userId }, after, event) {
      const consent = `${userId} ${clientId} ${after ?? ''}`;
      if (noted.has(consent)) return;
      noted.set(consent, true);
      consents.push([clientId, userId, event]);
    },
    close: writeBehind(write),
  };
}
