/** A request with an idempotency key that this process has begun: how it ends decides what its repetitions get. */
import type { KeptAnswer } from './kept-answer.ts';

/** Each resolves when the end is stored, or cannot be: then the key ends as unknown once its lease is over. */
export interface Ends {
  keep(status: number, answer: KeptAnswer | undefined): Promise<void>;
  end(isFree: boolean): Promise<void>;
}

/**
 * Statuses by which a service says that it has not carried the request out (RFC 9110 sections 15.5.2 and 15.6.4, RFC
 * 6585 section 4).
 */
const NOT_DONE = new Set([401, 407, 429, 503]);

export class Attempt {
  readonly #ends: Ends;
  #mayBeDone = false;
  #ended: Promise<void> | undefined;

  constructor(ends: Ends) {
    this.#ends = ends;
  }

  /** From now on it may have been carried out. */
  sent(): void {
    this.#mayBeDone = true;
  }

  /** The service has answered. @param answer undefined: it is too long to be kept, or a stream */
  answered(status: number, answer: KeptAnswer | undefined): Promise<void> {
    if (!NOT_DONE.has(status)) return (this.#ended ??= this.#ends.keep(status, answer));
    this.#mayBeDone = false;
    return this.over();
  }

  /** Nothing more will come. Frees the key if nothing was done. */
  over(): Promise<void> {
    return (this.#ended ??= this.#ends.end(!this.#mayBeDone));
  }
}
