export interface BucketState {
  allowed: boolean;
  /** The bucket's size. */
  limit: number;
  /** Whole tokens left. */
  remaining: number;
  /** Seconds since 1970 when the next token is added, not when the bucket is full (Auth0 docs, "Rate limit use cases"). */
  resetAt: number;
}

/** Token bucket, refilled by the millisecond (Auth0 docs, "Rate limit policy"). */
export class TokenBucket {
  readonly #burst: number;
  readonly #perMs: number;
  readonly #now: () => number;
  #tokens: number;
  #filledAt: number;

  constructor({ burst, perSecond }: { burst: number; perSecond: number }, now: () => number) {
    this.#burst = burst;
    this.#perMs = perSecond / 1000;
    this.#now = now;
    this.#tokens = burst;
    this.#filledAt = now();
  }

  take(): BucketState {
    const now = this.#now();
    this.#tokens = Math.min(this.#burst, this.#tokens + Math.max(0, now - this.#filledAt) * this.#perMs);
    this.#filledAt = now;
    const allowed = this.#tokens >= 1;
    if (allowed) this.#tokens -= 1;
    const missing = 1 - (this.#tokens % 1);
    return {
      allowed,
      limit: this.#burst,
      remaining: Math.floor(this.#tokens),
      resetAt: Math.ceil((now + missing / this.#perMs) / 1000),
    };
  }
}
