/** What is changed at the authority, read from its tenant log where no event stream delivers. */
import { expect } from 'chai';
import { Redis } from 'ioredis';
import { keys } from '../../../src/redis/keys.ts';
import { until } from '../../support/api-keys.ts';
import { auditEvents } from '../../support/audit.ts';
import { management } from '../../support/authority.ts';
import { user } from '../../support/callers.ts';
import { call } from '../../support/client.ts';
import { whenProcessed } from '../../support/event-stream.ts';
import { ownWorld, type OwnDeployment } from '../../support/own-deployment.ts';
import { moveInto, WORLD_MS } from '../../support/world.ts';
import { aUserOf } from '../../http/a-user-of.ts';

describe('the tenant log of the authority', () => {
  let own: OwnDeployment;
  let redis: Redis;
  let moveBack: () => void;
  before(async function () {
    this.timeout(WORLD_MS);
    const every = { AUTH0_LOG_POLL_SECONDS: '1' };
    const world = await ownWorld({
      apiSettings: { METRICS_ALLOWED_ADDRESSES: '127.0.0.1,::1', ...every },
      workerSettings: every,
    });
    own = world;
    moveBack = moveInto(world);
    redis = new Redis(world.redis);
    await until(async () => (await redis.hget(keys.authorityState, 'polled_at')) !== null);
  });
  after(async () => {
    redis?.disconnect();
    moveBack?.();
    await own?.end();
  });

  const statusOf = async (as: string) => (await call('GET', '/v1/me', { as })).status;
  const untilStatus = (as: string, status: number) => until(async () => (await statusOf(as)) === status);
  const typesOf = async (target: string) =>
    (await auditEvents({ target })).map(({ type }) => type).filter((type) => type.endsWith('_elsewhere'));
  const callsOf = async (endpoint: string) =>
    Object.entries(await own.control.calls())
      .filter(([name]) => name === endpoint)
      .flatMap(([, by]) => Object.values(by))
      .reduce((sum, count) => sum + count, 0);
  const readings = () => callsOf('GET /api/v2/logs');

  it('has users refused who are blocked or deleted there, and let in who are unblocked', async () => {
    const [blocked, deleted] = await Promise.all([aUserOf('acme', ['member']), aUserOf('acme', ['member'])]);
    const { users } = await management();
    await users.update(blocked.id, { blocked: true });
    await users.delete(deleted.id);
    await Promise.all([untilStatus(blocked.as, 401), untilStatus(deleted.as, 401)]);
    await users.update(blocked.id, { blocked: false });
    await untilStatus(blocked.as, 200);
    await until(async () => (await typesOf(blocked.id)).length === 2);
    await whenProcessed();
    expect(await typesOf(blocked.id)).to.deep.equal(['user.blocked_elsewhere', 'user.unblocked_elsewhere']);
    const { body } = await call('GET', '/metrics');
    expect(body).to.include('trivium_authority_events_source{source="log"} 1');
  });

  it('tells nothing of our own changes', async () => {
    const someone = await aUserOf('acme', ['member']);
    const admin = await user('acme');
    await call('PATCH', someone.path, { as: admin, body: { name: 'Ada' } });
    const other = await aUserOf('acme', ['member']);
    await (await management()).users.update(other.id, { name: 'Grace' });
    await until(async () => (await typesOf(other.id)).length > 0);
    await whenProcessed();
    expect(await typesOf(someone.id)).to.deep.equal([]);
  });

  it('is read on after a failure of the authority, and nothing of it is lost', async () => {
    const someone = await aUserOf('acme', ['member']);
    const effect = { kind: 'answer', status: 503, body: {} } as const;
    const fault = await own.control.addFault({ method: 'GET', path: '/api/v2/logs', effect });
    await (await management()).users.update(someone.id, { blocked: true });
    await until(async () => (await redis.hget(keys.authorityState, 'log_failure')) === 'unavailable');
    expect(await statusOf(someone.as)).to.equal(200);
    await own.control.removeFault(fault.id);
    await untilStatus(someone.as, 401);
  });

  it('is read by one of two workers, however long a page of it takes', async function () {
    this.timeout(WORLD_MS);
    const people = await Promise.all(Array.from({ length: 16 }, () => aUserOf('acme', ['member'])));
    const { users } = await management();
    await own.startWorker('worker-2', { AUTH0_LOG_POLL_SECONDS: '1' });
    const effect = { kind: 'answer', status: 503, body: {} } as const;
    const none = await own.control.addFault({ method: 'GET', path: '/api/v2/logs', effect });
    await until(async () => (await redis.hget(keys.authorityState, 'log_failure')) === 'unavailable');
    for (const { id } of people) await users.update(id, { blocked: true });
    const slow = { kind: 'latency', ms: 600 } as const;
    const slowly = await own.control.addFault({ method: 'GET', path: '/api/v2/users/{id}', effect: slow });
    await own.control.forgetCalls();
    await own.control.removeFault(none.id);
    // Longer than the lease lasts.
    await Promise.all(people.map(({ as }) => untilStatus(as, 401)));
    await whenProcessed();
    await own.control.removeFault(slowly.id);
    expect(await callsOf('GET /api/v2/users/{id}')).to.equal(people.length);
  });

  it('is read from now on where Redis has lost how far it was read, or the authority does not know it', async () => {
    const since = Number(await redis.hget(keys.authorityState, 'log_since'));
    await redis.del(keys.authorityState);
    await until(async () => Number(await redis.hget(keys.authorityState, 'log_since')) > since);
    const someone = await aUserOf('acme', ['member']);
    await (await management()).users.update(someone.id, { blocked: true });
    await untilStatus(someone.as, 401);
  });

  it('is not read while an event stream delivers, and from its last delivery on when it stops', async () => {
    const someone = await aUserOf('acme', ['member']);
    const { users } = await management();
    await redis.hset(keys.authorityState, 'delivered_at', Date.now());
    // A reading that had begun.
    await until(async () => {
      const before = await readings();
      await new Promise((resolve) => setTimeout(resolve, 2_500));
      return (await readings()) === before;
    });
    await users.update(someone.id, { blocked: true });
    const { body } = await call('GET', '/metrics');
    expect(body).to.include('trivium_authority_events_source{source="stream"} 1');
    expect(await statusOf(someone.as)).to.equal(200);
    // As if the last delivery were an hour ago: before the user was blocked.
    await redis.hset(keys.authorityState, 'delivered_at', Date.now() - 3_700_000);
    await untilStatus(someone.as, 401);
  });
});
