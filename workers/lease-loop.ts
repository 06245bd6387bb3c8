/** Runs a loop in one process at a time, by a lease; another process takes over when that one is gone. */
import { setTimeout as delay } from 'node:timers/promises';
import { LEASE_MS, type Lease } from '../src/redis/leases.ts';

interface Parts {
  lease: Lease;
  /** One iteration; waits itself when there is nothing to do. */
  turn: () => Promise<void>;
  /** A failed iteration is retried after a pause. */
  onError: (error: unknown) => void;
  /** Whether an iteration may last longer than the lease, which is renewed meanwhile. */
  isLong?: boolean;
}

/** Interval between attempts to get the lease, and pause after a failure, ms. */
const PAUSE_MS = LEASE_MS / 5;

export class LeaseLoop {
  readonly #parts: Parts;
  readonly #running: Promise<void>;
  #isStopping = false;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#running = this.#run();
  }

  /** Resolves when the iteration has ended and the lease is released. */
  close(): Promise<void> {
    this.#isStopping = true;
    return this.#running;
  }

  async #run(): Promise<void> {
    const { lease, turn, onError } = this.#parts;
    while (!this.#isStopping) {
      try {
        if (await lease.isOurs()) await this.#keeping(turn);
        else await delay(PAUSE_MS);
      } catch (error) {
        onError(error);
        await delay(PAUSE_MS);
      }
    }
    await lease.release();
  }

  async #keeping(turn: () => Promise<void>): Promise<void> {
    const { isLong = false, lease } = this.#parts;
    if (!isLong) return turn();
    // What fails now fails again after the iteration.
    const renewal = setInterval(() => void lease.isOurs().catch(() => undefined), PAUSE_MS);
    try {
      await turn();
    } finally {
      clearInterval(renewal);
    }
  }
}
