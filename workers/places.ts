/** The places of a worker for jobs under way, so that no flow holds them all: its jobs may wait long for a slot of another bucket. */

/**
 * A flow may hold so many times as many places as are free (a dynamic threshold, Choudhury and Hahne 1998): alone three quarters of
 * them, two flows three sevenths each; some are always free for those who hold none.
 */
const SHARE_OF_FREE = 3;

export class Places {
  readonly #count: number;
  readonly #held = new Map<string, number>();
  #taken = 0;

  constructor(count: number) {
    this.#count = count;
  }

  /** @returns leaves it */
  enter(flow: string): () => void {
    this.#change(flow, 1);
    return () => this.#change(flow, -1);
  }

  #change(flow: string, by: 1 | -1): void {
    const held = (this.#held.get(flow) ?? 0) + by;
    this.#taken += by;
    if (held > 0) this.#held.set(flow, held);
    else this.#held.delete(flow);
  }

  /** Flows that get no further place. */
  full(): string[] {
    const free = this.#count - this.#taken;
    return [...this.#held]
      .filter(([, own]) => free <= 1 || own >= SHARE_OF_FREE * free)
      .map(([flow]) => flow);
  }
}
