/** A request body on its way to a service, with backpressure to the caller. */
import type { IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import { bodyTooLarge, standsStill } from '../body-pieces.ts';

interface Bounds {
  maxBytes: number;
  /** The longest gap between two chunks of the caller's, and what it may be late in all by LEAST_BYTES_PER_MS. */
  idleMs: number;
}

/**
 * 1 KiB a second: less than any network that people use. A caller that sends a byte now and then would hold one of the
 * places of the service, and those of its tenant are few.
 */
const LEAST_BYTES_PER_MS = 1.024;

const HIGH_WATER_BYTES = 65_536;

/**
 * undici destroys the body of a request that ends early. With the caller's own request that would end its connection,
 * which still has to carry the answer; what this stream leaves unread is drained later (`drainBody`).
 *
 * Its error is Problem `body_too_large` or `request_timeout`.
 */
export class ServiceBody extends Readable {
  readonly #req: IncomingMessage;
  readonly #bounds: Bounds;
  #bytes = 0;
  /** Undefined until undici asks for the first chunk. */
  #timer: NodeJS.Timeout | undefined;
  #isWaiting = false;
  /** Spent waiting for the caller, rather than for the service. */
  #waitedMs = 0;
  #waitingSince = 0;

  constructor(req: IncomingMessage, bounds: Bounds) {
    super({ highWaterMark: HIGH_WATER_BYTES });
    this.#req = req;
    this.#bounds = bounds;
    // Between two attempts undici does not listen.
    this.on('error', () => undefined);
  }

  override _read(): void {
    if (!this.#isWaiting) this.#waitingSince = performance.now();
    this.#isWaiting = true;
    if (this.#timer) this.#timer.refresh();
    else {
      this.#timer = setTimeout(this.#checkIdle, this.#bounds.idleMs);
      this.#req.on('data', this.#receive).once('end', this.#finish);
    }
    this.#req.resume();
  }

  override _destroy(error: Error | null, callback: (error?: Error | null) => void): void {
    this.#leave();
    callback(error);
  }

  readonly #receive = (chunk: Buffer): void => {
    this.#bytes += chunk.length;
    const now = performance.now();
    this.#waitedMs += now - this.#waitingSince;
    this.#waitingSince = now;
    const { maxBytes, idleMs } = this.#bounds;
    if (this.#bytes > maxBytes) this.destroy(bodyTooLarge(maxBytes));
    else if (this.#waitedMs > idleMs + this.#bytes / LEAST_BYTES_PER_MS) this.destroy(standsStill());
    else if (!this.push(chunk)) {
      this.#isWaiting = false;
      this.#req.pause();
    }
  };

  readonly #finish = (): void => {
    this.push(null);
    this.#leave();
  };

  /** A service that does not take the body has a timeout of its own. */
  readonly #checkIdle = (): void => {
    if (!this.#isWaiting) return;
    this.destroy(standsStill());
  };

  #leave(): void {
    if (!this.#timer) return;
    clearTimeout(this.#timer);
    this.#isWaiting = false;
    this.#req.off('data', this.#receive).off('end', this.#finish);
    if (!this.#req.complete) this.#req.pause();
  }
}
