import { expect } from 'chai';
import { randomUUID } from 'node:crypto';
import { Queue, type Worker } from 'bullmq';
import { Redis } from 'ioredis';
import { createLog } from '../../src/log.ts';
import { WatchedWorker } from '../../workers/watched-worker.ts';
import { until } from '../support/api-keys.ts';
import { world, WORLD_MS } from '../support/world.ts';

describe('a watched worker', () => {
  let redis: Redis;
  let queue: Queue<{ n: number }>;
  before(async function () {
    this.timeout(WORLD_MS);
    redis = new Redis((await world()).redis, { maxRetriesPerRequest: null });
  });
  beforeEach(() => {
    queue = new Queue(`watched-${randomUUID()}`, { connection: redis });
  });
  afterEach(async () => {
    await queue.obliterate({ force: true });
    await queue.close();
  });
  after(() => redis.disconnect());

  const start = (done: number[], onWorker: (worker: Worker<{ n: number }>) => void = () => undefined) =>
    new WatchedWorker<{ n: number }>({
      queue,
      work: (job) => Promise.resolve(void done.push(job.data.n)),
      options: { connection: redis },
      log: createLog('silent', new Set()),
      lookEveryMs: 50,
      onWorker,
    });

  it('is replaced when it takes nothing though jobs wait', async () => {
    const done: number[] = [];
    let made = 0;
    // The first one hears nothing: it is paused for itself, as one whose blocking call never returns.
    const watched = start(done, (worker) => {
      made += 1;
      if (made === 1) void worker.pause(true);
    });
    await queue.add('job', { n: 1 });
    await until(() => Promise.resolve(done.length === 1));
    expect([made, watched.replaced()]).to.deep.equal([2, 1]);
    await watched.close();
  });

  it('is replaced when a job whose delay is over is left where it is', async () => {
    const done: number[] = [];
    let made = 0;
    const watched = start(done, (worker) => {
      made += 1;
      if (made === 1) void worker.pause(true);
    });
    const job = await queue.add('job', { n: 1 }, { delay: 60_000 });
    // Its time was long ago: as if it had been waiting through an outage.
    await redis.zadd(queue.toKey('delayed'), String((Date.now() - 60_000) * 0x1000), job.id!);
    await until(() => Promise.resolve(done.length === 1));
    expect([made, watched.replaced()]).to.deep.equal([2, 1]);
    await watched.close();
  });

  it('is left alone while it is at work, and while there is nothing to do', async () => {
    let finish: () => void = () => undefined;
    const long = new Promise<void>((resolve) => (finish = resolve));
    const watched = new WatchedWorker<{ n: number }>({
      queue,
      work: () => long,
      options: { connection: redis, concurrency: 1 },
      log: createLog('silent', new Set()),
      lookEveryMs: 20,
    });
    const jobs = await queue.addBulk([1, 2, 3].map((n) => ({ name: 'job', data: { n } })));
    await until(async () => (await queue.getWaitingCount()) === 2);
    // As long as many looks take: one job is in hand, and two wait.
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(await queue.getWaitingCount()).to.equal(2);
    finish();
    await until(async () => (await jobs[2]!.getState()) === 'completed');
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(watched.replaced()).to.equal(0);
    await watched.close();
  });
});
