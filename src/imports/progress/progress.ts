/** Watches imports: one pub/sub subscription per process, and one read per change of an import, however many clients watch it. */
import type { Redis } from 'ioredis';
import { keys } from '../../redis/keys.ts';
import { listen } from '../../redis/notifications.ts';
import type { ImportState } from '../import-state.ts';

interface Watched {
  watchers: Set<Watcher>;
  isReading: boolean;
  isChanged: boolean;
}

interface Watcher {
  latest: ImportState | undefined;
  wake: () => void;
}

export class Progress {
  readonly #read: (id: string) => Promise<ImportState | undefined>;
  readonly #watched = new Map<string, Watched>();
  #isClosed = false;
  #stop = (): void => undefined;

  private constructor(read: (id: string) => Promise<ImportState | undefined>) {
    this.#read = read;
  }

  /** @param subscriber a connection of its own: a subscribed one takes no other commands */
  static async listening(
    subscriber: Redis,
    read: (id: string) => Promise<ImportState | undefined>,
  ): Promise<Progress> {
    const progress = new Progress(read);
    progress.#stop = await listen(subscriber, keys.userImportChanged, (id) => {
      const one = progress.#watched.get(id);
      if (one) void progress.#readFor(id, one);
    });
    return progress;
  }

  /**
   * Yields the import's state whenever it has changed, the latest only: a slow reader skips intermediate states. Yields `undefined`
   * after `quietMs` without a change. Ends when `signal` aborts or the process stops.
   */
  async *watch(id: string, quietMs: number, signal: AbortSignal): AsyncGenerator<ImportState | undefined> {
    const watcher: Watcher = { latest: undefined, wake: () => undefined };
    const leave = this.#join(id, watcher);
    try {
      while (!this.#isClosed && !signal.aborted) {
        if (!watcher.latest) await sleepUntilWoken(watcher, quietMs, signal);
        const { latest } = watcher;
        watcher.latest = undefined;
        yield latest;
      }
    } finally {
      leave();
    }
  }

  /** Ends every watch. */
  close(): void {
    this.#isClosed = true;
    this.#stop();
    for (const { watchers } of this.#watched.values()) for (const { wake } of watchers) wake();
  }

  async #readFor(id: string, one: Watched): Promise<void> {
    one.isChanged = true;
    if (one.isReading) return;
    one.isReading = true;
    try {
      while (one.isChanged) {
        one.isChanged = false;
        const state = await this.#read(id);
        for (const watcher of one.watchers) {
          watcher.latest = state;
          watcher.wake();
        }
      }
    } catch {
      // Redis is unreachable: the next change, or the next heartbeat, tries again.
    } finally {
      one.isReading = false;
    }
  }

  #join(id: string, watcher: Watcher): () => void {
    const one = this.#watched.get(id) ?? { watchers: new Set(), isReading: false, isChanged: false };
    this.#watched.set(id, one);
    one.watchers.add(watcher);
    return () => {
      one.watchers.delete(watcher);
      if (one.watchers.size === 0) this.#watched.delete(id);
    };
  }
}

async function sleepUntilWoken(watcher: Watcher, ms: number, signal: AbortSignal): Promise<void> {
  await new Promise<void>((resolve) => {
    const timer = setTimeout(done, ms);
    function done(): void {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    }
    signal.addEventListener('abort', done, { once: true });
    watcher.wake = done;
  });
}
