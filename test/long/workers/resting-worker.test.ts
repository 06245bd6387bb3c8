/** BullMQ's workers on a Redis that refuses: they rest, log one line, and go on by themselves. */
import { expect } from 'chai';
import { Queue } from 'bullmq';
import { createLog } from '../../../src/log.ts';
import { connectForWaiting } from '../../../src/redis/connections.ts';
import { Outages } from '../../../src/redis/outage.ts';
import { WatchedWorker } from '../../../workers/watched-worker.ts';
import { until } from '../../support/api-keys.ts';
import { redisServer, type RedisServer } from '../../support/redis-server.ts';

const QUEUES = 5;

const states = {
  OOM: {
    begin: ({ admin }: RedisServer) => admin.config('SET', 'maxmemory', '1'),
    end: ({ admin }: RedisServer) => admin.config('SET', 'maxmemory', '0'),
  },
  READONLY: {
    begin: ({ admin }: RedisServer) => admin.replicaof('127.0.0.1', 1),
    end: ({ admin }: RedisServer) => admin.replicaof('NO', 'ONE'),
  },
};

describe('workers on a Redis that refuses', () => {
  for (const [code, { begin, end }] of Object.entries(states))
    it(`rest until it does not: ${code}`, async () => {
      const server = await redisServer();
      const redis = connectForWaiting(server.url);
      const lines: { msg: string }[] = [];
      const warnings: Error[] = [];
      const onWarning = (warning: Error) => void warnings.push(warning);
      process.on('warning', onWarning);
      const log = createLog('trace', [], { write: (line: string) => void lines.push(JSON.parse(line)) });
      const outages = new Outages({ redis, log });
      await outages.untilFirst();
      const done: string[] = [];
      let release: () => void = () => undefined;
      const held = new Promise<void>((resolve) => (release = resolve));
      const queues = Array.from(
        { length: QUEUES },
        (_, n) => new Queue<object>(`q${n}`, { connection: redis, prefix: '{trivium}' }),
      );
      const workers = queues.map(
        (queue) =>
          new WatchedWorker<object>({
            queue,
            work: async (job) => {
              if (job.name === 'held') await held;
              done.push(`${queue.name} ${job.name}`);
            },
            options: {
              connection: redis,
              prefix: '{trivium}',
              lockDuration: 1_000,
              stalledInterval: 1_000,
              maxStalledCount: 100,
            },
            outages,
            log,
          }),
      );
      try {
        for (const queue of queues) await queue.add('before', {});
        await until(() => done.length === QUEUES);
        // One in hand, and others behind it: a worker that knows of those asks at once.
        for (const queue of queues) {
          await queue.add('held', {});
          for (let i = 0; i < 3; i += 1) await queue.add('waiting', {});
        }
        await until(async () => (await queues.at(-1)!.getActiveCount()) === 1);
        await begin(server);
        release();
        await until(() => outages.isOn());
        // As long as a few looks at it take.
        const callsBefore = await calls(server);
        let looks = 0;
        while (looks < 4) {
          await outages.takesWrites();
          await new Promise((resolve) => setTimeout(resolve, 500));
          looks += 1;
        }
        // Each may have asked a few times until it was paused; after that none does.
        expect((await calls(server)) - callsBefore).to.be.below(10 * QUEUES);
        await end(server);
        await outages.over();
        for (const queue of queues) await queue.add('after', {});
        const isDone = (name: string) => queues.every((queue) => done.includes(`${queue.name} ${name}`));
        await until(() => isDone('after') && isDone('waiting'));
        expect(workers.map((worker) => worker.replaced())).to.deep.equal(queues.map(() => 0));
        await until(() => lines.length > 1);
        expect(lines.map(({ msg }) => msg)).to.deep.equal([
          'Redis is unreachable or refuses writes: waiting for it',
          'Redis accepts writes again',
        ]);
        expect(warnings).to.deep.equal([]);
      } finally {
        process.off('warning', onWarning);
        await Promise.all(workers.map((worker) => worker.close()));
        await Promise.all(queues.map((queue) => queue.close()));
        outages.close();
        redis.disconnect();
        await server.stop();
      }
    });
});

/** Of scripts: a worker asks for the next job with one. */
async function calls({ admin }: RedisServer): Promise<number> {
  const stats = await admin.info('commandstats');
  return Number(/cmdstat_evalsha:calls=(\d+)/.exec(stats)?.[1] ?? 0);
}
