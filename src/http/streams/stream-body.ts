/** A readable response body that respects backpressure and can be ended from outside at any time. */
import { Readable } from 'node:stream';

export class StreamBody extends Readable {
  readonly #pieces: AsyncIterator<string>;
  #isPulling = false;
  #isOver = false;

  constructor(pieces: AsyncIterable<string>) {
    super();
    this.#pieces = pieces[Symbol.asyncIterator]();
  }

  /** Ends the body normally, with this as the last chunk; the source's next chunk is dropped. */
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
        // An empty chunk would not trigger another read.
        if (next.value === '') continue;
        if (next.done) this.#isOver = true;
        this.#isPulling = false;
        this.push(next.done ? null : next.value);
        return;
      }
    } catch (error) {
      this.destroy(error instanceof Error ? error : new Error('its source failed', { cause: error }));
    }
  }

  #leave(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    // Not awaited: the source may itself be waiting. Its errors no longer matter.
    this.#pieces.return?.().catch(() => undefined);
  }
}
