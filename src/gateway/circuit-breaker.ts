/**
 * Circuit breaker of one address of a service: after FAILURES connections in a row that failed, the address gets no
 * requests for a while, then one (half-open) that decides. What counts is whether the address can be connected to, not
 * what it answers.
 */

const FAILURES = 3;
/** Doubles with each probe that fails. */
const FIRST_MS = 1_000;
const LONGEST_MS = 30_000;

export class CircuitBreaker {
  readonly #now: () => number;
  #failures = 0;
  #waitMs = FIRST_MS;
  /** Time of the next probe, on the clock of `now`; undefined: closed, all requests may be sent. */
  #probeAt: number | undefined;
  #isProbing = false;

  /** @param now ms, of a clock that never goes back */
  constructor(now = () => performance.now()) {
    this.#now = now;
  }

  get isOpen(): boolean {
    return this.#probeAt !== undefined;
  }

  /** Time until it admits a request, in ms. */
  waitMs(): number {
    return this.#probeAt === undefined ? 0 : Math.max(0, this.#probeAt - this.#now());
  }

  /** @returns whether a request may be sent. Its outcome is then reported: `connected`, `failed` or `abandoned` */
  admits(): boolean {
    if (this.#probeAt === undefined) return true;
    if (this.#isProbing || this.#now() < this.#probeAt) return false;
    this.#isProbing = true;
    return true;
  }

  connected(): void {
    this.#failures = 0;
    if (this.#probeAt === undefined) return;
    this.#probeAt = undefined;
    this.#isProbing = false;
    this.#waitMs = FIRST_MS;
  }

  failed(): void {
    if (this.#isProbing) {
      this.#waitMs = Math.min(this.#waitMs * 2, LONGEST_MS);
      this.#open();
      return;
    }
    // Of a request that was admitted before: the address is known to fail.
    if (this.#probeAt !== undefined) return;
    this.#failures += 1;
    if (this.#failures >= FAILURES) this.#open();
  }

  /** The request ended before a connection was tried. */
  abandoned(): void {
    this.#isProbing = false;
  }

  #open(): void {
    this.#isProbing = false;
    this.#probeAt = this.#now() + this.#waitMs;
  }
}
