/**
 * Validation results of API keys, shared by all processes in Redis under the keyed hash of id and secret, with a lock
 * that selects which process asks the authority.
 */
import { randomUUID } from 'node:crypto';
import type { Redis } from 'ioredis';
import { redisNow } from '../../redis/clock.ts';
import { keys } from '../../redis/keys.ts';
import { parseStored, toTexts } from '../../redis/replies.ts';
import { defineScript } from '../../redis/scripts.ts';
import { createNotifications } from '../../redis/notifications.ts';
import type { TokenClaims } from '../token-claims.ts';

/** The authority's last acceptance of a key. Times in ms since 1970. */
export interface Acceptance {
  claims: TokenClaims;
  checkedAt: number;
  /** When it expires. */
  until: number;
}

export type Look =
  | { kind: 'accepted'; last: Acceptance }
  | { kind: 'refused' }
  /** The authority could not be reached a moment ago. */
  | { kind: 'failed'; until: number; last: Acceptance | undefined }
  /** The lock is acquired: ask the authority, then call `settle`. */
  | { kind: 'ask'; failing: boolean; last: Acceptance | undefined; turn: string }
  /** Another process is asking. `ms`: longest wait. */
  | { kind: 'wait'; failing: boolean; last: Acceptance | undefined; ms: number };

export type Settlement =
  | { kind: 'accepted'; last: Acceptance; recheck: string }
  | { kind: 'refused'; until: number }
  /** `isKnown`: it was accepted before, or its hash matches a created key. */
  | { kind: 'failed'; until: number; isKnown: boolean }
  | { kind: 'nothing' };

export interface KeyValidationCache {
  /**
   * @param recheck the key's mark: an acceptance under a different mark is ignored
   * @param laterThan an acceptance that is not later is ignored, ms since 1970
   */
  look(hash: string, recheck: string, laterThan?: number): Promise<Look>;
  settle(hash: string, turn: string, settlement: Settlement): Promise<void>;
  /** Resolves when a result for this key is published, or after `ms`. Subscribe before calling `look`. */
  settled(hash: string, ms: number, signal: AbortSignal): Promise<boolean>;
}

interface Settings {
  /** Lock TTL: how long a process that died while asking blocks the others. */
  turnMs: number;
  /** How long an acceptance is kept after its expiry. */
  graceMs: number;
}

/** How long an authority failure is remembered. */
const FAILING_MS = 300_000;
const readValidation = defineScript({
  file: new URL('./read-validation.lua', import.meta.url),
  keys: ['verdict', 'lock'],
  args: ['now', 'holder', 'lockMs', 'laterThan', 'recheck'],
});
const storeValidation = defineScript({
  file: new URL('./store-validation.lua', import.meta.url),
  keys: ['verdict', 'lock'],
  args: ['holder', 'kind', 'endsAt', 'channel', 'message', 'keepMs', 'claims', 'checkedAt', 'recheck'],
});

export async function createKeyValidationCache(
  redis: Redis,
  subscriber: Redis,
  { turnMs, graceMs }: Settings,
): Promise<KeyValidationCache> {
  const wakeUps = await createNotifications(subscriber, keys.verdictReached);
  const placesOf = (hash: string) => ({ verdict: keys.verdict(hash), lock: keys.verdictLock(hash) });

  return {
    async look(hash, recheck, laterThan = 0) {
      const turn = randomUUID();
      const asked = { now: redisNow(), holder: turn, lockMs: turnMs, laterThan, recheck };
      const [kind, ...rest] = toTexts(await readValidation(redis, { ...placesOf(hash), ...asked }));
      if (kind === 'refused') return { kind };
      const accepted = kind === 'accepted' ? acceptance(rest) : undefined;
      if (accepted) return { kind: 'accepted', last: accepted };
      const [about = '', ...then] = rest;
      const last = acceptance(then);
      if (kind === 'failed') return { kind, until: Number(about), last };
      const failing = about === '1';
      if (kind === 'ask') return { kind, failing, last, turn };
      return { kind: 'wait', failing, last, ms: Math.max(1, Number(then[3])) };
    },

    async settle(hash, turn, settlement) {
      const now = redisNow();
      const until =
        settlement.kind === 'accepted' ? settlement.last.until : 'until' in settlement ? settlement.until : 0;
      const keep = {
        accepted: until - now + graceMs,
        refused: until - now,
        // Results for unknown pairs expire early: an attacker can make up any number of them.
        failed: settlement.kind === 'failed' && settlement.isKnown ? FAILING_MS : until - now,
        nothing: 0,
      }[settlement.kind];
      const accepted = settlement.kind === 'accepted' ? settlement : undefined;
      await storeValidation(redis, {
        ...placesOf(hash),
        holder: turn,
        kind: settlement.kind,
        endsAt: until,
        channel: keys.verdictReached,
        message: hash,
        keepMs: Math.max(1, Math.ceil(keep)),
        claims: accepted ? JSON.stringify(accepted.last.claims) : '',
        checkedAt: accepted?.last.checkedAt ?? '',
        recheck: accepted?.recheck ?? '',
      });
    },

    settled: async (hash, ms, signal) => (await wakeUps.wait(hash, ms, signal)) !== undefined,
  };
}

/** In the form that `read-validation.lua` returns. */
function acceptance([claims = '', checkedAt, until]: readonly string[]): Acceptance | undefined {
  if (claims === '') return undefined;
  return { claims: parseStored<TokenClaims>(claims), checkedAt: Number(checkedAt), until: Number(until) };
}
