/** What all processes together know of API keys, in Redis, by the keyed hash of id and secret; and which of them asks the authority. */
import { randomUUID } from 'node:crypto';
import type { Redis } from 'ioredis';
import { redisNow } from '../../redis/clock.ts';
import { keys } from '../../redis/keys.ts';
import { parseStored, toTexts } from '../../redis/replies.ts';
import { defineScript } from '../../redis/scripts.ts';
import { createNotifications } from '../../redis/notifications.ts';
import type { TokenClaims } from '../token-claims.ts';

/** The last time that the authority accepted a key. Times in ms since 1970. */
export interface Acceptance {
  claims: TokenClaims;
  checkedAt: number;
  /** When it has to be accepted anew. */
  until: number;
}

export type Look =
  | { kind: 'accepted'; last: Acceptance }
  | { kind: 'refused' }
  /** The authority could not be asked a moment ago. */
  | { kind: 'failed'; until: number; last: Acceptance | undefined }
  /** It is on you to ask the authority, and then to settle. */
  | { kind: 'ask'; failing: boolean; last: Acceptance | undefined; turn: string }
  /** Somebody else is asking. `ms`: how long at most. */
  | { kind: 'wait'; failing: boolean; last: Acceptance | undefined; ms: number };

export type Settlement =
  | { kind: 'accepted'; last: Acceptance; recheck: string }
  | { kind: 'refused'; until: number }
  /** `isKnown`: it was good before, or is hashed as a key that was made. */
  | { kind: 'failed'; until: number; isKnown: boolean }
  | { kind: 'nothing' };

export interface KeyValidationCache {
  /**
   * @param recheck mark of the key's: an acceptance under another one counts as none
   * @param laterThan nor does one that is not later
   */
  look(hash: string, recheck: string, laterThan?: number): Promise<Look>;
  settle(hash: string, turn: string, settlement: Settlement): Promise<void>;
  /** Resolves when somebody settled about this key, or after `ms`. Call it before `look`, or miss it. */
  settled(hash: string, ms: number, signal: AbortSignal): Promise<boolean>;
}

interface Settings {
  /** A process that died while it asked stands in the way for no longer. */
  turnMs: number;
  /** How long an acceptance is remembered beyond its end. */
  graceMs: number;
}

/** How long it is remembered that the authority was away. */
const FAILING_MS = 300_000;
const lookUp = defineScript({
  file: new URL('./look.lua', import.meta.url),
  keys: ['verdict', 'lock'],
  args: ['now', 'holder', 'lockMs', 'laterThan', 'recheck'],
});
const store = defineScript({
  file: new URL('./settle.lua', import.meta.url),
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
      const [kind, ...rest] = toTexts(await lookUp(redis, { ...placesOf(hash), ...asked }));
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
        // Of what anybody may have made up nothing is kept for long: there may be any number of it.
        failed: settlement.kind === 'failed' && settlement.isKnown ? FAILING_MS : until - now,
        nothing: 0,
      }[settlement.kind];
      const accepted = settlement.kind === 'accepted' ? settlement : undefined;
      await store(redis, {
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

/** As `look.lua` gives it. */
function acceptance([claims = '', checkedAt, until]: readonly string[]): Acceptance | undefined {
  if (claims === '') return undefined;
  return { claims: parseStored<TokenClaims>(claims), checkedAt: Number(checkedAt), until: Number(until) };
}
