/** Reads something every few seconds for all who watch it at this process, and not at all while nobody does. */
import { setTimeout as delay } from 'node:timers/promises';

export class RepeatedReading<T> {
  /** Reads it now. */
  readonly read: () => Promise<T>;
  readonly #everyMs: number;
  readonly #closed = new AbortController();
  #next: Promise<T | undefined> | undefined;

  constructor(read: () => Promise<T>, everyMs: number) {
    this.read = read;
    this.#everyMs = everyMs;
  }

  /**
   * Yields what is read now, and then what is read every few seconds; `undefined` where it could not be read. Ends when `signal` aborts, at the
   * next reading at the latest, and at once when it is closed.
   */
  async *watch(signal: AbortSignal): AsyncGenerator<T | undefined> {
    yield await this.read();
    while (!this.#isOver(signal)) {
      const read = await (this.#next ??= this.#readLater());
      if (!this.#isOver(signal)) yield read;
    }
  }

  close(): void {
    this.#closed.abort();
  }

  #isOver(signal: AbortSignal): boolean {
    return signal.aborted || this.#closed.signal.aborted;
  }

  async #readLater(): Promise<T | undefined> {
    try {
      await delay(this.#everyMs, undefined, { signal: this.#closed.signal, ref: false });
      return await this.read();
    } catch {
      // Closed, or Redis is unreachable: the next reading tries again.
      return undefined;
    } finally {
      this.#next = undefined;
    }
  }
}
