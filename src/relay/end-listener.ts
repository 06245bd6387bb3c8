import type { Notifications } from '../redis/notifications.ts';

/** Poll interval for waiters: pub/sub messages can be lost while Redis reconnects. */
const POLL_MS = 2_000;

/** Waits for the end of one job, or until it is time to poll; repeatable until the timeout. */
export class EndListener {
  readonly #wait: () => Promise<string | undefined>;
  readonly #until: number;
  readonly #signal: AbortSignal;
  #next: Promise<string | undefined>;

  /** Subscribes. @param until `performance.now()`. @param signal aborts when the caller disconnects */
  constructor(endings: Notifications, id: string, until: number, signal: AbortSignal) {
    this.#wait = () => endings.wait(id, Math.min(POLL_MS, until - performance.now()), signal);
    this.#until = until;
    this.#signal = signal;
    this.#next = this.#wait();
  }

  /** Resolves with the sealed end; '' or undefined when the record has to be read. */
  wait(): Promise<string | undefined> {
    return this.#next;
  }

  /** Waits once more. @returns false after the timeout */
  again(): boolean {
    const goesOn = performance.now() < this.#until;
    if (goesOn) this.#next = this.#wait();
    return goesOn;
  }

  hasHungUp(): boolean {
    return this.#signal.aborted;
  }
}
