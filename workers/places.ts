/** Concurrency slots of a worker, shared fairly, so that no flow occupies all of them: its jobs may wait long for another bucket. */

/**
 * A flow may hold this many times the number of free slots (a dynamic threshold, Choudhury and Hahne 1998): one flow gets three quarters of
 * all slots, two flows three sevenths each; some always stay free for flows that hold none.
 */
const SHARE_OF_FREE = 3;

export class Places {
  readonly #count: number;
  readonly #held = new Map<string, number>();
  #taken = 0;

  constructor(count: number) {
    this.#count = count;
  }

  /** @returns releases the slot */
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

  /** Flows that get no further slot. */
  full(): string[] {
    const free = this.#count - this.#taken;
    return [...this.#held]
      .filter(([, own]) => free <= 1 || own >= SHARE_OF_FREE * free)
      .map(([flow]) => flow);
  }
}
