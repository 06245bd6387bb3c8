import { setTimeout as delay } from 'node:timers/promises';
import { shownEvent } from '../management/logs/log-view.ts';
import type { Settings } from '../settings.ts';
import type { LogStream } from '../store/account-records.ts';
import type { LogEvent } from '../store/records.ts';
import type { Store } from '../store/store.ts';
import { categoryOf } from './log-categories.ts';

/** Auth0 docs, "Create custom log streams using webhooks": three more attempts, then the failure is noted and the event is lost. */
const RETRIES = 3;
const BATCH_MAX = 100;
/** Of a stream whose receiver is slow; the oldest are lost. */
const WAITING_MAX = 10_000;
const TIMEOUT_MS = 10_000;

/**
 * Sends log events to streams of type `http`, in order and in batches, one request of a stream at a time. In memory: what waits when the
 * process ends is lost.
 */
export class LogDeliveries {
  readonly #store: Store;
  readonly #settings: Settings;
  readonly #issuer: string;
  readonly #stopped = new AbortController();
  readonly #waiting = new Map<string, LogEvent[]>();
  readonly #running = new Set<string>();

  constructor({ store, settings, issuer }: { store: Store; settings: Settings; issuer: string }) {
    this.#store = store;
    this.#settings = settings;
    this.#issuer = issuer;
    store.logs.watch((after, before) => {
      if (after && !before) this.#publish(after);
    });
  }

  stop(): void {
    this.#waiting.clear();
    this.#stopped.abort();
  }

  #publish(event: LogEvent): void {
    for (const stream of this.#store.logStreams.values()) {
      if (stream.type !== 'http' || stream.status !== 'active' || !isWanted(stream, event)) continue;
      const waiting = this.#waiting.get(stream.id) ?? [];
      waiting.push(event);
      if (waiting.length > WAITING_MAX) waiting.shift();
      this.#waiting.set(stream.id, waiting);
      if (!this.#running.has(stream.id)) void this.#drain(stream.id);
    }
  }

  async #drain(id: string): Promise<void> {
    this.#running.add(id);
    // Events of one request are sent together.
    await Promise.resolve();
    for (let stream = this.#active(id); stream; stream = this.#active(id)) {
      const isSingle = stream.sink['httpContentFormat'] === 'JSONOBJECT';
      const batch = this.#waiting.get(id)?.splice(0, isSingle ? 1 : BATCH_MAX) ?? [];
      if (batch.length === 0) break;
      await this.#send(stream, batch);
    }
    this.#running.delete(id);
    this.#waiting.delete(id);
  }

  #active(id: string): LogStream | undefined {
    const stream = this.#store.logStreams.get(id);
    return stream?.status === 'active' && !this.#stopped.signal.aborted ? stream : undefined;
  }

  async #send({ sink }: LogStream, batch: readonly LogEvent[]): Promise<void> {
    const { signal } = this.#stopped;
    const body = bodyOf(
      sink,
      batch.map((event) => this.#view(event)),
    );
    for (let retry = 0; !signal.aborted && !(await post(sink, body, signal)); retry += 1) {
      if (retry === RETRIES) return;
      // Aborted: the stand-in is closed. How long Auth0 waits is not documented.
      await delay(this.#settings.eventRetryMs * 2 ** retry, undefined, { signal, ref: false }).catch(
        () => undefined,
      );
    }
  }

  /** Members beside those of the log: reported. */
  #view(event: LogEvent): object {
    const { host } = new URL(this.#issuer);
    const data = { ...shownEvent(event, host), tenant_name: host.split(/[.:]/)[0] };
    return { log_id: event.log_id, data };
  }
}

/** A priority stream has the filter `security`, whose types are not documented: it carries all. */
function isWanted({ filters, isPriority }: LogStream, { type }: LogEvent): boolean {
  if (isPriority === true || !filters || filters.length === 0) return true;
  const category = categoryOf(type);
  return filters.some(({ name }) => name === category);
}

function bodyOf({ httpContentFormat: format }: LogStream['sink'], events: readonly object[]): string {
  if (format === 'JSONARRAY') return JSON.stringify(events);
  return events.map((event) => JSON.stringify(event)).join('\n');
}

async function post(sink: LogStream['sink'], body: string, stopped: AbortSignal): Promise<boolean> {
  const { httpEndpoint, httpContentType, httpAuthorization, httpCustomHeaders } = sink;
  const own = (Array.isArray(httpCustomHeaders) ? httpCustomHeaders : []) as {
    header: string;
    value: string;
  }[];
  try {
    const response = await fetch(String(httpEndpoint), {
      method: 'POST',
      redirect: 'manual',
      headers: {
        ...Object.fromEntries(own.map(({ header, value }) => [header, value])),
        'content-type': typeof httpContentType === 'string' ? httpContentType : 'application/json',
        ...(typeof httpAuthorization === 'string' && { authorization: httpAuthorization }),
      },
      body,
      signal: AbortSignal.any([stopped, AbortSignal.timeout(TIMEOUT_MS)]),
    });
    await response.body?.cancel();
    return response.ok;
  } catch {
    return false;
  }
}
