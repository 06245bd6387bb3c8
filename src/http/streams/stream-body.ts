/** A body that is made piece by piece, no faster than it is read, and that can be ended from outside at any time. */
import { Readable } from 'node:stream';

export class StreamBody extends Readable {
  readonly #pieces: AsyncIterator<string>;
  #isPulling = false;
  #isOver = false;

  constructor(pieces: AsyncIterable<string>) {
    super();
    this.#pieces = pieces[Symbol.asyncIterator]();
  }

  /** Ends as if complete, with this last; what its maker is about to give is dropped. */
  endWith(last: string): void {
    if (this.#isOver) return;
    this.push(last);
    this.push(null);
    this.#leave();
  }

  override _read(): void {
    if (!this.#isPulling && !this.#isOver) void this.#pull();
  }

  override _destroy(error: Error | null, callback: (error?: Error | null) => void): void {
    this.#leave();
    callback(error);
  }

  async #pull(): Promise<void> {
    this.#isPulling = true;
    try {
      for (;;) {
        const next = (await this.#pieces.next()) as IteratorResult<string, undefined>;
        if (this.#isOver) return;
        // Nobody would ask for more after an empty piece.
        if (next.value === '') continue;
        if (next.done) this.#isOver = true;
        this.#isPulling = false;
        this.push(next.done ? null : next.value);
        return;
      }
    } catch (error) {
      this.destroy(error instanceof Error ? error : new Error('its maker failed', { cause: error }));
    }
  }

  #leave(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    // Not waited for: its maker may be waiting for something itself. Its failures are of interest to nobody any more.
    this.#pieces.return?.().catch(() => undefined);
  }
}
