/** Pending jobs are done, and counted down once, though workers, Redis and tickets are lost. */
import { expect } from 'chai';
import { randomUUID } from 'node:crypto';
import { keys } from '../../src/redis/keys.ts';
import { openRelayQueue } from '../../src/redis/queues.ts';
import { until } from '../support/api-keys.ts';
import { operator } from '../support/callers.ts';
import { call } from '../support/client.ts';
import { pendingJobs, PER_CALLER, times } from '../support/pending-jobs.ts';

describe('pending jobs, whatever becomes of their workers', () => {
  const jobs = pendingJobs();

  it('survive kill -9 of workers, API and Redis, and are counted down once', async function () {
    this.timeout(360_000);
    expect(await jobs.changes(jobs.key, PER_CALLER)).to.deep.equal(times(PER_CALLER, 202));
    const { control } = jobs.deployment;
    await control.addFault({
      method: 'GET',
      path: '/api/v2/users/{id}',
      times: 2,
      effect: { kind: 'hang', when: 'before' },
    });
    jobs.worker = await jobs.deployment.startWorker(`worker-${randomUUID()}`, {
      WORKER_LOCK_SECONDS: '1',
    });
    await until(async () => (await control.faults()).some(({ hits }) => hits === 2));
    await jobs.worker.stop('SIGKILL');
    jobs.worker = undefined;
    await control.clearFaults();
    await jobs.deployment.killRedis();
    await jobs.deployment.restartRedis();
    await jobs.work();
    await jobs.worker!.stop();
    jobs.worker = undefined;
    expect(await jobs.changes(jobs.key, PER_CALLER + 1)).to.deep.equal([...times(PER_CALLER, 202), 429]);
  });

  it('are done though their tickets are lost', async () => {
    expect((await jobs.change(jobs.key)).status).to.equal(202);
    const queue = openRelayQueue(jobs.redis);
    await queue.obliterate({ force: true });
    await queue.close();
    await jobs.work();
  });

  it('count a replayed dead letter, and never refuse it', async () => {
    const { control } = jobs.deployment;
    jobs.worker = await jobs.deployment.startWorker(`worker-${randomUUID()}`);
    await control.addFault({
      method: 'PATCH',
      path: '/api/v2/users/{id}',
      times: 1,
      effect: { kind: 'answer', status: 403 },
    });
    const dead = await jobs.change(jobs.key);
    const job = dead.headers.get('location')!;
    await until(async () => (await call('GET', job, { as: jobs.key })).body.status === 'failed');
    await control.clearFaults();
    await jobs.worker.stop();
    jobs.worker = undefined;
    expect(await jobs.changes(jobs.key, PER_CALLER)).to.deep.equal(times(PER_CALLER, 202));
    const id = job.split('/').at(-1)!;
    expect((await call('POST', `/v1/dead-letters/${id}/replay`, { as: await operator() })).status).to.equal(
      202,
    );
    expect(await jobs.redis.zcard(`${keys.relayPrefix}fair:pending:tenant/acme`)).to.equal(PER_CALLER + 1);
    await jobs.work();
    expect((await call('GET', job, { as: jobs.key })).body.status).to.equal('succeeded');
  });
});
