/**
 * A BullMQ worker that is replaced when it has gone deaf: connected, idle, and yet not taking what waits. That happened after
 * reconnects and failovers (taskforcesh/bullmq #648, #2964, #3088, #3185), and nothing but a new one helped.
 */
import { Worker, type Job, type Queue, type WorkerOptions } from 'bullmq';
import type { Redis } from 'ioredis';
import type { Log } from '../src/log.ts';
import { QUEUE_PREFIX } from '../src/redis/keys.ts';
import type { Outages } from '../src/redis/outage.ts';

interface Parts<T> {
  queue: Queue<T>;
  /** `token` is its lock. */
  work: (job: Job<T>, token: string) => Promise<void>;
  options: WorkerOptions;
  log: Log;
  /** While there is one, it rests. */
  outages?: Outages | undefined;
  lookEveryMs?: number;
  /** For tests, which make a deaf one. */
  onWorker?: (worker: Worker<T>) => void;
}

/**
 * How workers take jobs off our queues.
 * @param parts.lockMs how soon the job of a worker that died is taken up by another one
 * @param parts.maxStalled how often: by default as often as it takes (BullMQ's default fails it)
 */
export function workerOptions(parts: {
  connection: Redis;
  concurrency: number;
  lockMs: number;
  maxStalled?: number;
}): WorkerOptions {
  const { connection, concurrency, lockMs, maxStalled = 1_000_000 } = parts;
  return {
    connection,
    prefix: QUEUE_PREFIX,
    concurrency,
    maxStalledCount: maxStalled,
    lockDuration: lockMs,
    stalledInterval: lockMs,
  };
}

/**
 * BullMQ asks for the next job again at once when Redis refuses to give one (a replica, a Redis that is full), as fast as it can. Until
 * Redis takes writes it is paused; what it has in hand goes on.
 */
export function restInOutages(worker: Worker, outages: Outages): void {
  let isResting = false;
  worker.on('error', (error) => {
    if (isResting || !outages.note(error)) return;
    isResting = true;
    void rest().catch(() => undefined);
  });

  async function rest(): Promise<void> {
    await worker.pause(true);
    await outages.over();
    isResting = false;
    if (!worker.closing) await worker.resume();
  }
}

/** So often in a row something waits and nothing is taken: once may be a moment's chance. */
const DEAF_LOOKS = 2;

/** A job that waits after a failure is late when so long nobody has put it back to the others. */
const LATE_MS = 5_000;

async function hasWork(queue: Queue): Promise<boolean> {
  if ((await queue.getWaitingCount()) > 0) return true;
  // Stuck until something else is added (taskforcesh/bullmq #1656, #2466).
  return (await queue.getDelayedCount(Date.now() - LATE_MS)) > 0;
}

export class WatchedWorker<T> {
  readonly #parts: Parts<T>;
  readonly #timer: NodeJS.Timeout;
  #worker: Worker<T>;
  #running = 0;
  #taken = 0;
  #takenBefore = 0;
  #deafLooks = 0;
  #replacements = 0;
  #isLooking = false;

  constructor(parts: Parts<T>) {
    this.#parts = parts;
    this.#worker = this.#open();
    this.#timer = setInterval(() => void this.#look(), parts.lookEveryMs ?? 5_000);
  }

  waitUntilReady(): Promise<unknown> {
    return this.#worker.waitUntilReady();
  }

  /** Takes nothing new, and resolves when what it has in hand has ended. */
  async close(): Promise<void> {
    clearInterval(this.#timer);
    await this.#worker.close();
  }

  /** How often a deaf one was replaced. */
  replaced(): number {
    return this.#replacements;
  }

  #open(): Worker<T> {
    const { queue, options, outages, log, onWorker } = this.#parts;
    const worker = new Worker<T>(queue.name, (job, token = '') => this.#take(job, token), options);
    worker.on('error', (err) => {
      if (!outages?.noteOfConnection(err)) log.error({ err, queue: queue.name }, 'worker');
    });
    if (outages) restInOutages(worker, outages);
    onWorker?.(worker);
    return worker;
  }

  async #take(job: Job<T>, token: string): Promise<void> {
    this.#running += 1;
    this.#taken += 1;
    try {
      await this.#parts.work(job, token);
    } finally {
      this.#running -= 1;
    }
  }

  async #look(): Promise<void> {
    // One look at a time: without Redis it takes until Redis is back.
    if (this.#isLooking) return;
    this.#isLooking = true;
    try {
      // It rests, and comes back by itself.
      if (this.#parts.outages?.isOn()) return;
      if (await this.#isDeaf()) await this.#replace();
    } catch (err) {
      this.#parts.log.warn({ err, queue: this.#parts.queue.name }, 'worker not looked after');
    } finally {
      this.#isLooking = false;
    }
  }

  async #isDeaf(): Promise<boolean> {
    const { options, queue } = this.#parts;
    const isFree = this.#running < (options.concurrency ?? 1);
    const isIdle = isFree && this.#taken === this.#takenBefore && (await hasWork(queue));
    this.#takenBefore = this.#taken;
    this.#deafLooks = isIdle ? this.#deafLooks + 1 : 0;
    return this.#deafLooks >= DEAF_LOOKS;
  }

  async #replace(): Promise<void> {
    const { queue, log } = this.#parts;
    this.#deafLooks = 0;
    this.#replacements += 1;
    log.error({ queue: queue.name }, 'worker takes nothing though jobs wait: it is replaced');
    const deaf = this.#worker;
    this.#worker = this.#open();
    // With nothing in hand by force: it may wait for an answer that never comes. Else when what it has in hand has ended.
    if (this.#running === 0) await deaf.close(true);
    else void deaf.close().catch((err: unknown) => log.warn({ err, queue: queue.name }, 'worker not closed'));
  }
}
