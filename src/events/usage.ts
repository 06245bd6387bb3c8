/**
 * Usage of each API key, app and single-page app. Counted in memory and written once a second, so that requests pay
 * nothing for it; a killed process loses at most its last second. Each second's counts are written exactly once,
 * however often they are sent.
 */
import { randomUUID } from 'node:crypto';
import type { Redis } from 'ioredis';
import { redisNow } from '../redis/clock.ts';
import { AN_HOUR_MS, latencyField } from './usage-periods.ts';
import { addUsage, type UsageBatch } from './usage-store.ts';

/** Tenant and client that a request is counted for. */
export interface UsedBy {
  tenantId: string;
  kind: string;
  clientId: string;
}

interface Counts {
  kind: string;
  maxMs: number;
  /** Field → sum. */
  sums: Map<string, number>;
}

const WRITE_MS = 1_000;
/** Buffer for when Redis is unreachable; further counts are lost, which is logged. */
const MAX_WAITING = 10_000;
const SENT_AT_ONCE = 100;

export class UsageCounter {
  readonly #redis: Redis;
  readonly #onLoss: (error: unknown) => void;
  readonly #processId = randomUUID();
  readonly #timer: NodeJS.Timeout;
  /** Tenant → client → counts. */
  #counted = new Map<string, Map<string, Counts>>();
  #hourEndsAt = hourAfter(redisNow());
  #waiting: UsageBatch[] = [];
  #number = 0;
  #writing = Promise.resolve();

  constructor(redis: Redis, onLoss: (error: unknown) => void) {
    this.#redis = redis;
    this.#onLoss = onLoss;
    this.#timer = setInterval(() => {
      this.#writing = this.#writing.then(() => this.#write());
    }, WRITE_MS).unref();
  }

  request(by: UsedBy, status: number, ms: number): void {
    const counts = this.#countsOf(by);
    add(counts, 'requests', 1);
    if (status >= 500) add(counts, 'failures', 1);
    else if (status >= 400) add(counts, 'refusals', 1);
    add(counts, 'ms', Math.round(ms * 1000) / 1000);
    add(counts, latencyField(ms), 1);
    if (ms > counts.maxMs) counts.maxMs = ms;
  }

  relayCall(by: UsedBy): void {
    add(this.#countsOf(by), 'relay_calls', 1);
  }

  rowsCreated(by: UsedBy, rows: number): void {
    add(this.#countsOf(by), 'rows_created', rows);
  }

  /** Writes the remaining counts, and stops. */
  async close(): Promise<void> {
    clearInterval(this.#timer);
    await this.#writing;
    await this.#write();
    if (this.#waiting.length > 0) this.#onLoss(new Error('usage not written'));
  }

  #countsOf({ tenantId, clientId, kind }: UsedBy): Counts {
    if (redisNow() >= this.#hourEndsAt) this.#turnOver();
    let clients = this.#counted.get(tenantId);
    if (!clients) this.#counted.set(tenantId, (clients = new Map<string, Counts>()));
    let counts = clients.get(clientId);
    if (!counts) clients.set(clientId, (counts = { kind, maxMs: 0, sums: new Map() }));
    return counts;
  }

  /** Closes the current counts: they belong to the hour that ends or continues now. */
  #turnOver(): void {
    const time = this.#hourEndsAt - 1;
    for (const [tenantId, clients] of this.#counted) {
      this.#number += 1;
      const counts = [...clients].flatMap(([clientId, { kind, maxMs, sums }]) => [
        clientId,
        kind,
        maxMs,
        sums.size,
        ...[...sums].flat(),
      ]);
      this.#waiting.push({ number: this.#number, tenantId, time, counts });
    }
    this.#counted = new Map();
    this.#hourEndsAt = hourAfter(redisNow());
  }

  async #write(): Promise<void> {
    this.#turnOver();
    while (this.#waiting.length > 0) {
      const error = await this.#writeSome();
      if (error === undefined) continue;
      if (this.#waiting.length > MAX_WAITING) this.#onLoss(error);
      this.#waiting = this.#waiting.slice(0, MAX_WAITING);
      return;
    }
  }

  /** Sends batches together: each trip to Redis costs more than a batch. @returns the error of one that was not written */
  async #writeSome(): Promise<unknown> {
    const some = firstOfTenants(this.#waiting);
    const results = await Promise.allSettled(
      some.map((batch) => addUsage(this.#redis, this.#processId, batch)),
    );
    // The same batch with the same number is retried: it may have arrived.
    const left = some.filter((_batch, i) => results[i]?.status === 'rejected');
    this.#waiting.splice(0, some.length, ...left);
    const failed = results.find((result) => result.status === 'rejected');
    const error: unknown = failed?.reason;
    return error;
  }
}

/** A batch of a tenant is sent when those before it were written: Redis takes no earlier number after a later one. */
function firstOfTenants(waiting: readonly UsageBatch[]): UsageBatch[] {
  const some = new Map<string, UsageBatch>();
  for (const batch of waiting) {
    if (some.size === SENT_AT_ONCE || some.has(batch.tenantId)) break;
    some.set(batch.tenantId, batch);
  }
  return [...some.values()];
}

function add({ sums }: Counts, field: string, by: number): void {
  sums.set(field, (sums.get(field) ?? 0) + by);
}

const hourAfter = (time: number): number => (Math.floor(time / AN_HOUR_MS) + 1) * AN_HOUR_MS;
