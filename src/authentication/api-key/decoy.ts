/**
 * What a client id that is no key of ours gets in place of an exchange: the same answer, after as long as the authority takes to refuse
 * a wrong secret. Otherwise the time would tell which ids are keys. The authority itself is hardly asked: such ids cost it nothing.
 */
import { randomBytes, randomInt } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { Exchange, TokenEndpoint } from '../../auth0/token-endpoint.ts';

type Refusal = Exclude<Exchange, { kind: 'accepted' }>;

export interface Decoy {
  /** A real exchange, of a key: what it took is what a decoy takes. @param ms how long it took */
  observe(result: Exchange, ms: number): void;
  exchange(clientId: string): Promise<Refusal>;
}

/** Refusals that one is chosen from, so that decoys differ among each other as they do. */
const MAX_SAMPLES = 32;
/** How long the last look at the authority counts: one that refuses, and one that is unwell. */
const FRESH_MS = { rejected: 60_000, unavailable: 1_000 };

/** @param ask sends client id and secret to the authority */
export function createDecoy(ask: TokenEndpoint['exchange'], audience: string, now = Date.now): Decoy {
  const samples: number[] = [];
  let last: { result: Refusal; ms: number; at: number } | undefined;
  let looking: Promise<Refusal> | undefined;

  function observe(result: Exchange, ms: number): void {
    // How long it takes to say yes tells nothing of how long a no takes.
    if (result.kind === 'accepted') return;
    last = { result, ms, at: now() };
    if (result.kind === 'rejected') samples.push(ms);
    if (samples.length > MAX_SAMPLES) samples.shift();
  }

  /** With a secret of our own: whatever somebody has sent is nobody else's business. */
  async function look(clientId: string): Promise<Refusal> {
    const startedAt = performance.now();
    const result = await ask(clientId, randomBytes(32).toString('base64url'), audience);
    const refusal: Refusal = result.kind === 'accepted' ? { kind: 'rejected' } : result;
    observe(refusal, performance.now() - startedAt);
    return refusal;
  }

  return {
    observe,
    async exchange(clientId) {
      if (!last || now() - last.at >= FRESH_MS[last.result.kind]) {
        looking ??= look(clientId).finally(() => (looking = undefined));
        return looking;
      }
      const { result, ms } = last;
      await delay(result.kind === 'rejected' ? (samples[randomInt(samples.length)] ?? ms) : ms);
      return result;
    },
  };
}
