/** The end of this process, for connections that would outlast it: it is told to them once requests are taken no more. */

export class Shutdown {
  readonly #listeners = new Set<() => void>();
  #hasBegun = false;

  /** @param listener called once; at once when it has begun. @returns forgets it */
  onBegin(listener: () => void): () => void {
    if (this.#hasBegun) listener();
    else this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  begin(): void {
    this.#hasBegun = true;
    const all = [...this.#listeners];
    this.#listeners.clear();
    for (const listener of all) listener();
  }
}
