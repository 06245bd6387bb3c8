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

export interface Outages {
  /**
   * For each error that may be Redis'. The first one begins an outage.
   * @returns whether it is, and so needs no line of its own in the log
   */
  note(error: unknown): boolean;
  /** The same for an error that a connection to Redis tells of: what the network says counts, too. */
  noteOfConnection(error: unknown): boolean;
  /** At the start of a process: resolves when Redis takes writes, however long that takes, and says in the log what it waits for. */
  untilFirst(): Promise<void>;
  /** Whether Redis takes writes just now; finds out by one. */
  takesWrites(): Promise<boolean>;
  /** What is read, or undefined when Redis cannot be asked, or is late. */
  unlessOn<T>(read: () => Promise<T>): Promise<T | undefined>;
  /** Whether this process has seen one begin, and not end. */
  isOn(): boolean;
  /** Resolves when Redis takes writes; at once when there is no outage. */
  over(): Promise<void>;
  close(): void;
}

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
const LATE = Symbol('late');
/** Longer than any look at it; it says nothing. */
const PROBE_KEPT_MS = 60_000;

export function createOutages({ redis, others = [], log }: Parts): Outages {
  let current: Outage | undefined;
  let isClosed = false;

  /** A replica, or a Redis that is full, answers reads and pings, so that only a write tells. */
  async function takesWrites(): Promise<boolean> {
    const written = mark(redis, keys.probe, PROBE_KEPT_MS).then(
      () => true,
      (error: unknown) => {
        note(error);
        return false;
      },
    );
    return (await inTime(written)) ?? false;
  }

  /** @returns undefined when it is late, which is an outage */
  async function inTime<T>(answer: Promise<T>): Promise<T | undefined> {
    const answered = new AbortController();
    const tooLate = delay(ANSWER_MS, LATE, { signal: answered.signal, ref: false }).catch(() => LATE);
    const first = await Promise.race([answer, tooLate]).finally(() => answered.abort());
    if (first !== LATE) return first as T;
    count('TIMED_OUT', 'unanswered');
    return undefined;
  }

  async function unlessOn<T>(read: () => Promise<T>): Promise<T | undefined> {
    const answer = read();
    answer.catch(() => undefined);
    return inTime(answer).catch((error: unknown) => {
      if (!note(error)) throw error;
      return undefined;
    });
  }

  async function untilOver(outage: Outage): Promise<void> {
    do await delay(TRY_MS, undefined, { ref: false });
    while (!isClosed && !(await takesWrites()));
    outage.isFailing = false;
    void endWhenQuiet(outage);
  }

  /** Connections that rested meanwhile may still lead to where no writes are taken: until they were used again it is the same outage. */
  async function endWhenQuiet(outage: Outage): Promise<void> {
    const { errors } = outage;
    await delay(QUIET_MS, undefined, { ref: false });
    // Another one of these follows.
    if (isClosed || outage.isFailing || outage.errors !== errors) return;
    current = undefined;
    const ms = Math.round(performance.now() - outage.since);
    log.info({ ms, errors }, 'Redis takes writes again');
  }

  function begin(code: string): Outage {
    log.error({ code, redis: addressOf(redis) }, 'Redis is away or takes no writes: waiting for it');
    return { since: performance.now(), errors: 0, isFailing: false, over: Promise.resolve() };
  }

  function count(code: string, trouble: RedisTrouble): void {
    if (isClosed) return;
    current ??= begin(code);
    current.errors += 1;
    if (current.isFailing) return;
    current.isFailing = true;
    current.over = untilOver(current);
    if (trouble === 'elsewhere') for (const other of others) other.disconnect(true);
  }

  function note(error: unknown): boolean {
    const found = findRedisTrouble(error);
    if (found) count(found.code, found.trouble);
    return found !== undefined;
  }

  function noteOfConnection(error: unknown): boolean {
    if (note(error)) return true;
    const { code, syscall } = error as NodeJS.ErrnoException;
    const isOfNetwork = syscall !== undefined || /^E[A-Z]+$/.test(code ?? '');
    if (isOfNetwork) count(code ?? 'NOT_CONNECTED', 'unsent');
    return isOfNetwork;
  }

  for (const connection of [redis, ...others])
    connection.on('error', (err) => {
      if (!noteOfConnection(err)) log.error({ err }, 'redis');
    });
  foldErrors(log, note);
  return {
    note,
    noteOfConnection,
    async untilFirst() {
      await untilReady(redis, CONNECT_MS).catch(note);
      while (!(await takesWrites())) await current?.over;
      for (const other of others)
        if (other.status !== 'ready')
          await new Promise<void>((resolve) => other.once('ready', () => resolve()));
    },
    takesWrites,
    unlessOn,
    isOn: () => current?.isFailing === true,
    over: () => current?.over ?? Promise.resolve(),
    close: () => void (isClosed = true),
  };
}

/** Without user name and password. */
function addressOf({ options: { path, host, port } }: Redis): string {
  return path ?? `${host}:${port}`;
}
