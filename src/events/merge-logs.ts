/** Reads many audit logs as one, in the order of their stream ids, and of each no more than is asked for. */
import type { Redis } from 'ioredis';
import { nextTurn } from '../next-turn.ts';
import { compareIds, readLog, readStreamId, type LogEntry, type StreamId } from './audit-log.ts';

/** Position in the merged logs. */
export interface LogPosition {
  /** Stream id. */
  id: string;
  tenantId: string;
}

export interface LogRange {
  /** ms since 1970, inclusive. */
  from: number;
  /** ms since 1970, exclusive. */
  before: number | undefined;
  newestFirst: boolean;
  /** Continues after this event. */
  after: LogPosition | undefined;
}

/** Logs whose first events are read at once. */
const LOGS_AT_ONCE = 250;
/** Most events that are read at once, of all logs together at first, and of one log later. */
const EVENTS_AT_ONCE = 200;

/** @param tenantIds each once */
export async function* mergeLogs(
  redis: Redis,
  tenantIds: readonly string[],
  range: LogRange,
): AsyncGenerator<LogPosition & { text: string }> {
  const first = Math.max(2, Math.ceil(EVENTS_AT_ONCE / Math.max(1, tenantIds.length)));
  const all = tenantIds.map((tenantId) => new LogReader(redis, tenantId, range, first));
  for (let at = 0; at < all.length; at += LOGS_AT_ONCE) {
    await Promise.all(all.slice(at, at + LOGS_AT_ONCE).map((log) => log.fill()));
    await nextTurn();
  }
  const sign = range.newestFirst ? -1 : 1;
  const compare = (a: LogReader, b: LogReader) =>
    sign * (compareIds(a.at, b.at) || (a.tenantId < b.tenantId ? -1 : 1));
  const waiting = all.filter((log) => log.entry !== undefined).sort(compare);
  for (let log = waiting.shift(); log?.entry; log = waiting.shift()) {
    const { id, text } = log.entry;
    yield { id, tenantId: log.tenantId, text };
    if (await log.advance()) insert(waiting, log, compare);
  }
}

/** One of the logs, at its next event. */
class LogReader {
  readonly tenantId: string;
  readonly #redis: Redis;
  readonly #range: LogRange;
  #entries: LogEntry[] = [];
  #index = 0;
  #count: number;
  #isAtEnd = false;
  #last: LogPosition | undefined;

  constructor(redis: Redis, tenantId: string, range: LogRange, count: number) {
    this.#redis = redis;
    this.tenantId = tenantId;
    this.#range = range;
    this.#last = range.after;
    this.#count = count;
  }

  get entry(): LogEntry | undefined {
    return this.#entries[this.#index];
  }

  /** Of its next event. */
  get at(): StreamId {
    return readStreamId(this.entry?.id ?? '0-0');
  }

  /** @returns whether there is a next event */
  async advance(): Promise<boolean> {
    const { id } = this.entry!;
    this.#index += 1;
    if (this.entry === undefined && !this.#isAtEnd) {
      this.#last = { id, tenantId: this.tenantId };
      await this.fill();
    }
    return this.entry !== undefined;
  }

  /** Reads on, more at each time. */
  async fill(): Promise<void> {
    const { from, before, newestFirst } = this.#range;
    let [low, high] = [String(from), before === undefined ? '+' : `(${before}-0`];
    if (this.#last) {
      const { id, tenantId } = this.#last;
      // Within one millisecond, the tenant ids decide the order.
      const isPassed = newestFirst ? this.tenantId >= tenantId : this.tenantId <= tenantId;
      const bound = `${isPassed ? '(' : ''}${id}`;
      if (newestFirst) high = bound;
      else low = bound;
    }
    const count = this.#count;
    this.#count = Math.min(EVENTS_AT_ONCE, count * 4);
    this.#entries = await readLog(this.#redis, this.tenantId, { from: low, to: high, newestFirst, count });
    this.#index = 0;
    this.#isAtEnd = this.#entries.length < count;
  }
}

/** Into a sorted list. */
function insert<T>(sorted: T[], one: T, compare: (a: T, b: T) => number): void {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (compare(sorted[middle]!, one) < 0) low = middle + 1;
    else high = middle;
  }
  sorted.splice(low, 0, one);
}
