import { setTimeout as delay } from 'node:timers/promises';
import { newId } from '../random-ids.ts';
import type { Settings } from '../settings.ts';
import type { EventStream } from '../store/account-records.ts';
import type { Store } from '../store/store.ts';
import { post, type Attempt } from './post-event.ts';

export interface Delivery {
  id: string;
  event_stream_id: string;
  event_type: string;
  status: 'pending' | 'failed' | 'delivered';
  attempts: Attempt[];
  event: object;
}

/** Auth0 docs, "Events best practices": four attempts, after one, two and four times this long; what was refused with 4xx has one. */
const RETRIES = 3;
/** Further ones wait. */
const CONCURRENT_MAX = 8;
/** Beyond this number the oldest ones are no longer listed. */
const KEPT_MAX = 1_000;

/**
 * Delivers events to webhooks of event streams: at least once, in no order. In memory: what is pending when the process ends is lost.
 */
export class Deliveries {
  readonly #store: Store;
  readonly #settings: Settings;
  readonly #issuer: string;
  readonly #now: () => number;
  readonly #stopped = new AbortController();
  readonly #kept: Delivery[] = [];
  readonly #waiting: { stream: EventStream; delivery: Delivery }[] = [];
  #running = 0;

  constructor({
    store,
    settings,
    issuer,
    now,
  }: {
    store: Store;
    settings: Settings;
    issuer: string;
    now: () => number;
  }) {
    this.#store = store;
    this.#settings = settings;
    this.#issuer = issuer;
    this.#now = now;
  }

  /** Sends an event to all streams that want it. */
  publish(type: string, object: object): void {
    for (const stream of this.#store.eventStreams.values()) {
      const isWanted = stream.subscriptions.some(({ event_type }) => event_type === type);
      if (stream.status !== 'enabled' || stream.destination.type !== 'webhook' || !isWanted) continue;
      this.#send(stream, type, object);
    }
  }

  /** Sends an event to one stream, whatever it wants: to try it. */
  sendTest(stream: EventStream, type: string, object: object): Delivery {
    return this.#send(stream, type, object, { a0purpose: 'test' });
  }

  /** Starts anew with a delivery that failed. */
  redeliver(stream: EventStream, delivery: Delivery): void {
    if (delivery.status !== 'failed') return;
    delivery.status = 'pending';
    delivery.attempts.push({ status: 'retrying', timestamp: new Date(this.#now()).toISOString() });
    this.#waiting.push({ stream, delivery });
    this.#next();
  }

  listOf(streamId: string): readonly Delivery[] {
    return this.#kept.filter(({ event_stream_id: id }) => id === streamId);
  }

  #send(stream: EventStream, type: string, object: object, purpose: object = {}): Delivery {
    const id = newId.event();
    const event = { ...this.#eventOf(id, type, object, stream.id), ...purpose };
    const about = { id, event_stream_id: stream.id, event_type: type };
    const delivery: Delivery = { ...about, status: 'pending', attempts: [], event };
    this.#kept.push(delivery);
    if (this.#kept.length > KEPT_MAX) this.#kept.shift();
    this.#waiting.push({ stream, delivery });
    this.#next();
    return delivery;
  }

  stop(): void {
    this.#waiting.length = 0;
    this.#stopped.abort();
  }

  /** CloudEvents, with members of Auth0's own (recorded). */
  #eventOf(id: string, type: string, object: object, streamId: string): object {
    const tenant = new URL(this.#issuer).hostname;
    return {
      specversion: '1.0',
      id,
      source: `urn:auth0:${tenant}`,
      type,
      time: new Date(this.#now()).toISOString(),
      data: { object },
      a0stream: streamId,
      a0tenant: tenant,
    };
  }

  #next(): void {
    while (this.#running < CONCURRENT_MAX) {
      const next = this.#waiting.shift();
      if (!next) return;
      this.#running += 1;
      void this.#deliver(next.stream, next.delivery).finally(() => {
        this.#running -= 1;
        this.#next();
      });
    }
  }

  async #deliver({ destination }: EventStream, delivery: Delivery): Promise<void> {
    const { signal } = this.#stopped;
    for (let retry = 0; !signal.aborted; retry += 1) {
      const { attempt, mayRepeat } = await post(destination.configuration, delivery.event, this.#now, signal);
      delivery.attempts.push(attempt);
      if (attempt.status === 'delivered') delivery.status = 'delivered';
      else if (!mayRepeat || retry === RETRIES) delivery.status = 'failed';
      if (delivery.status !== 'pending') return;
      // Aborted: the stand-in is closed.
      await delay(this.#settings.eventRetryMs * 2 ** retry, undefined, { signal, ref: false }).catch(
        () => undefined,
      );
    }
  }
}
