/**
 * Last use of each app, expiry of its tokens, tenants whose users have used it, and users' consents to it. Collected in memory and
 * written once a second, as the use of API keys is.
 */
import type { Redis } from 'ioredis';
import { LRUCache } from 'lru-cache';
import { redisNow } from '../redis/clock.ts';
import { writeBehind } from '../redis/write-behind.ts';
import { addAppsOf, addAppUse, addConsent } from './app-decisions.ts';
import { personIn, type SignInOrganization } from './sign-in-organizations.ts';

/** What Auth0 keeps a consent of: one user, one app, and one organization (Auth0 docs, "User consent and third-party applications"). */
export interface ConsentOf {
  /** In which the app acts for the user. */
  tenantId: string;
  organization: SignInOrganization;
  userId: string;
  clientId: string;
}

export interface AppUseCounter {
  count(clientId: string, tokenEndsAt: number): void;
  /** Notes that a user of this tenant presented its token, accepted or not: the tenant's admins should see the app. */
  note(tenantId: string, clientId: string): void;
  /**
   * Notes a user's consent, inferred from an accepted token: Auth0 sends no notification of a consent.
   * @param after `upTo` of the last known withdrawal of this consent
   * @param event JSON text, recorded unless this consent has been recorded already
   */
  noteConsent(consent: ConsentOf, after: number | undefined, event: string): void;
  /** Writes what was counted, and stops. */
  close(): Promise<void>;
}

const MAX_NOTED = 10_000;

export function createAppUseCounter(redis: Redis, onError: (error: unknown) => void): AppUseCounter {
  let counted = new Map<string, { last: number; until: number }>();
  let toNote: [tenantId: string, clientId: string][] = [];
  let consents: [of: { tenantId: string; clientId: string; person: string }, event: string][] = [];
  /** Entries written already, for an hour; a repeated write does no harm. */
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
      for (const [of, event] of consented) await addConsent(redis, of, event);
    } catch (error) {
      noted.clear();
      // Retry consents, because nothing else records them; recording is idempotent.
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
    noteConsent({ tenantId, organization, userId, clientId }, after, event) {
      const person = personIn(organization, userId);
      const entry = `${tenantId} ${person} ${clientId} ${after ?? ''}`;
      if (noted.has(entry)) return;
      noted.set(entry, true);
      consents.push([{ tenantId, clientId, person }, event]);
    },
    close: writeBehind(write),
  };
}
