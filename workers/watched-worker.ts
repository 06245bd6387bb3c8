/**
 * A BullMQ worker that is replaced when it has gone deaf: connected, idle, and yet not taking what waits. That happened after
 * reconnects and failovers (taskforcesh/bullmq #648, #2964, #3088, #3185), and nothing but a new one helped.
 */
import { Worker, type Job, type Queue, type WorkerOptions } from 'bullmq';
import type { Redis } from 'ioredis';
import type { Log } from '../src/log.ts';
import { QUEUE_PREFIX } from '../src/redis/keys.ts';
import type { Outages } from '../src/redis/outage.ts';

export interface WatchedWorker {
  waitUntilReady(): Promise<unknown>;
  /** Takes nothing new, and resolves when what it has in hand has ended. */
  close(): Promise<void>;
  /** How often a deaf one was replaced. */
  replaced(): number;
}

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

export function startWatchedWorker<T>(parts: Parts<T>): WatchedWorker {
  const { queue, work, options, log, outages, lookEveryMs = 5_000, onWorker } = parts;
  let running = 0;
  let taken = 0;
  let takenBefore = 0;
  let deafLooks = 0;
  let replacements = 0;
  let isLooking = false;
  let worker = make();

  function make(): Worker<T> {
    const made = new Worker<T>(
      queue.name,
      async (job, token) => {
        running += 1;
        taken += 1;
        try {
          await work(job, token!);
        } finally {
          running -= 1;
        }
      },
      options,
    );
    made.on('error', (err) => {
      if (!outages?.noteOfConnection(err)) log.error({ err, queue: queue.name }, 'worker');
    });
    if (outages) restInOutages(made, outages);
    onWorker?.(made);
    return made;
  }

  async function look(): Promise<void> {
    // One look at a time: without Redis it takes until Redis is back.
    if (isLooking) return;
    isLooking = true;
    try {
      // It rests, and comes back by itself.
      if (outages?.isOn()) return;
      const isFree = running < (options.concurrency ?? 1);
      const isDeaf = isFree && taken === takenBefore && (await hasWork(queue));
      takenBefore = taken;
      deafLooks = isDeaf ? deafLooks + 1 : 0;
      if (deafLooks < DEAF_LOOKS) return;
      deafLooks = 0;
      replacements += 1;
      log.error({ queue: queue.name }, 'worker takes nothing though jobs wait: it is replaced');
      const deaf = worker;
      worker = make();
      // With nothing in hand by force: it may wait for an answer that never comes. Else when what it has in hand has ended.
      if (running === 0) await deaf.close(true);
      else
        void deaf.close().catch((err: unknown) => log.warn({ err, queue: queue.name }, 'worker not closed'));
    } catch (err) {
      log.warn({ err, queue: queue.name }, 'worker not looked after');
    } finally {
      isLooking = false;
    }
  }

  const timer = setInterval(() => void look(), lookEveryMs);
  return {
    waitUntilReady: () => worker.waitUntilReady(),
    close: async () => {
      clearInterval(timer);
      await worker.close();
    },
    replaced: () => replacements,
  };
}
