import type { Limit } from './plans.ts';

export interface BucketState {
  allowed: boolean;
  /** Size of the bucket. */
  limit: number;
  /** Whole tokens left. */
  remaining: number;
  /** Seconds since 1970 when the next token is added, not when the bucket is full (Auth0 docs, "Rate limit use cases"). */
  resetAt: number;
  /** This call used up four fifths of it. Reported once, until it has been half full again. */
  warns: boolean;
}

/** Auth0 docs, "Rate limit use cases": a warning is logged at 80 %. */
const WARNING_LEFT = 0.2;
/** Avoids repeated warnings for an account that fluctuates around the threshold. Guessed. */
const REARMED_LEFT = 0.5;
const SECOND_MS = 1_000;

/** Refilled every millisecond for per-second rates, every second for per-minute rates (Auth0 docs, "Rate limit policy"). */
export class TokenBucket {
  readonly #burst: number;
  /** Interval between two refills in milliseconds, and tokens per refill. */
  readonly #stepMs: number;
  readonly #perStep: number;
  readonly #now: () => number;
  #tokens: number;
  #filledAt: number;
  #isWarned = false;

  constructor({ burst, refill, per }: Limit, now: () => number) {
    this.#burst = burst;
    this.#stepMs = per === 'second' ? 1 : SECOND_MS;
    this.#perStep = per === 'second' ? refill / SECOND_MS : refill / 60;
    this.#now = now;
    this.#tokens = burst;
    this.#filledAt = now();
  }

  take(): BucketState {
    this.#refill();
    const allowed = this.#tokens >= 1;
    if (allowed) this.#tokens -= 1;
    const steps = Math.ceil((1 - (this.#tokens % 1)) / this.#perStep - 1e-9);
    return {
      allowed,
      limit: this.#burst,
      remaining: Math.floor(this.#tokens),
      resetAt: Math.ceil((this.#filledAt + steps * this.#stepMs) / SECOND_MS),
      warns: this.#warns(),
    };
  }

  #refill(): void {
    const steps = Math.floor(Math.max(0, this.#now() - this.#filledAt) / this.#stepMs);
    this.#tokens = Math.min(this.#burst, this.#tokens + steps * this.#perStep);
    this.#filledAt += steps * this.#stepMs;
  }

  #warns(): boolean {
    const left = this.#tokens / this.#burst;
    if (left >= REARMED_LEFT) this.#isWarned = false;
    if (left > WARNING_LEFT || this.#isWarned) return false;
    this.#isWarned = true;
    return true;
  }
}
