/** What an operator on call looks at: how it is read, and how often. */
import { expect } from 'chai';
import { RepeatedReading } from '../../src/diagnosis/repeated-reading.ts';
import { keys } from '../../src/redis/keys.ts';
import { MAX_WORKERS } from '../../src/redis/keys/process.ts';
import { countWorkers, forgetWorker, noteWorker } from '../../src/redis/living-workers.ts';
import { readBacklogs } from '../../src/relay/fair-queue/backlog-store.ts';
import { JobStore } from '../../src/relay/job-store.ts';
import { createSeal } from '../../src/secrets/seal.ts';
import { redisAlone } from '../support/redis-alone.ts';
import { submitJobs } from '../support/submit-jobs.ts';

const LIMITS = { perFlow: 2_000, perCaller: 1_000, bytesPerFlow: 2 ** 24 };

describe('the state of a deployment', () => {
  const redis = redisAlone();

  it('counts each worker that gave a sign of life once', async () => {
    expect(await countWorkers(redis())).to.equal(0);
    for (const id of ['a', 'b', 'a']) await noteWorker(redis(), id);
    expect(await countWorkers(redis())).to.equal(2);
    await forgetWorker(redis(), 'a');
    expect(await countWorkers(redis())).to.equal(1);
  });

  it('does not count a worker of which nothing was heard for a while', async () => {
    await noteWorker(redis(), 'here');
    await redis().zadd(keys.livingWorkers, Date.now() - 60_000, 'gone');
    expect(await countWorkers(redis())).to.equal(1);
    expect(await redis().pttl(keys.livingWorkers)).to.be.above(0);
  });

  it('keeps a bounded number of them', async () => {
    const many = Array.from({ length: MAX_WORKERS + 50 }, (_, n) => [Date.now(), `w${n}`]).flat();
    await redis().zadd(keys.livingWorkers, ...many);
    await noteWorker(redis(), 'one more');
    expect(await countWorkers(redis())).to.equal(MAX_WORKERS);
  });

  it('names who has waiting jobs, those with the most first', async () => {
    const seal = createSeal({ current: 'k', byId: new Map([['k', Buffer.alloc(32, 7)]]) });
    const records = new JobStore(redis(), seal, LIMITS);
    await submitJobs(records, { tenant: 'acme', caller: 'a' });
    await submitJobs(records, { tenant: 'globex', caller: 'b', count: 3 });
    expect(await readBacklogs(redis())).to.deep.equal([
      { flow: 'tenant/globex', pending: 3 },
      { flow: 'tenant/acme', pending: 1 },
    ]);
  });
});

describe('a repeated reading', () => {
  const never = new AbortController().signal;
  /** @param outcomes of the readings, in order */
  function readingOf(...outcomes: (number | Error)[]) {
    const read: number[] = [];
    const reading = new RepeatedReading(() => {
      const outcome = outcomes[Math.min(read.length, outcomes.length - 1)]!;
      read.push(read.length);
      return outcome instanceof Error ? Promise.reject(outcome) : Promise.resolve(outcome);
    }, 1);
    return { reading, count: () => read.length };
  }

  it('is one for all who watch', async () => {
    const { reading, count } = readingOf(1, 1, 1, 2, 3);
    const watches = [reading.watch(never), reading.watch(never), reading.watch(never)];
    const next = async () => (await Promise.all(watches.map((one) => one.next()))).map(({ value }) => value);
    expect(await next()).to.deep.equal([1, 1, 1]);
    expect(await next()).to.deep.equal([2, 2, 2]);
    expect(await next()).to.deep.equal([3, 3, 3]);
    expect(count()).to.equal(5);
    reading.close();
  });

  it('is not made while nobody watches', async () => {
    const { reading, count } = readingOf(1, 2, 3);
    expect(count()).to.equal(0);
    const watch = reading.watch(never);
    await watch.next();
    await watch.return(undefined);
    expect(await reading.watch(never).next()).to.include({ value: 2 });
    expect(count()).to.equal(2);
  });

  it('survives one that fails', async () => {
    const { reading } = readingOf(1, new Error('away'), 3);
    const watch = reading.watch(never);
    const values = [await watch.next(), await watch.next(), await watch.next()].map(({ value }) => value);
    expect(values).to.deep.equal([1, undefined, 3]);
    reading.close();
  });

  it('ends when it is closed, without waiting for the next one', async () => {
    const reading = new RepeatedReading(() => Promise.resolve(1), 2 ** 30);
    const watch = reading.watch(never);
    await watch.next();
    const last = watch.next();
    reading.close();
    expect(await last).to.deep.equal({ value: undefined, done: true });
  });

  it('ends with the watcher', async () => {
    const leaving = new AbortController();
    const { reading } = readingOf(1);
    const watch = reading.watch(leaving.signal);
    await watch.next();
    leaving.abort();
    expect(await watch.next()).to.include({ done: true });
    reading.close();
  });
});
