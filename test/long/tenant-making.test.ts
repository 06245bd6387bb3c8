/**
 * Making and deleting tenants while the authority refuses, loses answers, or hangs and the worker is killed, at each step. What counts
 * is what the authority has in the end: all of a tenant, once, or nothing of it.
 */
import { expect } from 'chai';
import { randomUUID } from 'node:crypto';
import { connectForWaiting } from '../../src/redis/connections.ts';
import { keys } from '../../src/redis/keys.ts';
import { saveTenant } from '../../src/registry/tenants.ts';
import { until } from '../support/api-keys.ts';
import { management } from '../support/authority.ts';
import { operator } from '../support/callers.ts';
import { call } from '../support/client.ts';
import { endedJob, hungAt, killedWhile, MOMENTS, RECOVERY_MS } from '../support/hung-jobs.ts';
import { aTenant, createTenant, leftAtAuthority, newTenantId, tenantToMake } from '../support/tenants.ts';
import { world, WORLD_MS } from '../support/world.ts';

const all = { clients: 2, connections: 1, users: 1 };
const nothing = { clients: 0, connections: 0, users: 0 };

/** Each call that makes something, in its order; `skip` where it is not the first of its kind. */
const writes = [
  { method: 'POST', path: '/api/v2/connections' },
  { method: 'POST', path: '/api/v2/clients' },
  { method: 'PATCH', path: '/api/v2/connections/{id}/clients' },
  { method: 'POST', path: '/api/v2/users' },
  { method: 'POST', path: '/api/v2/clients', skip: 1 },
  { method: 'POST', path: '/api/v2/client-grants' },
  { method: 'POST', path: '/api/v2/tickets/password-change' },
];
const nameOf = ({ method, path, skip = 0 }: (typeof writes)[number]) =>
  `${method} ${path.slice('/api/v2'.length)}${skip > 0 ? ' (the key)' : ''}`;

const IN_BACKGROUND = { prefer: 'respond-async' };

async function beginMaking(id = newTenantId()) {
  const { headers } = await createTenant(tenantToMake(id), IN_BACKGROUND);
  return { id, job: headers.get('location')! };
}

async function beginDeleting() {
  const { id, path } = await aTenant();
  const as = await operator();
  const { body } = await call('DELETE', `${path}?users=delete&dry_run=true`, { as });
  const confirmed = `${path}?users=delete&confirm=${body.confirmation}`;
  const { headers } = await call('DELETE', confirmed, { as, headers: IN_BACKGROUND });
  return { id, job: headers.get('location')! };
}

describe('making a tenant, when the authority', () => {
  before(async function () {
    this.timeout(WORLD_MS);
    await world();
  });
  afterEach(async () => (await world()).control.clearFaults());

  for (const write of writes)
    for (const when of MOMENTS)
      it(`refuses ${nameOf(write)} for good ${when} doing it, leaves nothing behind`, async () => {
        const { control } = await world();
        await control.addFault({ ...write, times: 1, effect: { kind: 'answer', status: 400, when } });
        const { id, job } = await beginMaking();
        const { status, problem, steps } = await endedJob(job);
        expect([status, problem.code]).to.deep.equal(['failed', 'invalid_field']);
        const states = steps.map((step: { status: string }) => step.status);
        expect(states[0]).to.equal('undone');
        expect(states).to.include('undone').and.not.include('done').and.not.include('begun');
        expect(await leftAtAuthority(id)).to.deep.equal(nothing);
        expect((await call('GET', `/v1/tenants/${id}`, { as: await operator() })).status).to.equal(404);
        // Nothing stands in the way of another try.
        expect((await createTenant(tenantToMake(id))).status).to.equal(201);
        expect(await leftAtAuthority(id)).to.deep.equal(all);
      });

  it('loses the answer to any of its calls, makes it once all the same', async () => {
    const { control } = await world();
    for (const write of writes)
      for (const when of MOMENTS)
        await control.addFault({ ...write, times: 1, effect: { kind: 'drop', when } });
    // As many as there are faults: each meets one or two of them.
    const makings = await Promise.all(Array.from({ length: 14 }, () => beginMaking()));
    for (const { job } of makings) expect((await endedJob(job)).status).to.equal('succeeded');
    expect((await control.faults()).map(({ hits }) => hits)).to.deep.equal(Array(14).fill(1));
    for (const { id } of makings) expect(await leftAtAuthority(id)).to.deep.equal(all);
  });

  it('fails on and on, gives it up and leaves nothing behind', async () => {
    const { control } = await world();
    const path = '/api/v2/tickets/password-change';
    await control.addFault({ path, effect: { kind: 'answer', status: 503 } });
    const { id, job } = await beginMaking();
    const { status, problem } = await endedJob(job);
    expect([status, problem.code]).to.deep.equal(['failed', 'upstream_unavailable']);
    expect(await leftAtAuthority(id)).to.deep.equal(nothing);
  });
});

describe('a worker that is killed', () => {
  before(async function () {
    this.timeout(WORLD_MS);
    await world();
  });
  afterEach(async () => (await world()).control.clearFaults());

  it('at each step of making, undoing and deleting tenants costs nothing: two others finish it', async function () {
    this.timeout(WORLD_MS + RECOVERY_MS);
    const { control } = await world();
    const begin = async () => {
      const made: { id: string; job: string }[] = [];
      const [undone, gone]: [typeof made, typeof made] = [[], []];
      for (const path of ['/api/v2/clients/{id}', '/api/v2/connections/{id}']) {
        await control.addFault({
          path: '/api/v2/tickets/password-change',
          times: 1,
          effect: { kind: 'answer', status: 400 },
        });
        const deletion = { method: 'DELETE', path };
        undone.push(await hungAt(deletion, 'before', () => beginMaking()));
        gone.push(await hungAt(deletion, 'after', beginDeleting));
      }
      // Last: a call that has hung for too long is repeated, and must not meet the refusals that are meant for others.
      for (const write of writes)
        for (const when of MOMENTS) made.push(await hungAt(write, when, () => beginMaking()));
      return { made, undone, gone };
    };
    await killedWhile('tenants', begin, async ({ made, undone, gone }) => {
      for (const { job } of made) {
        const { status, answer } = await endedJob(job);
        expect(status).to.equal('succeeded');
        expect((await call('GET', '/v1/tenant', { as: keyOf(answer.body) })).status).to.equal(200);
      }
      for (const { id } of made) expect(await leftAtAuthority(id)).to.deep.equal(all);
      for (const { job } of undone) expect((await endedJob(job)).problem.code).to.equal('invalid_field');
      for (const { job } of gone) expect((await endedJob(job)).status).to.equal('succeeded');
      for (const { id } of [...undone, ...gone]) expect(await leftAtAuthority(id)).to.deep.equal(nothing);
    });
  });

  it('for good leaves what it began to the upkeep: what it made is undone, what it was to delete is deleted', async () => {
    const { redis: url, startWorker } = await world();
    const deleted = await aTenant();
    const id = newTenantId();
    const jobId = randomUUID();
    const sdk = await management();
    const client_metadata = { tenant_id: id, made_by: jobId };
    await sdk.connections.create({ name: `${id}-users`, strategy: 'auth0', metadata: client_metadata });
    await sdk.clients.create({ name: 'web app', app_type: 'spa', client_metadata });
    await sdk.users.create({
      connection: `${id}-users`,
      user_id: jobId.replaceAll('-', ''),
      email: `admin@${id}.example`,
      password: 'A-good-Passw0rd-of-mine',
      app_metadata: { tenant_id: id },
    });
    const redis = connectForWaiting(url);
    try {
      const long = '2026-01-01T00:00:00.000Z';
      await redis.zadd(keys.unfinishedTenants, Date.parse(long), `${jobId} ${id}`);
      const entry = { id, name: id, connection: `${id}-users`, created_at: long };
      await saveTenant(redis, { ...entry, status: 'creating', made_by: jobId });
      const found = JSON.parse((await redis.hget(keys.tenants, deleted.id))!) as typeof entry;
      await saveTenant(redis, { ...found, status: 'deleting', deletion: { users: 'delete', since: long } });
      const worker = await startWorker('worker-sweeping', { RECONCILE_SECONDS: '2' });
      try {
        const as = await operator();
        for (const one of [id, deleted.id]) {
          await until(async () => (await call('GET', `/v1/tenants/${one}`, { as })).status === 404);
          expect(await leftAtAuthority(one)).to.deep.equal(nothing);
        }
      } finally {
        await worker.stop();
      }
    } finally {
      redis.disconnect();
    }
  });
});

/** Of an answer that was held against the contract before. */
function keyOf({ api_key }: { api_key: { client_id: string; client_secret: string } }): string {
  return `Basic ${Buffer.from(`${api_key.client_id}:${api_key.client_secret}`).toString('base64')}`;
}
