/** What sends requests to one service: its addresses in turn, and a bound on requests at the same time. */
import { Problem } from '../problem.ts';
import type { Service } from './service.ts';
import { UpstreamAddress } from './upstream-address.ts';

export interface UpstreamState {
  service: string;
  /** Requests that this process is sending, or that wait for the end of their answer. */
  open: number;
  addresses: number;
  /** Addresses that are left out because they cannot be connected to. */
  out: number;
}

/** Seconds. How soon a request ends cannot be predicted. */
const RETRY_AFTER_BUSY = '1';

export class Upstream {
  readonly service: Service;
  readonly #addresses: readonly UpstreamAddress[];
  #open = 0;
  /** By tenant; one without any has no entry. */
  readonly #ofTenants = new Map<string, number>();
  #turn = 0;

  constructor(service: Service) {
    this.service = service;
    this.#addresses = service.urls.map((url) => new UpstreamAddress(url, service));
  }

  /**
   * Takes a place for a request; `leave` gives it back. One tenant has half of them at most: its slow requests are its own
   * wait (invariant 11).
   * @throws Problem `service_unavailable`
   */
  enter(tenantId: string): void {
    const { name, concurrency } = this.service;
    const own = this.#ofTenants.get(tenantId) ?? 0;
    const isShare = own >= Math.ceil(concurrency / 2);
    if (isShare || this.#open >= concurrency)
      throw new Problem('service_unavailable', {
        detail: `The service gets no more requests at the same time${isShare ? ' of one tenant' : ''}.`,
        headers: { 'Retry-After': RETRY_AFTER_BUSY },
        internal: `${name} has ${this.#open} requests, ${own} of this tenant`,
      });
    this.#open += 1;
    this.#ofTenants.set(tenantId, own + 1);
  }

  leave(tenantId: string): void {
    this.#open -= 1;
    const own = this.#ofTenants.get(tenantId) ?? 0;
    if (own > 1) this.#ofTenants.set(tenantId, own - 1);
    else this.#ofTenants.delete(tenantId);
  }

  /** @returns the next address in turn that takes requests; undefined: none but those tried */
  next(tried: readonly UpstreamAddress[]): UpstreamAddress | undefined {
    const count = this.#addresses.length;
    for (let i = 0; i < count; i += 1) {
      const turn = (this.#turn + i) % count;
      const address = this.#addresses[turn];
      if (!address || tried.includes(address) || !address.breaker.admits()) continue;
      this.#turn = (turn + 1) % count;
      return address;
    }
    return undefined;
  }

  /** For a request that no address can take. */
  unavailable(cause?: unknown): Problem {
    const waitMs = Math.min(...this.#addresses.map(({ breaker }) => breaker.waitMs()));
    return new Problem('service_unavailable', {
      headers: { 'Retry-After': String(Math.max(1, Math.ceil(waitMs / 1000))) },
      internal: `${this.service.name} cannot be connected to`,
      cause,
    });
  }

  state(): UpstreamState {
    return {
      service: this.service.name,
      open: this.#open,
      addresses: this.#addresses.length,
      out: this.#addresses.filter(({ breaker }) => breaker.isOpen).length,
    };
  }

  /** Resolves when its requests have ended; new ones are refused. */
  async close(): Promise<void> {
    await Promise.all(this.#addresses.map((address) => address.close()));
  }
}
