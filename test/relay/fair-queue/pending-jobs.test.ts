/** How many jobs may be pending: refused before anything is stored. What kills do to them: `test/long/pending-jobs.test.ts`. */
import { expect } from 'chai';
import { randomUUID } from 'node:crypto';
import type { Redis } from 'ioredis';
import { connectForWaiting, untilReady } from '../../../src/redis/connections.ts';
import { keys } from '../../../src/redis/keys.ts';
import { openRelayQueue } from '../../../src/redis/queues.ts';
import type { StartedProcess } from '../../../src/start/processes.ts';
import { newApiKey, until } from '../../support/api-keys.ts';
import type { NewKey } from '../../support/api-keys.ts';
import { apiKey, demoUser, user } from '../../support/callers.ts';
import { call } from '../../support/client.ts';
import type { Answer } from '../../support/client.ts';
import { ownWorld } from '../../support/own-deployment.ts';
import type { OwnDeployment } from '../../support/own-deployment.ts';
import { moveInto, WORLD_MS } from '../../support/world.ts';

const PER_CALLER = 6;
const PER_TENANT = 10;
const BYTES = 20_000;

describe('pending jobs', function () {
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
  /** Of the relay: how much is stored. Events of refusals are not of the relay. */
  async function stored(): Promise<unknown> {
    const queue = openRelayQueue(redis);
    const found = (await redis.keys(`${keys.relayPrefix}*`))
      .filter((one) => !one.includes(':budget:'))
      .sort();
    const counts = await queue.getJobCounts();
    await queue.close();
    return { found, counts };
  }

  it('are bounded for each caller, and nothing of one too many is stored', async () => {
    expect(await changes(key, PER_CALLER)).to.deep.equal(times(PER_CALLER, 202));
    const before = await stored();
    const refused = [
      await change(key),
      await call('GET', path, { as: key }),
      await call('DELETE', path, { as: key, headers: respondAsync }),
      await change(key, 'x', { 'idempotency-key': randomUUID() }),
      await call('POST', '/v1/users', { as: key, body: { email: `${randomUUID()}@acme.example` } }),
    ];
    for (const { status, body, headers } of refused) {
      expect([status, body.code]).to.deep.equal([429, 'too_many_pending_jobs']);
      expect(body.detail).to.contain(String(PER_CALLER));
      expect(Number(headers.get('retry-after'))).to.be.within(1, 3_600);
    }
    expect(await stored()).to.deep.equal(before);
    // Nobody else is refused for it.
    expect((await change(other.as)).status).to.equal(202);
    expect((await change(await user('acme'))).status).to.equal(202);
    expect(
      (await call('GET', path, { as: await apiKey('globex'), headers: { prefer: 'wait=1' } })).status,
    ).to.equal(202);
  });

  it('are bounded for all callers of a tenant together', async () => {
    expect(await changes(key, PER_CALLER)).to.deep.equal(times(PER_CALLER, 202));
    expect(await changes(other.as, PER_TENANT - PER_CALLER)).to.deep.equal(
      times(PER_TENANT - PER_CALLER, 202),
    );
    const { status, body } = await change(await user('acme'));
    expect([status, body.code]).to.deep.equal([429, 'too_many_pending_jobs']);
    expect(body.detail).to.contain(String(PER_TENANT));
    expect((await call('GET', path, { as: await apiKey('globex'), headers: respondAsync })).status).to.equal(
      202,
    );
  });

  it('are bounded in bytes', async () => {
    const big = (as: string) =>
      call('PATCH', path, {
        as,
        body: { user_metadata: { text: 'x'.repeat(6_000) } },
        headers: respondAsync,
      });
    expect([(await big(key)).status, (await big(key)).status]).to.deep.equal([202, 202]);
    const before = await stored();
    const { status, body } = await big(other.as);
    expect([status, body.code]).to.deep.equal([429, 'too_many_pending_jobs']);
    expect(body.detail).to.contain(String(BYTES));
    expect(await stored()).to.deep.equal(before);
    // A small one still fits.
    expect((await change(key)).status).to.equal(202);
  });

  it('count once, however often a request with an idempotency key is repeated', async () => {
    const headers = { ...respondAsync, 'idempotency-key': randomUUID() };
    const body = { email: `${randomUUID()}@acme.example` };
    const create = () => call('POST', '/v1/users', { as: key, body, headers });
    const first = await create();
    expect(await changes(key, PER_CALLER - 1)).to.deep.equal(times(PER_CALLER - 1, 202));
    const again = await create();
    expect([again.status, again.headers.get('location')]).to.deep.equal([202, first.headers.get('location')]);
    expect((await change(key)).status).to.equal(429);
    await work();
    await worker!.stop();
    worker = undefined;
    // All of them have ended: there is place for as many.
    expect(await changes(key, PER_CALLER)).to.deep.equal(times(PER_CALLER, 202));
  });

  it('are joined by those who ask for the same', async () => {
    const read = (as: string) => call('GET', path, { as, headers: respondAsync });
    expect((await read(key)).status).to.equal(202);
    expect(await changes(key, PER_CALLER - 1)).to.deep.equal(times(PER_CALLER - 1, 202));
    // One more of the same look-up is no further job.
    expect([(await read(key)).status, (await read(other.as)).status]).to.deep.equal([202, 202]);
    expect(await redis.zcard(`${keys.relayPrefix}fair:pending:tenant/acme`)).to.equal(PER_CALLER);
  });

  it('end when a reader hangs up', async () => {
    expect(await changes(key, PER_CALLER - 1)).to.deep.equal(times(PER_CALLER - 1, 202));
    const hangUp = new AbortController();
    const read = fetch(`${deployment.api}/v1/users?limit=7`, {
      headers: { authorization: key },
      signal: hangUp.signal,
    }).catch(() => undefined);
    const pending = () => redis.zcard(`${keys.relayPrefix}fair:pending:tenant/acme`);
    await until(async () => (await pending()) === PER_CALLER);
    hangUp.abort();
    await read;
    await until(async () => (await pending()) === PER_CALLER - 1);
    expect((await change(key)).status).to.equal(202);
  });

  it('never keep back what nobody asked for', async () => {
    const gone = await (async () => {
      await work();
      return newApiKey('acme', { scopes: ['read:users'] });
    })();
    await worker!.stop();
    worker = undefined;
    expect(await changes(key, PER_CALLER)).to.deep.equal(times(PER_CALLER, 202));
    expect(await changes(other.as, PER_TENANT - PER_CALLER)).to.deep.equal(
      times(PER_TENANT - PER_CALLER, 202),
    );
    expect((await call('DELETE', gone.path, { as: await user('acme') })).status).to.equal(204);
    expect(await redis.zcard(`${keys.relayPrefix}fair:pending:internal`)).to.equal(1);
  });
});
