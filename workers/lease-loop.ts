/** Does one thing, turn after turn, in one process of all, and in another one when that one is gone. */
import { setTimeout as delay } from 'node:timers/promises';
import { LEASE_MS, type Lease } from '../src/redis/leases.ts';

interface Parts {
  lease: Lease;
  /** Waits by itself when there is nothing to do. */
  turn: () => Promise<void>;
  /** A turn that failed is tried again a little later. */
  onError: (error: unknown) => void;
}

/** Between two looks whether the lease is to be had, and after a failure, ms. */
const PAUSE_MS = LEASE_MS / 5;

export class LeaseLoop {
  readonly #parts: Parts;
  readonly #running: Promise<void>;
  #isStopping = false;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#running = this.#run();
  }

  /** Resolves when its turn has ended and others may have the lease. */
  close(): Promise<void> {
    this.#isStopping = true;
    return this.#running;
  }

  async #run(): Promise<void> {
    const { lease, turn, onError } = this.#parts;
    while (!this.#isStopping) {
      try {
        if (await lease.isOurs()) await turn();
        else await delay(PAUSE_MS);
      } catch (error) {
        onError(error);
        await delay(PAUSE_MS);
      }
    }
    await lease.release();
  }
}
