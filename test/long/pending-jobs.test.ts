/** Pending jobs are done, and counted down once, though workers, Redis and tickets are lost. */
import { expect } from 'chai';
import { randomUUID } from 'node:crypto';
import type { Redis } from 'ioredis';
import { connectForWaiting, untilReady } from '../../src/redis/connections.ts';
import { keys } from '../../src/redis/keys.ts';
import { openRelayQueue } from '../../src/redis/queues.ts';
import type { StartedProcess } from '../../src/start/processes.ts';
import { newApiKey, until } from '../support/api-keys.ts';
import type { NewKey } from '../support/api-keys.ts';
import { apiKey, demoUser, operator, user } from '../support/callers.ts';
import { call } from '../support/client.ts';
import type { Answer } from '../support/client.ts';
import { ownWorld } from '../support/own-deployment.ts';
import type { OwnDeployment } from '../support/own-deployment.ts';
import { moveInto, WORLD_MS } from '../support/world.ts';

const PER_CALLER = 6;
const PER_TENANT = 10;
const BYTES = 20_000;

describe('pending jobs, whatever becomes of their workers', function () {
  this.timeout(60_000);
  let deployment: OwnDeployment;
  let moveOut: () => void;
  let redis: Redis;
  let key: string;
  let other: NewKey;
  let path: string;
  let worker: StartedProcess | undefined;

  before(async function () {
    this.timeout(WORLD_MS);
    const own = await ownWorld({
      apiSettings: {
        PENDING_JOBS_PER_CALLER: String(PER_CALLER),
        PENDING_JOBS_PER_TENANT: String(PER_TENANT),
        PENDING_BYTES_PER_TENANT: String(BYTES),
      },
    });
    deployment = own;
    moveOut = moveInto(own);
    redis = connectForWaiting(own.redis);
    await untilReady(redis);
    key = await apiKey('acme');
    other = await newApiKey('acme', { scopes: ['read:users', 'update:users', 'read:tenant'] });
    // Known to the API before the worker goes.
    for (const as of [key, other.as, await apiKey('globex')])
      await call('GET', '/v1/users?email=a@b.example', { as });
    await user('acme');
    path = `/v1/users/${encodeURIComponent((await demoUser('acme', 'member')).user_id)}`;
    worker = own.parts.worker;
  });
  after(async function () {
    this.timeout(WORLD_MS);
    redis?.disconnect();
    moveOut?.();
    await deployment?.end();
  });

  /** Without one, what was accepted waits. */
  beforeEach(async () => {
    await worker?.stop();
    worker = undefined;
  });
  /** Everything that waits ends. */
  async function work(): Promise<void> {
    worker ??= await deployment.startWorker(`worker-${randomUUID()}`, { WORKER_LOCK_SECONDS: '1' });
    await until(async () => (await redis.keys(`${keys.relayPrefix}fair:pending*`)).length === 0);
  }
  afterEach(work);

  const respondAsync = { prefer: 'respond-async' };
  const change = (
    as: string,
    name: string = randomUUID(),
    headers: Record<string, string> = {},
  ): Promise<Answer> => call('PATCH', path, { as, body: { name }, headers: { ...respondAsync, ...headers } });
  async function changes(as: string, count: number): Promise<number[]> {
    const statuses: number[] = [];
    for (let i = 0; i < count; i += 1) statuses.push((await change(as)).status);
    return statuses;
  }
  const times = (count: number, status: number) => Array.from({ length: count }, () => status);

  it('survive kill -9 of workers, API and Redis, and are counted down once', async function () {
    this.timeout(120_000);
    expect(await changes(key, PER_CALLER)).to.deep.equal(times(PER_CALLER, 202));
    const { control } = deployment;
    await control.addFault({
      method: 'GET',
      path: '/api/v2/users/{id}',
      times: 2,
      effect: { kind: 'hang', when: 'before' },
    });
    worker = await deployment.startWorker(`worker-${randomUUID()}`, { WORKER_LOCK_SECONDS: '1' });
    await until(async () => (await control.faults()).some(({ hits }) => hits === 2));
    await worker.stop('SIGKILL');
    worker = undefined;
    await control.clearFaults();
    await deployment.killRedis();
    await deployment.restartRedis();
    await work();
    await worker!.stop();
    worker = undefined;
    expect(await changes(key, PER_CALLER + 1)).to.deep.equal([...times(PER_CALLER, 202), 429]);
  });

  it('are done though their tickets are lost', async () => {
    expect((await change(key)).status).to.equal(202);
    const queue = openRelayQueue(redis);
    await queue.obliterate({ force: true });
    await queue.close();
    await work();
  });

  it('count a replayed dead letter, and never refuse it', async () => {
    const { control } = deployment;
    worker = await deployment.startWorker(`worker-${randomUUID()}`);
    await control.addFault({
      method: 'PATCH',
      path: '/api/v2/users/{id}',
      times: 1,
      effect: { kind: 'answer', status: 403 },
    });
    const dead = await change(key);
    const job = dead.headers.get('location')!;
    await until(async () => (await call('GET', job, { as: key })).body.status === 'failed');
    await control.clearFaults();
    await worker.stop();
    worker = undefined;
    expect(await changes(key, PER_CALLER)).to.deep.equal(times(PER_CALLER, 202));
    const id = job.split('/').at(-1)!;
    expect((await call('POST', `/v1/dead-letters/${id}/replay`, { as: await operator() })).status).to.equal(
      202,
    );
    expect(await redis.zcard(`${keys.relayPrefix}fair:pending:tenant/acme`)).to.equal(PER_CALLER + 1);
    await work();
    expect((await call('GET', job, { as: key })).body.status).to.equal('succeeded');
  });
});
