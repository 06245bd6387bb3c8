/** The shared allowance of Management API calls: one slot per HTTP call, over all processes (invariant 5). */
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import type { Redis } from 'ioredis';
import {
  bucketsOf,
  endpointGroups,
  type Bucket,
  type EndpointGroup,
  type NamedBucket,
  type Plan,
} from '../plans.ts';
import { redisNow } from '../redis/clock.ts';
import { keys } from '../redis/keys.ts';
import { defineScript, replyOf } from '../redis/scripts.ts';
import type { Lane } from './lanes.ts';

/** As the scripts say it. */
export interface TakenSlot {
  waitMs: number;
  /** How often the authority had refused a call by then. */
  refusals: number;
}

/** A bucket as scripts take it: its key, then `perCallMs`, `size` and `unspent` of `budget.lua`. */
type BucketArguments = readonly [key: string, perCallMs: number, size: number, unspent: number];

/** What a script needs to take interactive slots with `budget.lua` along with what else it does. */
export interface SlotRequest {
  bucket: string;
  /** Arguments of `budget.lua`, in order. */
  slot: readonly (string | number)[];
  /** Buckets beside it: calls of these groups cost a slot of theirs, too. */
  beside: Readonly<Partial<Record<EndpointGroup, BucketArguments>>>;
}

/** What an answer's header fields say of a bucket: its size, and how many tokens are left. */
interface BucketReport {
  limit: number;
  remaining: number;
}

export const budgetScript = new URL('./budget.lua', import.meta.url);
const changeBucket = defineScript({
  file: budgetScript,
  keys: ['bucket'],
  args: ['mode', 'perCallMs', 'size', 'unspent', 'first', 'second'],
});
const takeSlot = defineScript({
  file: new URL('./take-slot.lua', import.meta.url),
  keys: ['bucket', 'beside?'],
  args: ['lane', 'perCallMs', 'size', 'unspent', 'first', 'second', '...own'],
  uses: { budget: budgetScript },
  reply: replyOf<[waitMs: number, refusals: number]>,
});

/** Network and event loop. */
const JITTER_MS = 150;
/** While bulk waits, every tenth slot is its own. */
const BULK_TURN = 10;
/** This part of the burst is left to interactive calls, so that they mostly find a slot at once. */
const INTERACTIVE_SHARE = 0.25;

/** `first` and `second` of `budget.lua`. */
const takes = {
  interactive: { first: BULK_TURN, second: 0 },
  bulk: { first: BULK_TURN, second: INTERACTIVE_SHARE },
} as const;

export class Budget {
  readonly #redis: Redis;
  readonly #plan: Plan;
  readonly #name: string;
  /** The end of each line of bulk calls at each bucket: one of them asks, the others stand behind it. */
  readonly #lines = new Map<string, Promise<void>>();
  readonly #beside: SlotRequest['beside'];
  readonly #jitterMs: number;

  /**
   * @param name tells several budgets on one Redis apart
   * @param jitterMs how much later than another one a call may arrive at the authority though its slot was earlier
   */
  constructor(redis: Redis, plan: Plan, name = 'management', jitterMs = JITTER_MS) {
    this.#redis = redis;
    this.#plan = plan;
    this.#name = name;
    this.#jitterMs = jitterMs;
    this.#beside = Object.fromEntries(
      endpointGroups.flatMap((group) => {
        const { beside } = bucketsOf(plan, group);
        return beside ? [[group, this.#argumentsOf(beside)]] : [];
      }),
    );
  }

  /**
   * Resolves when the caller may make one call to this group of endpoints; rejects with the signal's reason when it aborts before
   * that. A slot that was reserved ahead is lost then.
   * @param line who stands in one line, of the bulk calls of a process: lines have the same chances, however long each is
   */
  take(lane: Lane, group: EndpointGroup, signal?: AbortSignal, line = ''): Promise<void> {
    if (lane === 'interactive') return this.#takeInteractive(group, signal);
    const { main, beside } = bucketsOf(this.#plan, group);
    return this.#standInLine(`${(beside ?? main).name} ${line}`, group, signal);
  }

  /** For a script that takes slots of the bucket which calls to this group are paid from: `main` of `bucketsOf`. */
  along(group: EndpointGroup): SlotRequest {
    const [bucket, ...numbers] = this.#argumentsOf(bucketsOf(this.#plan, group).main);
    const { first, second } = takes.interactive;
    return { bucket, slot: ['interactive', ...numbers, first, second], beside: this.#beside };
  }

  /** The header fields of an answer. */
  async learn(group: EndpointGroup, { limit, remaining }: BucketReport): Promise<void> {
    await this.#change(this.#reportedBucket(group, limit), 'learn', limit, remaining);
  }

  /**
   * The authority refused a call because a bucket is empty: nobody makes calls that are paid from it for so long, and then with more
   * care.
   * @param isOfGroup the limit of the call's group was named, so calls of other groups may go on; else it may be any bucket of the call
   */
  async refused(group: EndpointGroup, pauseMs: number, { isOfGroup = false } = {}): Promise<void> {
    const { main, beside } = bucketsOf(this.#plan, group);
    const buckets = !beside ? [main] : isOfGroup ? [beside] : [main, beside];
    await Promise.all(buckets.map((bucket) => this.#change(bucket, 'refuse', Math.ceil(pauseMs))));
  }

  /**
   * Of a call that is paid from two buckets, an answer reports one. Auth0 doesn't document which: the token endpoint was seen to report
   * its own bucket while the overall one was empty (community.auth0.com/t/77440), and the fullest one would be of no use. So a report is
   * the overall bucket's only if it names the size of that one alone; else it is the group's. A wrong guess slows this group, and the
   * overall bucket learns from the calls that are paid from no other.
   */
  #reportedBucket(group: EndpointGroup, limit: number): NamedBucket {
    const { main, beside } = bucketsOf(this.#plan, group);
    return !beside || (limit === main.burst && limit !== beside.burst) ? main : beside;
  }

  #argumentsOf(bucket: NamedBucket): BucketArguments {
    return [this.#keyOf(bucket), intervalOf(bucket), bucket.burst, marginOf(bucket, this.#jitterMs)];
  }

  #keyOf({ name }: NamedBucket): string {
    return keys.budget(this.#name, name);
  }

  async #change(named: NamedBucket, mode: 'learn' | 'refuse', first: number, second = 0): Promise<void> {
    const [bucket, perCallMs, size, unspent] = this.#argumentsOf(named);
    await changeBucket(this.#redis, { bucket, mode, perCallMs, size, unspent, first, second });
  }

  async #take(lane: Lane, group: EndpointGroup): Promise<TakenSlot> {
    const [bucket, perCallMs, size, unspent] = this.#argumentsOf(bucketsOf(this.#plan, group).main);
    const [beside, ...own] = this.#beside[group] ?? [];
    const numbers = { perCallMs, size, unspent, ...takes[lane] };
    const [waitMs, refusals] = await takeSlot(this.#redis, { bucket, beside, lane, ...numbers, own });
    return { waitMs, refusals };
  }

  async #takeInteractive(group: EndpointGroup, signal: AbortSignal | undefined): Promise<void> {
    signal?.throwIfAborted();
    for (;;) {
      const { waitMs, refusals } = await this.#take('interactive', group);
      if (waitMs === 0) return;
      await pause(waitMs < 0 ? -waitMs - 1 : waitMs, signal);
      // A slot that was reserved before the authority refused somebody is worth nothing any more.
      if (waitMs > 0 && (await this.#refusals(group)) === refusals) return;
      signal?.throwIfAborted();
    }
  }

  async #refusals(group: EndpointGroup): Promise<number> {
    const { main, beside } = bucketsOf(this.#plan, group);
    const buckets = beside ? [main, beside] : [main];
    const counts = await Promise.all(buckets.map((one) => this.#redis.hget(this.#keyOf(one), 'refused')));
    return counts.reduce((sum, count) => sum + Number(count ?? 0), 0);
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
    const { main } = bucketsOf(this.#plan, group);
    for (;;) {
      signal?.throwIfAborted();
      const { waitMs } = await this.#take('bulk', group);
      if (waitMs >= 0) return;
      // Spread, so that waiting workers do not all ask again in the same millisecond.
      await pause(-waitMs - 1 + Math.random() * Math.min(intervalOf(main) / 100, 5), signal);
    }
  }
}

/** A call that still stands in line is rejected at once, too. */
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
function marginOf(bucket: Bucket, jitterMs: number): number {
  const late = bucket.stepMs === 1 ? jitterMs : jitterMs + bucket.stepMs;
  return Math.min(bucket.burst - 1, Math.max(1, Math.ceil(late / intervalOf(bucket))));
}

/** State of a bucket, for operators. */
export interface BucketState {
  name: 'all' | EndpointGroup;
  burst: number;
  /** Its size as the plan says. */
  configured: number;
  /** Its size as the authority last said; undefined: not yet. */
  reported: number | undefined;
  /** Calls a second, as the plan allows them. */
  perSecond: number;
  /** Calls that this bucket would pay for at once. */
  available: number;
  /** 1: the full rate; less, after the authority refused calls. */
  pace: number;
  /** ISO 8601; nobody calls before. */
  pausedUntil: string | undefined;
  /** How often the authority refused a call because of its limit. */
  refused: number;
}

/** As long as `budget.lua` believes a report; a bucket that no call uses any more is not looked at there. */
const REPORT_MS = 3_600_000;

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
    const configured = number('burst', 1);
    const isReported = fields['limit'] !== undefined && now - number('limited', 0) <= REPORT_MS;
    const reported = isReported ? Number(fields['limit']) : undefined;
    const burst = Math.min(configured, reported ?? Infinity);
    const slow = 1 + (number('slow', 1) - 1) * 2 ** (-(now - number('slowed', 0)) / 20_000);
    const pause = number('pause', 0);
    return {
      name: bucket,
      burst,
      configured,
      reported,
      perSecond: round(1000 / interval),
      available: Math.max(0, Math.floor(burst - Math.max(0, number('tat', 0) - now) / interval)),
      pace: round(1 / slow),
      pausedUntil: pause > now ? new Date(pause).toISOString() : undefined,
      refused: number('refused', 0),
    };
  });
}

const round = (value: number): number => Math.round(value * 1000) / 1000;
