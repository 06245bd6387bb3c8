/**
 * Detects when Redis is unreachable or refuses writes: one log line at the start of an outage and one at its end, none
 * for each failed command in between. Background work pauses until then.
 */
import { setTimeout as delay } from 'node:timers/promises';
import type { Redis } from 'ioredis';
import { suppressLogged, type Log } from '../log.ts';
import { isCluster, untilReady } from './connections.ts';
import { keys } from './keys.ts';
import { mark } from './leases.ts';
import { findRedisTrouble, type RedisTrouble } from './trouble.ts';

interface Parts {
  /** Connection for the probe. */
  redis: Redis;
  /**
   * Connections that never write, so that they would not notice that their server has become a replica: reconnected
   * with the first.
   */
  others?: readonly Redis[];
  log: Log;
}

interface Outage {
  /** `performance.now()`. */
  since: number;
  /** Number of errors that belong to it. */
  errors: number;
  /** No write has succeeded since the last error. */
  isFailing: boolean;
  /** Resolves when one has. */
  over: Promise<void>;
}

/** An error this soon after the first successful write belongs to the same outage. */
const QUIET_MS = 2_000;
/** Interval between probes. */
const TRY_MS = 1_000;
/** How long the first connection may take before the wait is logged. */
const CONNECT_MS = 1_000;
/** Without a reply for this long, Redis counts as unreachable. */
const ANSWER_MS = 2_000;
/** TTL of the probe's key, longer than any probe; its value means nothing. */
const PROBE_KEPT_MS = 60_000;

/** What nothing works without. On a cluster each may be on a master of its own. */
const PROBED = ['trivium', 'relay', 'registry', 'events'];

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
        if (!this.noteConnectionError(err)) log.error({ err }, 'redis');
      });
    suppressLogged(log, (error) => this.note(error));
  }

  /**
   * Called for each error that may come from Redis. The first one begins an outage.
   * @returns whether it does, and so needs no log line of its own
   */
  note(error: unknown): boolean {
    const found = findRedisTrouble(error);
    if (found) this.#count(found.code, found.trouble);
    return found !== undefined;
  }

  /** The same for an error event of a Redis connection, where network errors count, too. */
  noteConnectionError(error: NodeJS.ErrnoException): boolean {
    if (this.note(error)) return true;
    const { code, syscall } = error;
    const isOfNetwork = syscall !== undefined || /^E[A-Z]+$/.test(code ?? '');
    if (isOfNetwork) this.#count(code ?? 'NOT_CONNECTED', 'unsent');
    return isOfNetwork;
  }

  /** Used at start-up: resolves when Redis accepts writes, without a time limit, and logs what it waits for. */
  async untilFirst(): Promise<void> {
    await untilReady(this.#redis, CONNECT_MS).catch((error: unknown) => this.note(error));
    while (!(await this.takesWrites())) await this.over();
    for (const other of this.#others)
      if (other.status !== 'ready')
        await new Promise<void>((resolve) => other.once('ready', () => resolve()));
  }

  /** Whether Redis accepts writes now; tries one, because a replica or a full Redis still answers reads and pings. */
  async takesWrites(): Promise<boolean> {
    const probes = PROBED.map((tag) => mark(this.#redis, keys.probe(tag), PROBE_KEPT_MS));
    const written = Promise.all(probes).then(
      () => true,
      (error: unknown) => {
        this.note(error);
        return false;
      },
    );
    return (await this.#inTime(written)) ?? false;
  }

  /** The result, or undefined when Redis is unreachable or slow. */
  async unlessOn<T>(read: () => Promise<T>): Promise<T | undefined> {
    const answer = read();
    answer.catch(() => undefined);
    return this.#inTime(answer).catch((error: unknown) => {
      if (!this.note(error)) throw error;
      return undefined;
    });
  }

  /** Whether this process is in an outage. */
  isOn(): boolean {
    return this.#current?.isFailing === true;
  }

  /** Resolves when Redis accepts writes; immediately when there is no outage. */
  async over(): Promise<void> {
    await this.#current?.over;
  }

  close(): void {
    this.#isClosed = true;
  }

  /** @returns undefined on timeout, which is an outage */
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
    this.#log.error({ code, redis }, 'Redis is unreachable or refuses writes: waiting for it');
    return { since: performance.now(), errors: 0, isFailing: false, over: Promise.resolve() };
  }

  async #untilOver(outage: Outage): Promise<void> {
    do await delay(TRY_MS, undefined, { ref: false });
    while (!this.#isClosed && !(await this.takesWrites()));
    outage.isFailing = false;
    void this.#endWhenQuiet(outage);
  }

  /**
   * Idle connections may still lead to a server that refuses writes: until they were used again, the outage continues.
   */
  async #endWhenQuiet(outage: Outage): Promise<void> {
    const { errors } = outage;
    await delay(QUIET_MS, undefined, { ref: false });
    // Another call to this follows.
    if (this.#isClosed || outage.isFailing || outage.errors !== errors) return;
    this.#current = undefined;
    const ms = Math.round(performance.now() - outage.since);
    this.#log.info({ ms, errors }, 'Redis accepts writes again');
  }
}

/** Address for the log, without user name and password. */
function addressOf(redis: Redis): string {
  if (isCluster(redis)) return 'cluster';
  const { path, host, port, name } = redis.options;
  // ioredis has null for none.
  return path ?? (name ? `sentinel ${name}` : `${host}:${port}`);
}
