/**
 * The refusals and failures of this process on their way to Redis, where an operator on call looks at the last ones of all processes. Kept in
 * memory for a second, so that no request waits; what repeats is counted. The audit logs have them all.
 */
import type { Redis } from 'ioredis';
import { writeBehind } from '../redis/write-behind.ts';
import { addRefusals, readRefusals, type KeptRefusal, type Refusal } from './refusal-store.ts';

/** Different ones of a process and second; further ones are left out. */
const MOST = 100;

export class RefusalLog {
  readonly #redis: Redis;
  #waiting = new Map<string, Refusal>();
  /** Writes the rest, and stops. */
  readonly close: () => Promise<void>;

  constructor(redis: Redis, onError: (error: unknown) => void) {
    this.#redis = redis;
    this.close = writeBehind(() => this.#write().catch(onError));
  }

  note(refusal: Omit<Refusal, 'count'>): void {
    const { request_id: _, ...same } = refusal;
    const name = JSON.stringify(same);
    const known = this.#waiting.get(name);
    if (known) known.count += 1;
    else if (this.#waiting.size < MOST) this.#waiting.set(name, { ...refusal, count: 1 });
  }

  /** Newest first. @param before id of a refusal: only earlier ones */
  read(before?: string): Promise<KeptRefusal[]> {
    return readRefusals(this.#redis, before);
  }

  async #write(): Promise<void> {
    const refusals = [...this.#waiting.values()];
    this.#waiting = new Map();
    if (refusals.length > 0) await addRefusals(this.#redis, refusals);
  }
}
