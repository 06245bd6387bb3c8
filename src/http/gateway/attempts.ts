/** The attempts to send one request: which address comes next, and whether there is another attempt. */
import type { UpstreamAddress } from '../../gateway/upstream-address.ts';
import type { Upstream } from '../../gateway/upstream.ts';
import type { Problem } from '../../problem.ts';
import { isConnectFailure, isEndOfConnection } from './failure.ts';

export class Attempts {
  readonly #upstream: Upstream;
  /** Whether the request may be sent again after it was sent once. */
  readonly #isRepeatable: boolean;
  /** Those that could not be connected to. */
  readonly #tried: UpstreamAddress[] = [];
  #address: UpstreamAddress | undefined;
  #connectFailure: unknown;
  #isRepeated = false;

  constructor(upstream: Upstream, isRepeatable: boolean) {
    this.#upstream = upstream;
    this.#isRepeatable = isRepeatable;
  }

  /** @returns a Problem when no address is left */
  next(): UpstreamAddress | Problem {
    this.#address = this.#upstream.next(this.#tried);
    return this.#address ?? this.#upstream.unavailable(this.#connectFailure);
  }

  connected(): void {
    this.#address?.breaker.connected();
  }

  /** @returns whether another address may be tried: nothing was sent */
  notConnected(error: unknown): boolean {
    if (!this.#address) return false;
    if (!isConnectFailure(error)) {
      this.#address.breaker.abandoned();
      return false;
    }
    this.#address.breaker.failed();
    this.#tried.push(this.#address);
    this.#connectFailure = error;
    return true;
  }

  /** @returns whether it is sent once more: a read, when its connection ended before an answer */
  mayRepeat(error: unknown): boolean {
    if (!this.#isRepeatable || this.#isRepeated || !isEndOfConnection(error)) return false;
    this.#isRepeated = true;
    return true;
  }
}
