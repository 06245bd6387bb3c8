/**
 * Times in which Redis is away or takes no writes, as this process sees them: one line in the log when one begins, one when it is over,
 * and none for each command that fails in between. Whoever works on its own account rests until then.
 */
import { setTimeout as delay } from 'node:timers/promises';
import type { Redis } from 'ioredis';
import { foldErrors, type Log } from '../log.ts';
import { untilReady } from './connections.ts';
import { keys } from './keys.ts';
import { mark } from './leases.ts';
import { findRedisTrouble, type RedisTrouble } from './trouble.ts';

interface Parts {
  /** Where it is tried. */
  redis: Redis;
  /** Connections that write nothing, and so are never told that their server is a replica by now: they follow the first. */
  others?: readonly Redis[];
  log: Log;
}

interface Outage {
  /** `performance.now()`. */
  since: number;
  /** How many belong to it. */
  errors: number;
  /** A write has not succeeded since the last error. */
  isFailing: boolean;
  /** Resolves when one has. */
  over: Promise<void>;
}

/** How long after the first write that succeeded another error still belongs to the same outage. */
const QUIET_MS = 2_000;
/** How often it is tried whether Redis takes writes again. */
const TRY_MS = 1_000;
/** How long a first connection may take before it is said that it is waited for. */
const CONNECT_MS = 1_000;
/** A Redis that does not answer for so long is as good as away. */
const ANSWER_MS = 2_000;
/** Longer than any look at it; it says nothing. */
const PROBE_KEPT_MS = 60_000;

export class Outages {
  readonly #redis: Redis;
  readonly #others: readonly Redis[];
  readonly #log: Log;
  #current: Outage | undefined;
  #isClosed = false;

  constructor({ redis, others = [], log }: Parts) {
    this.#redis = redis;
    this.#others = others;
    this.#log = log;
    for (const connection of [redis, ...others])
      connection.on('error', (err) => {
        if (!this.noteOfConnection(err)) log.error({ err }, 'redis');
      });
    foldErrors(log, (error) => this.note(error));
  }

  /**
   * For each error that may be Redis'. The first one begins an outage.
   * @returns whether it is, and so needs no line of its own in the log
   */
  note(error: unknown): boolean {
    const found = findRedisTrouble(error);
    if (found) this.#count(found.code, found.trouble);
    return found !== undefined;
  }

  /** The same for an error that a connection to Redis tells of: what the network says counts, too. */
  noteOfConnection(error: NodeJS.ErrnoException): boolean {
    if (this.note(error)) return true;
    const { code, syscall } = error;
    const isOfNetwork = syscall !== undefined || /^E[A-Z]+$/.test(code ?? '');
    if (isOfNetwork) this.#count(code ?? 'NOT_CONNECTED', 'unsent');
    return isOfNetwork;
  }

  /** At the start of a process: resolves when Redis takes writes, however long that takes, and says in the log what it waits for. */
  async untilFirst(): Promise<void> {
    await untilReady(this.#redis, CONNECT_MS).catch((error: unknown) => this.note(error));
    while (!(await this.takesWrites())) await this.over();
    for (const other of this.#others)
      if (other.status !== 'ready')
        await new Promise<void>((resolve) => other.once('ready', () => resolve()));
  }

  /**
   * Whether Redis takes writes just now; finds out by one, because a replica, or a Redis that is full, answers reads and pings.
   */
  async takesWrites(): Promise<boolean> {
    const written = mark(this.#redis, keys.probe, PROBE_KEPT_MS).then(
      () => true,
      (error: unknown) => {
        this.note(error);
        return false;
      },
    );
    return (await this.#inTime(written)) ?? false;
  }

  /** What is read, or undefined when Redis cannot be asked, or is late. */
  async unlessOn<T>(read: () => Promise<T>): Promise<T | undefined> {
    const answer = read();
    answer.catch(() => undefined);
    return this.#inTime(answer).catch((error: unknown) => {
      if (!this.note(error)) throw error;
      return undefined;
    });
  }

  /** Whether this process has seen one begin, and not end. */
  isOn(): boolean {
    return this.#current?.isFailing === true;
  }

  /** Resolves when Redis takes writes; at once when there is no outage. */
  async over(): Promise<void> {
    await this.#current?.over;
  }

  close(): void {
    this.#isClosed = true;
  }

  /** @returns undefined when it is late, which is an outage */
  async #inTime<T>(answer: Promise<T>): Promise<T | undefined> {
    const answered = new AbortController();
    const tooLate = delay(ANSWER_MS, undefined, { signal: answered.signal, ref: false }).catch(
      () => undefined,
    );
    const first = await Promise.race([answer.then((value) => ({ value })), tooLate]).finally(() =>
      answered.abort(),
    );
    if (!first) this.#count('TIMED_OUT', 'unanswered');
    return first?.value;
  }

  #count(code: string, trouble: RedisTrouble): void {
    if (this.#isClosed) return;
    this.#current ??= this.#begin(code);
    this.#current.errors += 1;
    if (this.#current.isFailing) return;
    this.#current.isFailing = true;
    this.#current.over = this.#untilOver(this.#current);
    if (trouble === 'elsewhere') for (const other of this.#others) other.disconnect(true);
  }

  #begin(code: string): Outage {
    const redis = addressOf(this.#redis);
    this.#log.error({ code, redis }, 'Redis is away or takes no writes: waiting for it');
    return { since: performance.now(), errors: 0, isFailing: false, over: Promise.resolve() };
  }

  async #untilOver(outage: Outage): Promise<void> {
    do await delay(TRY_MS, undefined, { ref: false });
    while (!this.#isClosed && !(await this.takesWrites()));
    outage.isFailing = false;
    void this.#endWhenQuiet(outage);
  }

  /** Connections that rested meanwhile may still lead to where no writes are taken: until they were used again it is the same outage. */
  async #endWhenQuiet(outage: Outage): Promise<void> {
    const { errors } = outage;
    await delay(QUIET_MS, undefined, { ref: false });
    // Another one of these follows.
    if (this.#isClosed || outage.isFailing || outage.errors !== errors) return;
    this.#current = undefined;
    const ms = Math.round(performance.now() - outage.since);
    this.#log.info({ ms, errors }, 'Redis takes writes again');
  }
}

/** Without user name and password. */
function addressOf({ options: { path, host, port } }: Redis): string {
  return path ?? `${host}:${port}`;
}
