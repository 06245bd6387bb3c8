/**
 * A BullMQ worker with a watchdog: replaces it when it is connected and idle, yet takes no waiting jobs. That happened after reconnects
 * and failovers (taskforcesh/bullmq #648, #2964, #3088, #3185), and only a new worker helped.
 */
import { Worker, type Job, type Queue, type WorkerOptions } from 'bullmq';
import type { Redis } from 'ioredis';
import type { Log } from '../src/log.ts';
import { QUEUE_PREFIX } from '../src/redis/keys.ts';
import type { Outages } from '../src/redis/outage.ts';

interface Parts<T> {
  queue: Queue<T>;
  /** `token` identifies its lock. */
  work: (job: Job<T>, token: string) => Promise<void>;
  /** Called when a job has succeeded, and is removed if its options say so. */
  onCompleted?: (job: Job<T>) => void;
  options: WorkerOptions;
  log: Log;
  /** During an outage the worker is paused. */
  outages?: Outages | undefined;
  lookEveryMs?: number;
  /** For tests, which make it stall. */
  onWorker?: (worker: Worker<T>) => void;
}

/**
 * Options of all workers.
 * @param parts.lockMs time until another worker takes over the job of a worker that died
 * @param parts.maxStalled how often that may happen to a job: by default unlimited (BullMQ's default fails it)
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
 * When Redis refuses to give the next job (a replica, or out of memory), BullMQ retries immediately in a tight loop. The worker is paused
 * until Redis accepts writes; its running jobs continue.
 */
export function pauseInOutages(worker: Worker, outages: Outages): void {
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

/** Consecutive checks with waiting jobs and none taken: one alone may be a coincidence. */
const STUCK_CHECKS = 2;

/** A delayed job is overdue when it was not promoted for this long. */
const LATE_MS = 5_000;

async function hasWork(queue: Queue): Promise<boolean> {
  if ((await queue.getWaitingCount()) > 0) return true;
  // Stuck until another job is added (taskforcesh/bullmq #1656, #2466).
  return (await queue.getDelayedCount(Date.now() - LATE_MS)) > 0;
}

export class WatchedWorker<T> {
  readonly #parts: Parts<T>;
  readonly #timer: NodeJS.Timeout;
  #worker: Worker<T>;
  #running = 0;
  #taken = 0;
  #takenBefore = 0;
  #stuckChecks = 0;
  #replacements = 0;
  #isChecking = false;

  constructor(parts: Parts<T>) {
    this.#parts = parts;
    this.#worker = this.#open();
    this.#timer = setInterval(() => void this.#check(), parts.lookEveryMs ?? 5_000);
  }

  waitUntilReady(): Promise<unknown> {
    return this.#worker.waitUntilReady();
  }

  /** Takes no new jobs; resolves when the running ones have ended. */
  async close(): Promise<void> {
    clearInterval(this.#timer);
    await this.#worker.close();
  }

  /** Number of replaced workers. */
  replaced(): number {
    return this.#replacements;
  }

  #open(): Worker<T> {
    const { queue, options, outages, log, onCompleted, onWorker } = this.#parts;
    const worker = new Worker<T>(queue.name, (job, token = '') => this.#take(job, token), options);
    worker.on('error', (err) => {
      if (!outages?.noteConnectionError(err)) log.error({ err, queue: queue.name }, 'worker');
    });
    if (outages) pauseInOutages(worker, outages);
    if (onCompleted) worker.on('completed', onCompleted);
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

  async #check(): Promise<void> {
    // One check at a time: without Redis it takes until Redis is back.
    if (this.#isChecking) return;
    this.#isChecking = true;
    try {
      // It is paused, and resumes by itself.
      if (this.#parts.outages?.isOn()) return;
      if (await this.#isDeaf()) await this.#replace();
    } catch (err) {
      this.#parts.log.warn({ err, queue: this.#parts.queue.name }, 'worker check failed');
    } finally {
      this.#isChecking = false;
    }
  }

  async #isDeaf(): Promise<boolean> {
    const { options, queue } = this.#parts;
    const isFree = this.#running < (options.concurrency ?? 1);
    const isIdle = isFree && this.#taken === this.#takenBefore && (await hasWork(queue));
    this.#takenBefore = this.#taken;
    this.#stuckChecks = isIdle ? this.#stuckChecks + 1 : 0;
    return this.#stuckChecks >= STUCK_CHECKS;
  }

  async #replace(): Promise<void> {
    const { queue, log } = this.#parts;
    this.#stuckChecks = 0;
    this.#replacements += 1;
    log.error({ queue: queue.name }, 'worker takes no jobs although some wait: it is replaced');
    const stuck = this.#worker;
    this.#worker = this.#open();
    // Idle: force, as it may wait for an answer that never comes. Otherwise wait for its running jobs.
    if (this.#running === 0) await stuck.close(true);
    else
      void stuck.close().catch((err: unknown) => log.warn({ err, queue: queue.name }, 'worker not closed'));
  }
}
