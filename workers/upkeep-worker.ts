/** Runs the chores of the upkeep periodically, each in one worker at a time, with BullMQ's job schedulers. */
import { Worker, type Queue } from 'bullmq';
import { QUEUE_PREFIX } from '../src/redis/keys.ts';
import type { Outages } from '../src/redis/outage.ts';
import { queueNames } from '../src/redis/queues.ts';
import { choresOf, type Chore, type ChoreParts } from './upkeep-chores.ts';
import { pauseInOutages } from './watched-worker.ts';

interface Parts extends ChoreParts {
  queue: Queue;
  outages: Outages;
}

export async function startUpkeepWorker(parts: Parts): Promise<Worker> {
  const { redis, queue, upkeepMs, outages, log } = parts;
  const chores = new Map(Object.entries(choresOf(parts)));
  await schedule(queue, chores);
  // A Redis that was emptied has lost the schedulers; recreated, they run immediately, and the registry is rebuilt.
  const timer = setInterval(() => void scheduleAnew(queue, chores).catch(() => undefined), upkeepMs).unref();
  const worker = new Worker(queueNames.upkeep, async (job) => chores.get(job.name)?.run(), {
    connection: redis,
    prefix: QUEUE_PREFIX,
    removeOnComplete: { count: 0 },
    removeOnFail: { count: 10 },
  });
  worker.on('closing', () => clearInterval(timer));
  pauseInOutages(worker, outages);
  worker.on('error', (err) => {
    if (!outages.noteConnectionError(err)) log.error({ err }, 'upkeep worker');
  });
  worker.on('failed', (job, err) =>
    log.warn({ err, chore: job?.name }, 'upkeep failed; it is retried on schedule'),
  );
  return worker;
}

async function schedule(queue: Queue, chores: ReadonlyMap<string, Chore>): Promise<void> {
  for (const [name, { everyMs: every }] of chores)
    if (every > 0) await queue.upsertJobScheduler(name, { every }, { name });
    else await queue.removeJobScheduler(name);
}

async function scheduleAnew(queue: Queue, chores: ReadonlyMap<string, Chore>): Promise<void> {
  if ((await queue.getJobSchedulersCount()) === 0) await schedule(queue, chores);
}
