/** The stand-in's clock. It can be advanced, so that tests need not wait for a limit, a secret or a job to expire. */
export class Clock {
  readonly #base: () => number;
  #ahead = 0;

  constructor(base: () => number = Date.now) {
    this.#base = base;
  }

  /** Milliseconds since 1970. */
  readonly now = (): number => this.#base() + this.#ahead;

  /** Offset from the real time, in milliseconds. */
  get ahead(): number {
    return this.#ahead;
  }

  advance(ms: number): void {
    this.#ahead += ms;
  }
}
