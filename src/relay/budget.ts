/** The shared allowance of Management API calls: one slot per HTTP call, over all processes (invariant 5). */
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import type { Redis } from 'ioredis';
import { bucketOf, endpointGroups, type Bucket, type EndpointGroup, type Plan } from '../plans.ts';
import { redisNow } from '../redis/clock.ts';
import { keys } from '../redis/keys.ts';
import { defineScript, replyOf } from '../redis/scripts.ts';
import type { Lane } from './lanes.ts';

/** As `budget.lua` says it. */
export interface TakenSlot {
  waitMs: number;
  /** How often the authority had refused a call by then. */
  refusals: number;
}

/** Of `budget.lua`: its key, and its arguments in order. */
export interface SlotRequest {
  bucket: string;
  slot: readonly (string | number)[];
}

export const budgetScript = new URL('./budget.lua', import.meta.url);
const spend = defineScript({
  file: budgetScript,
  keys: ['bucket'],
  args: ['mode', 'perCallMs', 'size', 'unspent', 'first', 'second'],
  reply: replyOf<[waitMs: number, refusals: number]>,
});

/** How much later than another one a call may arrive at the authority though its slot was earlier: network and event loop. */
const JITTER_MS = 150;
/** While bulk waits, every tenth slot is its own. */
const BULK_TURN = 10;
/** This part of the burst is left to interactive calls, so that they mostly find a slot at once. */
const INTERACTIVE_SHARE = 0.25;

/** What a call of a lane asks for: while bulk waits, every so many-th slot is its own. */
const takes = {
  interactive: ['interactive', BULK_TURN, INTERACTIVE_SHARE],
  bulk: ['bulk', BULK_TURN, INTERACTIVE_SHARE],
} as const;

export class Budget {
  readonly #redis: Redis;
  readonly #plan: Plan;
  readonly #name: string;
  /** The end of each line of bulk calls at each bucket: one of them asks, the others stand behind it. */
  readonly #lines = new Map<string, Promise<void>>();

  /** @param name tells several budgets on one Redis apart */
  constructor(redis: Redis, plan: Plan, name = 'management') {
    this.#redis = redis;
    this.#plan = plan;
    this.#name = name;
  }

  /**
   * Resolves when the caller may make one call to this group of endpoints; rejects with the signal's reason when it aborts before
   * that. A slot that was reserved ahead is lost then.
   * @param line who stands in one line, of the bulk calls of a process: lines have the same chances, however long each is
   */
  take(lane: Lane, group: EndpointGroup, signal?: AbortSignal, line = ''): Promise<void> {
    return lane === 'interactive'
      ? this.#takeInteractive(group, signal)
      : this.#standInLine(`${bucketOf(this.#plan, group).name} ${line}`, group, signal);
  }

  /** What a script needs that takes a slot of an interactive call along with what else it does: calls `budget.lua` with it. */
  along(group: EndpointGroup): SlotRequest {
    const { bucket, mode, perCallMs, size, unspent, first, second } = this.#request(
      group,
      ...takes.interactive,
    );
    return { bucket, slot: [mode, perCallMs, size, unspent, first, second] };
  }

  /** Resolves and rejects as `take` does, for a slot that was taken along. */
  async due(group: EndpointGroup, taken: TakenSlot, signal?: AbortSignal): Promise<void> {
    const key = this.#keyOf(group);
    for (
      let { waitMs, refusals } = taken;
      waitMs > 0;
      { waitMs, refusals } = await this.#ask(group, ...takes.interactive)
    ) {
      await pause(waitMs, signal);
      // A slot that was reserved before the authority refused somebody is worth nothing any more.
      const now = await this.#redis.hget(key, 'refused');
      if (Number(now ?? 0) === refusals) return;
      signal?.throwIfAborted();
    }
  }

  /** What the authority said of the bucket with an answer: its size, and how many tokens are left. */
  async learn(
    group: EndpointGroup,
    { limit, remaining }: { limit: number; remaining: number },
  ): Promise<void> {
    await this.#ask(group, 'learn', limit, remaining);
  }

  /** The authority refused a call because the bucket is empty: nobody calls for so long, and then with more care. */
  async refused(group: EndpointGroup, pauseMs: number): Promise<void> {
    await this.#ask(group, 'refuse', Math.ceil(pauseMs));
  }

  #keyOf(group: EndpointGroup): string {
    return keys.budget(this.#name, bucketOf(this.#plan, group).name);
  }

  #request(group: EndpointGroup, mode: Lane | 'learn' | 'refuse', first = 0, second = 0) {
    const { bucket } = bucketOf(this.#plan, group);
    const [perCallMs, size, unspent] = [intervalOf(bucket), bucket.burst, marginOf(bucket)];
    return { bucket: this.#keyOf(group), mode, perCallMs, size, unspent, first, second };
  }

  async #ask(
    group: EndpointGroup,
    mode: Lane | 'learn' | 'refuse',
    first = 0,
    second = 0,
  ): Promise<TakenSlot> {
    const [waitMs, refusals] = await spend(this.#redis, this.#request(group, mode, first, second));
    return { waitMs, refusals };
  }

  async #takeInteractive(group: EndpointGroup, signal: AbortSignal | undefined): Promise<void> {
    signal?.throwIfAborted();
    await this.due(group, await this.#ask(group, ...takes.interactive), signal);
  }

  #standInLine(line: string, group: EndpointGroup, signal: AbortSignal | undefined): Promise<void> {
    const turn = (this.#lines.get(line) ?? Promise.resolve()).then(() => this.#takeBulk(group, signal));
    const end = turn
      .catch(() => undefined)
      .finally(() => {
        if (this.#lines.get(line) === end) this.#lines.delete(line);
      });
    this.#lines.set(line, end);
    return signal ? orAborted(turn, signal) : turn;
  }

  async #takeBulk(group: EndpointGroup, signal: AbortSignal | undefined): Promise<void> {
    const { bucket } = bucketOf(this.#plan, group);
    for (;;) {
      signal?.throwIfAborted();
      const { waitMs } = await this.#ask(group, ...takes.bulk);
      if (waitMs >= 0) return;
      // Spread, so that waiting workers do not all ask again in the same millisecond.
      await pause(-waitMs - 1 + Math.random() * Math.min(intervalOf(bucket) / 100, 5), signal);
    }
  }
}

/** Who still stands in line is told at once, too. */
async function orAborted(turn: Promise<void>, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  const over = new AbortController();
  const aborted = once(signal, 'abort', { signal: over.signal }).then(
    () => signal.throwIfAborted(),
    () => undefined,
  );
  await Promise.race([turn, aborted]).finally(() => over.abort());
}

/** Rejects with the signal's own reason, which says more than that something was aborted. */
async function pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
  await delay(ms, undefined, signal && { signal }).catch(() => signal?.throwIfAborted());
}

const intervalOf = ({ perSecond }: Bucket): number => 1000 / perSecond;

/**
 * Calls that arrive bunched must still find a token in the authority's bucket, also just before it is refilled: so many are left
 * in it.
 */
function marginOf(bucket: Bucket): number {
  const late = bucket.stepMs === 1 ? JITTER_MS : JITTER_MS + bucket.stepMs;
  return Math.min(bucket.burst - 1, Math.max(1, Math.ceil(late / intervalOf(bucket))));
}

/** How one bucket stands, for whoever runs this. */
export interface BucketState {
  name: 'all' | EndpointGroup;
  burst: number;
  /** Calls a second, as the plan allows them. */
  perSecond: number;
  /** Calls that could be made at once. */
  available: number;
  /** 1: the full rate; less, after the authority refused calls. */
  pace: number;
  /** ISO 8601; nobody calls before. */
  pausedUntil: string | undefined;
  /** How often the authority refused a call because of its limit. */
  refused: number;
}

/** Every bucket that was used within a day. */
export async function readBudget(redis: Redis, name = 'management'): Promise<BucketState[]> {
  const names = ['all', ...endpointGroups] as const;
  const buckets = await Promise.all(
    names.map(async (bucket) => ({ bucket, fields: await redis.hgetall(keys.budget(name, bucket)) })),
  );
  const now = redisNow();
  return buckets.flatMap(({ bucket, fields }) => {
    if (!fields['burst']) return [];
    const number = (field: string, otherwise: number) => Number(fields[field] ?? otherwise);
    const interval = number('interval', 1);
    const burst = Math.min(number('burst', 1), number('limit', Infinity));
    const slow = 1 + (number('slow', 1) - 1) * 2 ** (-(now - number('slowed', 0)) / 20_000);
    const pause = number('pause', 0);
    return {
      name: bucket,
      burst,
      perSecond: round(1000 / interval),
      available: Math.max(0, Math.floor(burst - Math.max(0, number('tat', 0) - now) / interval)),
      pace: round(1 / slow),
      pausedUntil: pause > now ? new Date(pause).toISOString() : undefined,
      refused: number('refused', 0),
    };
  });
}

const round = (value: number): number => Math.round(value * 1000) / 1000;
