/** The upstreams of all services, for one reading of SERVICES. */
import type { Service } from './service.ts';
import { Upstream, type UpstreamState } from './upstream.ts';

export class Upstreams {
  readonly #byName = new Map<string, Upstream>();

  constructor(services: Iterable<Service>) {
    for (const service of services) this.#byName.set(service.name, new Upstream(service));
  }

  /** @throws when there is no such service */
  of(name: string): Upstream {
    const upstream = this.#byName.get(name);
    if (!upstream) throw new Error(`no service ${name}`);
    return upstream;
  }

  /** For metrics. */
  states(): UpstreamState[] {
    return Array.from(this.#byName.values(), (upstream) => upstream.state());
  }

  /**
   * For the end of the process. Upstreams that a new reading of SERVICES replaces are not closed, as requests on their
   * way would fail: they go when nobody uses them any more, and their idle connections close by themselves.
   */
  async close(): Promise<void> {
    await Promise.all(Array.from(this.#byName.values(), (upstream) => upstream.close()));
  }
}
