/** Takes deliveries of the authority's event stream. */
import type { Redis } from 'ioredis';
import { readDelivery, type Delivery } from './authority-event.ts';
import { noteDelivery } from './authority-event-state.ts';
import { AuthorityEventStore } from './authority-event-store.ts';

/** `ignored`: of another type, or it concerns no tenant. */
export type Received = 'added' | 'known' | 'full' | 'ignored';

export class AuthorityEvents {
  readonly #redis: Redis;
  readonly #store: AuthorityEventStore;

  constructor(redis: Redis) {
    this.#redis = redis;
    this.#store = new AuthorityEventStore(redis);
  }

  /** @throws Problem `invalid_body` */
  async receive(delivery: Delivery): Promise<Received> {
    const event = readDelivery(delivery);
    const result = event ? await this.#store.add(event) : 'ignored';
    if (result !== 'full') await noteDelivery(this.#redis);
    return result;
  }
}
