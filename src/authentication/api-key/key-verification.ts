/**
 * Verifies an API key for all processes: one of them exchanges it at the authority, and the others wait for the result.
 * While the authority is unavailable, a key that it accepted recently is valid for a grace period.
 */
import type { Exchange, TokenEndpoint } from '../../auth0/token-endpoint.ts';
import type { KeyChecks } from '../../metrics.ts';
import { Problem } from '../../problem.ts';
import { redisNow } from '../../redis/clock.ts';
import type { Exchanges } from '../../registry/exchanges.ts';
import type { BearerTokens } from '../bearer-token.ts';
import { isNotValidYet, type TokenClaims } from '../token-claims.ts';
import { createDecoy, type Decoy } from './decoy.ts';
import type { FailedAttemptLimiter } from './failed-attempt-limiter.ts';
import type { Acceptance, KeyValidationCache } from './key-validation-cache.ts';

/** A verified key. */
export interface CheckedKey {
  claims: TokenClaims;
  /** The authority is unavailable; it accepted the key recently. */
  inGrace: boolean;
}

/** A verified key, as a process remembers it. */
export interface RememberedKey extends CheckedKey {
  checkedAt: number;
  until: number;
  /** From then on the key is refreshed in the background while it goes on serving requests. */
  refreshAt: number;
  /**
   * The key's `recheck` mark at the time of the check; a different one now means that its client was changed at the
   * authority.
   */
  recheck: string;
  /** Registry generation at the last comparison. */
  generation: number | undefined;
}

/** A decoded key, with its keyed hash. */
export interface PresentedKey {
  hash: string;
  clientId: string;
  clientSecret: string;
  /**
   * Whether the client id is one of our keys. Others take the same path, so that the answer does not reveal the
   * difference.
   */
  isKey: boolean;
  /** The hash matches the one stored at creation, so this is no guess. */
  isAsMade: boolean;
  recheck: string;
  generation: number | undefined;
  address: string;
}

export interface VerificationParts {
  endpoint: TokenEndpoint;
  tokens: BearerTokens;
  verdicts: KeyValidationCache;
  guesses: FailedAttemptLimiter;
  checks: KeyChecks;
  exchanges: Pick<Exchanges, 'count'>;
  /** `cacheMs` undefined: a result is cached for the lifetime of the token it returned. */
  settings: { audience: string; cacheMs: number | undefined; graceMs: number };
}

/** How long a rejected pair is not sent to the authority again. */
export const REFUSED_MS = 10_000;
/** A background refresh starts this long before expiry, or in the last fifth of the lifetime. */
const REFRESH_AHEAD_MS = 60_000;
const REFRESH_AHEAD_SHARE = 0.2;
/**
 * How long the authority is not asked about a key after a failure. Retry-After of the authority takes precedence, up to
 * MAX_PAUSE_MS.
 */
const PAUSE_MS = 1_000;
const MAX_PAUSE_MS = 10_000;
/** Longest token lifetime that Auth0 allows (Auth0 docs, "Update access token lifetime"). */
const LONGEST_MS = 2_592_000_000;
/** Longest wait for another process's exchange: slightly more than an exchange takes. */
const MAX_WAIT_MS = 8_000;

export class KeyVerification {
  readonly #parts: VerificationParts;
  readonly #decoy: Decoy;

  constructor(parts: VerificationParts) {
    this.#parts = parts;
    this.#decoy = createDecoy((...key) => parts.endpoint.exchange(...key), parts.settings.audience);
  }

  /** @param laterThan the result of an exchange before then does not count, ms since 1970 */
  async verify(key: PresentedKey, laterThan: number): Promise<RememberedKey> {
    const { verdicts } = this.#parts;
    const giveUpAt = redisNow() + MAX_WAIT_MS;
    for (;;) {
      // Subscribe before looking, so that a message in between is not missed.
      const stopWaiting = new AbortController();
      const settled = verdicts.settled(key.hash, Math.max(0, giveUpAt - redisNow()), stopWaiting.signal);
      try {
        const look = await verdicts.look(key.hash, key.recheck, laterThan);
        if (look.kind === 'accepted') {
          this.#parts.checks.count('shared');
          return fresh(key, look.last);
        }
        if (look.kind === 'refused')
          throw new Problem('invalid_api_key', { internal: 'another process was refused with it' });
        if (look.kind === 'failed') return this.#graceOr(key, look.last, look.until, unavailable(look.until));
        const asked = look.kind === 'ask' ? this.#ask(key, look.turn, look.last) : undefined;
        // While the authority is failing, a key within its grace period does not wait for another attempt.
        if (look.failing && this.#isInGrace(look.last)) {
          asked?.catch(() => undefined);
          return this.#inGrace(key, look.last, redisNow() + 1_000);
        }
        if (asked) return await asked;
        if (redisNow() >= giveUpAt) throw unavailable(redisNow() + 1_000);
        await Promise.race([settled, waitAtMost(look.kind === 'wait' ? look.ms : 0, stopWaiting.signal)]);
      } finally {
        stopWaiting.abort();
      }
    }
  }

  /** The one exchange that all concurrent requests wait for. */
  async #ask(key: PresentedKey, turn: string, last: Acceptance | undefined): Promise<RememberedKey> {
    const { checks, exchanges, guesses, settings, verdicts } = this.#parts;
    const isKnown = key.isAsMade || last !== undefined;
    const takeBack = await (isKnown ? undefined : guesses.admit(key.clientId, key.address))?.catch(
      async (error: unknown) => {
        checks.count('throttled');
        await verdicts.settle(key.hash, turn, { kind: 'nothing' });
        throw error;
      },
    );
    const now = redisNow();
    const result = await this.#exchange(key);
    if (result.kind === 'rejected') {
      checks.count('rejected');
      await verdicts.settle(key.hash, turn, { kind: 'refused', until: redisNow() + REFUSED_MS });
      throw new Problem('invalid_api_key', { internal: `exchange: ${result.reason ?? 'refused'}` });
    }
    await takeBack?.();
    if (result.kind === 'unavailable') {
      checks.count('unavailable');
      const pause = result.isNamed ? Math.min(result.retryAfterSeconds * 1000, MAX_PAUSE_MS) : PAUSE_MS;
      const until = redisNow() + pause;
      await verdicts.settle(key.hash, turn, { kind: 'failed', until, isKnown });
      const retryAt = redisNow() + result.retryAfterSeconds * 1000;
      return this.#graceOr(key, last, until, unavailable(retryAt, result.reason));
    }
    checks.count('exchanged');
    const until = Math.min(now + (settings.cacheMs ?? LONGEST_MS), result.claims.expiresAt);
    const accepted = { claims: result.claims, checkedAt: now, until };
    exchanges.count(until - now);
    await verdicts.settle(key.hash, turn, { kind: 'accepted', last: accepted, recheck: key.recheck });
    return fresh(key, accepted);
  }

  async #exchange({ clientId, clientSecret, isKey }: PresentedKey) {
    const { endpoint, settings, tokens } = this.#parts;
    if (!isKey) return this.#decoy.exchange(clientId);
    const startedAt = performance.now();
    const result: Exchange = await endpoint.exchange(clientId, clientSecret, settings.audience);
    this.#decoy.observe(result, performance.now() - startedAt);
    if (result.kind !== 'accepted') return result;
    try {
      return { kind: 'accepted' as const, claims: await tokens.verify(result.token) };
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      // The authority issued the token, so the clocks must disagree.
      const areClocksOff = error.code === 'invalid_token' && isNotValidYet(error);
      if (error.code === 'invalid_token' && !areClocksOff)
        return { kind: 'rejected' as const, reason: error.message };
      return { kind: 'unavailable' as const, retryAfterSeconds: 5, isNamed: false, reason: error.message };
    }
  }

  #isInGrace(last: Acceptance | undefined): last is Acceptance {
    return last !== undefined && redisNow() < last.until + this.#parts.settings.graceMs;
  }

  #inGrace({ recheck, generation }: PresentedKey, last: Acceptance, until: number): RememberedKey {
    const { claims, checkedAt } = last;
    const end = Math.min(until, last.until + this.#parts.settings.graceMs);
    this.#parts.checks.count('grace');
    return { claims, checkedAt, until: end, refreshAt: end, inGrace: true, recheck, generation };
  }

  #graceOr(key: PresentedKey, last: Acceptance | undefined, until: number, problem: Problem): RememberedKey {
    if (this.#isInGrace(last)) return this.#inGrace(key, last, until);
    throw problem;
  }
}

function fresh(
  { recheck, generation }: PresentedKey,
  { claims, checkedAt, until }: Acceptance,
): RememberedKey {
  const ahead = Math.min(REFRESH_AHEAD_MS, REFRESH_AHEAD_SHARE * (until - checkedAt));
  return { claims, checkedAt, until, refreshAt: until - ahead, inGrace: false, recheck, generation };
}

function unavailable(retryAt: number, reason = 'the authority failed a moment ago'): Problem {
  return new Problem('authority_unavailable', {
    internal: `exchange: ${reason}`,
    headers: { 'Retry-After': String(Math.max(1, Math.ceil((retryAt - redisNow()) / 1000))) },
  });
}

function waitAtMost(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener('abort', () => (clearTimeout(timer), resolve()), { once: true });
  });
}
