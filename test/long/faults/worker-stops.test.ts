import { expect } from 'chai';
import { randomUUID } from 'node:crypto';
import { openRelayQueue } from '../../../src/redis/queues.ts';
import { connectForWaiting, untilReady } from '../../../src/redis/connections.ts';
import { keys } from '../../../src/redis/keys.ts';
import { Budget } from '../../../src/relay/budget.ts';
import { until } from '../../support/api-keys.ts';
import { apiKey, operator } from '../../support/callers.ts';
import { call } from '../../support/client.ts';
import { ownDeployment, type OwnDeployment } from '../../support/own-deployment.ts';
import { world, WORLD_MS } from '../../support/world.ts';
import { userOperationsOf } from '../../faults/user-operations.ts';

describe('a worker that is asked to stop', () => {
  let deployment: OwnDeployment;
  let redis: ReturnType<typeof connectForWaiting>;
  let operations: ReturnType<typeof userOperationsOf>;

  before(async function () {
    this.timeout(WORLD_MS);
    deployment = await ownDeployment();
    redis = connectForWaiting(deployment.redis);
    await untilReady(redis);
    operations = userOperationsOf(deployment);
  });
  after(async function () {
    this.timeout(WORLD_MS);
    redis?.disconnect();
    await deployment?.end();
  });

  it('ends what is under way, and hands back what waits for its slot', async () => {
    const { control, parts, startWorker } = deployment;
    const [sent, waiting] = [await operations.prepare('updateUser'), await operations.prepare('deleteUser')];
    await control.forgetCalls();
    const path = '/api/v2/users/{id}';
    await control.addFault({ method: 'PATCH', path, times: 1, effect: { kind: 'latency', ms: 6_000 } });
    const underWay = await operations.submit('updateUser', sent);
    await until(async () => (await control.faults()).some(({ hits }) => hits === 1));
    // Nobody gets a slot for longer than a worker may take to stop.
    await new Budget(redis, { all: { burst: 100, perSecond: 500, stepMs: 1 } }).refused('users_read', 30_000);
    const handedBack = await operations.submit('deleteUser', waiting);
    const queue = openRelayQueue(redis);
    await until(async () => (await queue.getActiveCount()) === 2);

    await parts.worker.stop('SIGTERM');
    expect((await operations.ending(underWay)).status).to.equal('succeeded');
    // In the queue, not in the hands of somebody who is gone: no lock has to run out.
    expect([await queue.getActiveCount(), await queue.getWaitingCount()]).to.deep.equal([0, 1]);
    expect(await redis.hget(keys.relayJob(handedBack.jobId), 'status')).to.equal('queued');
    const calls = await control.calls();
    expect(calls[`PATCH ${path}`]).to.deep.equal({ '200': 1 });
    expect(calls[`DELETE ${path}`]).to.equal(undefined);

    await redis.del(keys.budget('management', 'all'));
    parts.worker = await startWorker('worker-after');
    expect((await operations.ending(handedBack)).answer).to.equal(204);
    expect((await control.calls())[`DELETE ${path}`]).to.deep.equal({ '204': 1 });
    await queue.close();
  });
});

describe('a job that its workers die of', () => {
  before(async function () {
    this.timeout(WORLD_MS);
    await world();
  });

  it('is buried with its reason after five of them, and can be replayed', async () => {
    const { control, redis: url } = await world();
    const redis = connectForWaiting(url);
    await untilReady(redis);
    const as = await apiKey('acme');
    const email = `p-${randomUUID()}@acme.example`;
    // It fails in a way that passes; before another try, five workers have died with the job in hand.
    const fault = await control.addFault({
      method: 'POST',
      path: '/api/v2/users',
      effect: { kind: 'drop', when: 'before' },
    });
    const { headers } = await call('POST', '/v1/users', {
      as,
      body: { email },
      headers: { prefer: 'respond-async' },
    });
    const job = headers.get('location')!;
    const id = job.split('/').at(-1)!;
    await until(async () =>
      (await control.faults()).some(({ id: each, hits }) => each === fault.id && hits > 0),
    );
    const queue = openRelayQueue(redis);
    const ticket = (await redis.hget(keys.relayJob(id), 'ticket'))!;
    await redis.hset(queue.toKey(ticket), 'stc', '5');
    await until(async () => (await call('GET', job, { as })).body.status !== 'queued');
    await until(async () => (await call('GET', job, { as })).body.status !== 'running');
    // Whether its call was carried out cannot be known.
    expect((await call('GET', job, { as })).body).to.nested.include({ 'problem.code': 'outcome_unknown' });
    const { body } = await call('GET', '/v1/dead-letters', { as: await operator() });
    const letter = body.dead_letters.find(({ job_id }: { job_id: string }) => job_id === id);
    expect(letter).to.include({ reason: 'kills_workers', operation: 'createUser', tenant_id: 'acme' });
    expect(JSON.stringify(letter)).not.to.contain(email);

    await control.removeFault(fault.id);
    expect((await call('POST', `/v1/dead-letters/${id}/replay`, { as: await operator() })).status).to.equal(
      202,
    );
    await until(async () => (await call('GET', job, { as })).body.status === 'succeeded');
    expect((await call('GET', `/v1/users?email=${email}`, { as })).body.users).to.have.length(1);
    await queue.close();
    redis.disconnect();
    await control.clearFaults();
  });
});
