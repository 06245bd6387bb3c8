/** What the relay does when many ask, when somebody hangs up, and when the authority's answers are lost. Effects are counted there. */
import { expect } from 'chai';
import { randomUUID } from 'node:crypto';
import type { Redis } from 'ioredis';
import { keys } from '../../src/redis/keys.ts';
import { openRelayQueue } from '../../src/redis/queues.ts';
import { connectForWaiting, untilReady } from '../../src/redis/connections.ts';
import { Budget } from '../../src/relay/budget.ts';
import { management } from '../support/authority.ts';
import { until } from '../support/api-keys.ts';
import { apiKey, demoUser, user } from '../support/callers.ts';
import { call } from '../support/client.ts';
import { world, WORLD_MS } from '../support/world.ts';

const newEmail = () => `r-${randomUUID()}@acme.example`;
const GET_USER = 'GET /api/v2/users/{id}';

describe('relay', () => {
  let redis: Redis;
  before(async function () {
    this.timeout(WORLD_MS);
    redis = connectForWaiting((await world()).redis);
    await untilReady(redis);
  });
  beforeEach(async () => (await world()).control.forgetCalls());
  afterEach(async () => (await world()).control.clearFaults());
  after(() => redis.disconnect());

  /** Nobody calls for so long, as after a 429: what comes meanwhile waits for its slot. */
  const standStill = (ms: number) =>
    new Budget(redis, { all: { burst: 100, perSecond: 500, stepMs: 1 } }).refused('users_read', ms);
  /** Waits for that, too. */
  const patient = { prefer: 'wait=50' };
  const calls = async (endpoint: string): Promise<number> =>
    Object.values((await (await world()).control.calls())[endpoint] ?? {}).reduce((sum, n) => sum + n, 0);

  async function aUser(): Promise<{ id: string; path: string }> {
    const { body } = await call('POST', '/v1/users', {
      as: await apiKey('acme'),
      body: { email: newEmail() },
    });
    await (await world()).control.forgetCalls();
    return { id: body.user_id, path: `/v1/users/${encodeURIComponent(body.user_id as string)}` };
  }

  it('makes one call for look-ups that are alike and wait at the same time, at every process', async () => {
    const { path, id } = await aUser();
    const other = await aUser();
    await standStill(6_000);
    const [byKey, byUser] = [await apiKey('acme'), await user('acme')];
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, i) =>
        call('GET', path, { as: i % 2 ? byKey : byUser, api: i % 3 ? 0 : 1, headers: patient }),
      ),
    );
    expect(answers.map(({ status, body }) => [status, body.user_id])).to.deep.equal(
      answers.map(() => [200, id]),
    );
    expect(await calls(GET_USER)).to.equal(1);
    expect((await call('GET', other.path, { as: byKey })).body.user_id).to.equal(other.id);
  });

  it('shares nothing between tenants', async () => {
    const { path } = await aUser();
    await standStill(400);
    const [own, foreign] = await Promise.all([
      call('GET', path, { as: await apiKey('acme') }),
      call('GET', path, { as: await apiKey('globex') }),
    ]);
    expect([own.status, foreign.status]).to.deep.equal([200, 404]);
  });

  it('never gives a look-up an answer that is older than the question', async () => {
    const { path } = await aUser();
    const { control } = await world();
    const as = await apiKey('acme');
    const slow = await control.addFault({
      method: 'GET',
      path: '/api/v2/users/{id}',
      times: 1,
      effect: { kind: 'latency', ms: 3_000 },
    });
    const early = call('GET', path, { as, headers: patient });
    await until(async () => (await control.faults()).some(({ id, hits }) => id === slow.id && hits === 1));
    expect((await call('PATCH', path, { as, body: { name: 'Newer' } })).status).to.equal(200);
    expect((await call('GET', path, { as })).body.name).to.equal('Newer');
    expect((await early).status).to.equal(200);
  });

  it('does not make the call of a reader who hung up, unless somebody else waits for it', async () => {
    const gone = await aUser();
    const shared = await aUser();
    const as = await apiKey('acme');
    const { api } = await world();
    await standStill(6_000);
    const hangUp = new AbortController();
    const read = (path: string) =>
      fetch(api + path, { headers: { authorization: as, ...patient }, signal: hangUp.signal }).catch(
        () => undefined,
      );
    const readers = [read(gone.path), read(shared.path)];
    // Both wait for their slot, and one of them has company.
    const queue = openRelayQueue(redis);
    await until(async () => (await queue.getActiveCount()) >= 2);
    const other = call('GET', shared.path, { as, headers: patient });
    await until(async () => {
      const flights = await redis.keys(keys.relayFlight('*'));
      const shared = await Promise.all(flights.map((flight) => redis.hget(flight, 'shared')));
      return shared.includes('1');
    });
    hangUp.abort();
    await Promise.all(readers);
    expect((await other).status).to.equal(200);
    await until(async () => (await queue.getActiveCount()) === 0);
    await queue.close();
    expect(await calls(GET_USER)).to.equal(1);
  });

  for (const [what, method, told] of [
    ['a look-up', 'GET', [503, 'overloaded']],
    ['a change', 'PATCH', [502, 'outcome_unknown']],
  ] as const)
    it(`never says of ${what} that it goes on when its record was lost: a failover to a replica that was behind`, async () => {
      const { path } = await aUser();
      const id = randomUUID();
      await standStill(10_000);
      const answering = call(method, path, {
        as: await apiKey('acme'),
        ...(method === 'PATCH' ? { body: { name: 'Lost' } } : {}),
        headers: { 'x-request-id': id, prefer: 'wait=6' },
      });
      const ofRequest = async () => {
        for (const key of await redis.keys(keys.relayJob('*')))
          if ((await redis.hget(key, 'request')) === id) return key;
        return undefined;
      };
      await until(async () => (await ofRequest()) !== undefined);
      // Released, if it has to be.
      await until(async () => (await redis.hexists((await ofRequest())!, 'release_by')) === 0);
      await redis.del((await ofRequest())!);
      const { status, body, headers } = await answering;
      expect([status, body.code]).to.deep.equal(told);
      expect(headers.get('location')).to.equal(null);
      await redis.del(keys.budget('management', 'all'));
    });

  it('goes on with a write whose caller hung up', async () => {
    const { path, id } = await aUser();
    const { api } = await world();
    await standStill(3_000);
    const hangUp = new AbortController();
    const written = fetch(api + path, {
      method: 'PATCH',
      headers: { authorization: await apiKey('acme'), 'content-type': 'application/json' },
      body: JSON.stringify({ name: 'Kept' }),
      signal: hangUp.signal,
    }).catch(() => undefined);
    const queue = openRelayQueue(redis);
    await until(async () => (await queue.getActiveCount()) > 0);
    await queue.close();
    hangUp.abort();
    await written;
    const sdk = await management();
    await until(async () => (await sdk.users.get(id)).name === 'Kept');
  });

  describe('when the authority did it and its answer was lost', () => {
    const losses = {
      'an answer that never came': { kind: 'drop', when: 'after' },
      'an answer that broke off': { kind: 'cut', bytes: 5 },
      'a 500 that had done it': { kind: 'answer', status: 500, when: 'after' },
    } as const;
    for (const [loss, effect] of Object.entries(losses)) {
      const lose = async (method: string, path: string) =>
        (await world()).control.addFault({ method, path, times: 1, effect });

      it(`creates one user, and says so: ${loss}`, async () => {
        const email = newEmail();
        await lose('POST', '/api/v2/users');
        const { status, body } = await call('POST', '/v1/users', {
          as: await apiKey('acme'),
          body: { email },
        });
        expect(status).to.equal(201);
        const found = await (await management()).users.listUsersByEmail({ email });
        expect(found.map(({ user_id }) => user_id)).to.deep.equal([body.user_id]);
      });

      it(`changes, replaces roles and deletes, as if nothing had been: ${loss}`, async () => {
        const { path, id } = await aUser();
        const as = await apiKey('acme');
        await lose('PATCH', '/api/v2/users/{id}');
        const changed = await call('PATCH', path, { as, body: { name: 'After all' } });
        expect([changed.status, changed.body.name]).to.deep.equal([200, 'After all']);
        await lose('PATCH', '/api/v2/users/{id}');
        const roles = await call('PUT', `${path}/roles`, { as, body: { roles: ['admin'] } });
        expect([roles.status, roles.body]).to.deep.equal([200, { roles: ['admin'] }]);
        const record = await (await management()).users.get(id);
        expect([record.name, record.app_metadata]).to.deep.equal([
          'After all',
          { tenant_id: 'acme', roles: ['admin'] },
        ]);
        await lose('DELETE', '/api/v2/users/{id}');
        // An answer of 204 has no bytes that could be cut off.
        if (effect.kind !== 'cut') expect((await call('DELETE', path, { as })).status).to.equal(204);
      });

      it(`neither sends a mail twice nor says that it was sent: ${loss}`, async () => {
        const { path } = await aUser();
        await lose('POST', '/api/v2/jobs/verification-email');
        const as = await apiKey('acme');
        const { status, body } = await call('POST', `${path}/verification-email`, { as });
        expect([status, body.code]).to.deep.equal([502, 'outcome_unknown']);
        expect(await calls('POST /api/v2/jobs/verification-email')).to.equal(1);
      });
    }
  });

  it('says of a job whose outcome nobody knows that it is unknown', async () => {
    const { path } = await aUser();
    const { control } = await world();
    const effect = { kind: 'drop', when: 'after' } as const;
    await control.addFault({ method: 'POST', path: '/api/v2/jobs/verification-email', times: 1, effect });
    const as = await apiKey('acme');
    const headers = { prefer: 'respond-async' };
    const accepted = await call('POST', `${path}/verification-email`, { as, headers });
    const job = () => call('GET', accepted.headers.get('location')!, { as });
    await until(async () => !['queued', 'running'].includes((await job()).body.status as string));
    expect((await job()).body).to.nested.include({ status: 'unknown', 'problem.code': 'outcome_unknown' });
  });

  it('says unknown, not "nothing was changed", when the authority goes away after a lost answer', async () => {
    const email = newEmail();
    const { control } = await world();
    await control.addFault({
      method: 'POST',
      path: '/api/v2/users',
      effect: { kind: 'drop', when: 'after' },
      times: 1,
    });
    await control.addFault({
      method: 'GET',
      path: '/api/v2/users/{id}',
      effect: { kind: 'answer', status: 503 },
    });
    await control.addFault({
      method: 'POST',
      path: '/api/v2/users',
      skip: 1,
      effect: { kind: 'answer', status: 409 },
    });
    const { status, body } = await call('POST', '/v1/users', {
      as: await apiKey('acme'),
      body: { email },
      headers: { prefer: 'wait=50' },
    });
    expect([status, body.code]).to.deep.equal([502, 'outcome_unknown']);
  });

  it('waits as long as a 429 says, and then succeeds', async () => {
    const { user_id } = await demoUser('acme', 'admin');
    const { control } = await world();
    await control.addFault({
      path: '/api/v2/users/{id}',
      times: 1,
      effect: { kind: 'rate_limit', retryAfter: 1 },
    });
    const before = Date.now();
    const { status } = await call('GET', `/v1/users/${encodeURIComponent(user_id)}`, {
      as: await apiKey('acme'),
    });
    expect(status).to.equal(200);
    expect(Date.now() - before).to.be.at.least(990);
    expect((await control.faults())[0]!.hits).to.equal(1);
    expect(await calls(GET_USER)).to.equal(1);
  });

  it('does nothing for a job that has ended, though it stands on the queue still', async () => {
    const { path } = await aUser();
    const as = await apiKey('acme');
    const { headers } = await call('POST', `${path}/verification-email`, {
      as,
      headers: { prefer: 'respond-async' },
    });
    const location = headers.get('location')!;
    await until(async () => (await call('GET', location, { as })).body.status === 'succeeded');
    const queue = openRelayQueue(redis);
    // As after a crash between the storing of its outcome and the end of its job.
    const again = await queue.add('users.verification-email', { id: location.split('/').at(-1)! });
    await until(async () => (await again.getState()) === 'completed');
    await queue.close();
    expect(await calls('POST /api/v2/jobs/verification-email')).to.equal(1);
    expect((await call('GET', location, { as })).body.status).to.equal('succeeded');
  });
});
