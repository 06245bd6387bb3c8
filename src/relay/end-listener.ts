import type { Notifications } from '../redis/notifications.ts';

/** Poll interval for those who wait: a message can be lost while Redis comes back. */
const LOOK_MS = 2_000;

/** Hears of the end of one job, or that it is time to look; again and again until the time is over. */
export class EndListener {
  readonly #wait: () => Promise<string | undefined>;
  readonly #until: number;
  readonly #signal: AbortSignal;
  #next: Promise<string | undefined>;

  /** Listens from now on. @param until `performance.now()`. @param signal aborts when its caller hangs up */
  constructor(endings: Notifications, id: string, until: number, signal: AbortSignal) {
    this.#wait = () => endings.wait(id, Math.min(LOOK_MS, until - performance.now()), signal);
    this.#until = until;
    this.#signal = signal;
    this.#next = this.#wait();
  }

  /** The sealed end; '' or undefined when only a look can tell. */
  hear(): Promise<string | undefined> {
    return this.#next;
  }

  /** @returns false when the time is over */
  again(): boolean {
    const goesOn = performance.now() < this.#until;
    if (goesOn) this.#next = this.#wait();
    return goesOn;
  }

  hasHungUp(): boolean {
    return this.#signal.aborted;
  }
}
