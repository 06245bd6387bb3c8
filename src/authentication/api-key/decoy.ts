/**
 * Answers for client ids that are not our keys: the same rejection, delayed as long as the authority takes to reject a
 * wrong secret. Otherwise response times would reveal which ids exist. Such ids cause hardly any requests to the
 * authority.
 */
import { randomBytes, randomInt } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { Exchange } from '../../auth0/token-endpoint.ts';

type Refusal = Exclude<Exchange, { kind: 'accepted' }>;
type Ask = (clientId: string, clientSecret: string, audience: string) => Promise<Exchange>;

export interface Decoy {
  /** Records the duration of a real exchange, for decoys to imitate. @param ms its duration */
  observe(result: Exchange, ms: number): void;
  exchange(clientId: string): Promise<Refusal>;
}

/** Number of rejections to sample from, so that decoys vary as real ones do. */
const MAX_SAMPLES = 32;
/** How long the last probe of the authority is valid, when it rejected the secret and when it was unavailable. */
const FRESH_MS = { rejected: 60_000, unavailable: 1_000 };

/** @param ask sends client id and secret to the token endpoint */
export function createDecoy(ask: Ask, audience: string, now = Date.now): Decoy {
  const samples: number[] = [];
  let last: { result: Refusal; ms: number; at: number } | undefined;
  let looking: Promise<Refusal> | undefined;

  function observe(result: Exchange, ms: number): void {
    // The duration of an acceptance does not predict that of a rejection.
    if (result.kind === 'accepted') return;
    last = { result, ms, at: now() };
    if (result.kind === 'rejected') samples.push(ms);
    if (samples.length > MAX_SAMPLES) samples.shift();
  }

  /** Sends a random secret: the presented one may be somebody's password, and must not leave this process. */
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
