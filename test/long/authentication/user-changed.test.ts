/**
 * A user who is changed through the API: what its old tokens say counts no more, at any process and for any app (invariant 3). Also when
 * the authority's answer is lost, and for what the user had asked for and nobody has begun.
 */
import { expect } from 'chai';
import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { until } from '../../support/api-keys.ts';
import { management } from '../../support/authority.ts';
import { apiKey, app, user } from '../../support/callers.ts';
import { call } from '../../support/client.ts';
import { signed, userToken } from '../../support/signed-tokens.ts';
import { world, WORLD_MS } from '../../support/world.ts';

const USER = '/api/v2/users/{id}';
/** Longer than it takes from a sign-in to its token (`LONGEST_SIGN_IN_S`). */
const A_WHILE_S = 700;
/** How long the authority holds what was asked for: long enough for a change of the user on a busy machine. */
const HELD_MS = 6_000;
const seconds = () => Math.floor(Date.now() / 1000);

interface Someone {
  id: string;
  path: string;
  /** Of a token of that time. */
  token(issuedAt?: number): Promise<string>;
  /** Of an app that acts for it. */
  appToken(): Promise<string>;
}

async function someone(role: string): Promise<Someone> {
  const body = { email: `changed-${randomUUID()}@acme.example`, roles: [role] };
  const made = await call('POST', '/v1/users', { as: await user('acme'), body });
  const id = made.body.user_id as string;
  const { client_id: clientId } = (await call('GET', '/v1/me', { as: await app('acme') })).body;
  const who = { tenantId: 'acme', clientId, userId: id, roles: [role] };
  return {
    id,
    path: made.headers.get('location')!,
    token: (issuedAt) => userToken('acme', id, [role], issuedAt),
    appToken: () => signed({ ...who, scopes: ['read:users', 'read:tenant'] }),
  };
}

const replaceRoles = async ({ path }: Someone, roles: string[], headers: Record<string, string> = {}) =>
  call('PUT', `${path}/roles`, { as: await apiKey('acme'), body: { roles }, headers });
const change = async ({ path }: Someone, body: object) =>
  call('PATCH', path, { as: await apiKey('acme'), body });
const remove = async ({ path }: Someone) => call('DELETE', path, { as: await apiKey('acme') });

/** Who somebody is, at each process. */
async function whoIs(as: string): Promise<unknown[]> {
  const answers = [await call('GET', '/v1/me', { as, api: 0 }), await call('GET', '/v1/me', { as, api: 1 })];
  return answers.map(({ status, body }) => (status === 200 ? body.roles : body.code) as unknown);
}

/** Every process hears of a change within a second: the test's own time limit ends what never comes to be. */
async function becomes(as: string, who: unknown): Promise<void> {
  await until(async () => isDeepStrictEqual(await whoIs(as), [who, who]));
}
const newKey = (as: string, headers: Record<string, string> = {}) =>
  call('POST', '/v1/tenant/api-keys', { as, body: { name: 'Of a user', scopes: ['read:users'] }, headers });

describe('a user who is changed', () => {
  before(async function () {
    this.timeout(WORLD_MS);
    await world();
  });
  afterEach(async () => (await world()).control.clearFaults());

  it('demoted: has the new roles at every process, makes no key, and its apps can do no more', async () => {
    const one = await someone('admin');
    const [as, byApp] = [await one.token(), await one.appToken()];
    expect(await whoIs(as)).to.deep.equal([['admin'], ['admin']]);
    expect((await newKey(as)).status).to.equal(201);
    expect((await call('GET', '/v1/users?limit=1', { as: byApp, api: 1 })).status).to.equal(200);
    await replaceRoles(one, ['member']);
    await becomes(as, ['member']);
    expect((await newKey(as)).body.code).to.equal('insufficient_role');
    expect((await call('GET', '/v1/users?limit=1', { as: byApp, api: 1 })).body.code).to.equal(
      'insufficient_role',
    );
    expect((await call('GET', '/v1/me', { as: byApp })).body.scopes).to.deep.equal(['read:tenant']);
    expect((await call('GET', '/v1/tenant', { as: byApp, api: 1 })).status).to.equal(200);
  });

  it('promoted: has more with its old token', async () => {
    const one = await someone('member');
    const as = await one.token();
    expect(await whoIs(as)).to.deep.equal([['member'], ['member']]);
    await replaceRoles(one, ['admin']);
    await becomes(as, ['admin']);
    expect((await newKey(as)).status).to.equal(201);
  });

  it('blocked and deleted: is refused at every process, by its apps, too', async () => {
    for (const end of [(one: Someone) => change(one, { blocked: true }), remove]) {
      const one = await someone('admin');
      const tokens = [await one.token(), await one.appToken()];
      for (const as of tokens) expect(await whoIs(as)).to.deep.equal([['admin'], ['admin']]);
      expect((await end(one)).status).to.be.within(200, 204);
      for (const as of tokens) await becomes(as, 'invalid_token');
      // A code that was got before, and exchanged after.
      const late = await one.token(seconds() + 2);
      expect(await whoIs(late)).to.deep.equal(['invalid_token', 'invalid_token']);
    }
  });

  it('unblocked: works again, with the roles that it has by then', async () => {
    const one = await someone('admin');
    const as = await one.token();
    await change(one, { blocked: true });
    await becomes(as, 'invalid_token');
    await replaceRoles(one, ['member']);
    expect(await whoIs(as)).to.deep.equal(['invalid_token', 'invalid_token']);
    await change(one, { blocked: false });
    await becomes(as, ['member']);
  });

  it('changed in another way: keeps its tokens as they are', async () => {
    const one = await someone('admin');
    const as = await one.token();
    expect((await change(one, { name: 'Another name' })).status).to.equal(200);
    expect(await whoIs(as)).to.deep.equal([['admin'], ['admin']]);
  });

  it('a token that is newer than the change counts by itself, but says no more soon after it', async () => {
    const one = await someone('member');
    const old = await one.token();
    await replaceRoles(one, ['admin']);
    await becomes(old, ['admin']);
    // Of a sign-in that began before: the token says less, and that counts.
    expect(await whoIs(await userToken('acme', one.id, ['member'], seconds() + 3))).to.deep.equal([
      ['member'],
      ['member'],
    ]);
    await replaceRoles(one, ['member']);
    await becomes(old, ['member']);
    expect(await whoIs(await userToken('acme', one.id, ['admin'], seconds() + 3))).to.deep.equal([
      ['member'],
      ['member'],
    ]);
    // A change of another user, long ago by the authority's clock, does not touch it.
    const other = await someone('admin');
    expect(await whoIs(await other.token(seconds() - A_WHILE_S))).to.deep.equal([['admin'], ['admin']]);
  });

  it('of two changes at once, what the authority has counts', async () => {
    const one = await someone('admin');
    const as = await one.token();
    for (let round = 0; round < 3; round += 1) {
      await Promise.all([
        replaceRoles(one, ['member']),
        replaceRoles(one, ['admin']),
        change(one, { blocked: round % 2 === 0 }),
        replaceRoles(one, []),
        change(one, { blocked: round % 2 === 1 }),
      ]);
      const { blocked = false, app_metadata } = await (await management()).users.get(one.id);
      const now = blocked ? 'invalid_token' : app_metadata!['roles'];
      await becomes(as, now);
    }
    await Promise.all([remove(one), change(one, { blocked: false }), replaceRoles(one, ['admin'])]);
    await becomes(as, 'invalid_token');
  });

  for (const when of ['before', 'after'] as const)
    for (const [what, method, act] of [
      ['demotion', 'PATCH', (one: Someone) => replaceRoles(one, ['member'], { prefer: 'respond-async' })],
      ['block', 'PATCH', (one: Someone) => change(one, { blocked: true })],
      ['deletion', 'DELETE', remove],
    ] as const)
      it(`a ${what} whose answer is lost ${when} it was carried out: tokens so far count no more`, async () => {
        const { control } = await world();
        const one = await someone('admin');
        const as = await one.token();
        expect(await whoIs(as)).to.deep.equal([['admin'], ['admin']]);
        const fault = await control.addFault({
          method,
          path: USER,
          times: 1,
          effect: { kind: 'drop', when },
        });
        await act(one);
        await until(async () => (await control.faults()).some(({ id, hits }) => id === fault.id && hits > 0));
        await becomes(as, 'invalid_token');
        await until(async () => {
          const { app_metadata, blocked } = await (
            await management()
          ).users
            .get(one.id)
            .catch(() => ({ app_metadata: { roles: 'gone' }, blocked: true }));
          return blocked === true || !String(app_metadata?.['roles']).includes('admin');
        });
        // Still of then: what was doubted stays so.
        expect(await whoIs(as)).to.deep.equal(['invalid_token', 'invalid_token']);
      });

  it('a key that a user makes or rotates is none when the user was demoted or blocked while it was made', async () => {
    const { control } = await world();
    for (const code of ['insufficient_role', 'invalid_token']) {
      const one = await someone('admin');
      const as = await one.token();
      const old = (await newKey(as)).body.client_id as string;
      const effect = { kind: 'latency', ms: HELD_MS } as const;
      const fault = await control.addFault({ method: 'POST', path: '/api/v2/client-grants', effect });
      const headers = { prefer: 'respond-async' };
      const jobs = [
        await newKey(as, headers),
        await call('POST', `/v1/tenant/api-keys/${old}/rotate`, { as, headers, body: {} }),
      ].map((sent) => sent.headers.get('location')!);
      await until(async () => (await control.faults()).some(({ id, hits }) => id === fault.id && hits >= 2));
      await markAsChanged(one, code);
      const admin = await user('acme');
      for (const job of jobs)
        await until(async () => (await call('GET', job, { as: admin })).body.status === 'failed');
      await control.removeFault(fault.id);
      const { body } = await call('GET', '/v1/tenant/api-keys', { as: admin });
      const all = body.api_keys as { client_id: string; created_by?: { id: string } }[];
      const own = all.filter(({ created_by }) => created_by?.id === one.id);
      expect(own.map(({ client_id }) => client_id)).to.deep.equal([old]);
      expect(own[0]).not.to.have.any.keys('replaced_by', 'retires_at');
    }
  });

  const waits = {
    // The authority cannot be asked, so that what is asked for waits; the change of the user comes by itself.
    'before its first call': { kind: 'answer', status: 503 },
    'between its look-up and its change': { kind: 'latency', ms: HELD_MS },
  } as const;
  for (const [when, effect] of Object.entries(waits))
    it(`whatever a user asked for is not done any more when the user was demoted or blocked ${when}`, () =>
      expectNotDone(effect));

  async function expectNotDone(effect: (typeof waits)[keyof typeof waits]): Promise<void> {
    const { control } = await world();
    const ends = {
      insufficient_role: (one: Someone) => replaceRoles(one, ['member']),
      invalid_token: (one: Someone) => change(one, { blocked: true }),
    };
    for (const [code, end] of Object.entries(ends)) {
      const [one, other] = [await someone('admin'), await someone('member')];
      const as = await one.token();
      const headers = { prefer: 'respond-async' };
      const fault = await control.addFault({ method: 'GET', path: USER, effect });
      const jobs = [
        await call('PUT', `${one.path}/roles`, { as, headers, body: { roles: ['admin'] } }),
        await call('PUT', `${other.path}/roles`, { as, headers, body: { roles: ['admin'] } }),
        await call('DELETE', other.path, { as, headers }),
      ].map((sent) => sent.headers.get('location')!);
      await until(async () => (await control.faults()).some(({ id, hits }) => id === fault.id && hits >= 3));
      await markAsChanged(one, code);
      await control.removeFault(fault.id);
      for (const job of jobs) {
        const admin = await user('acme');
        await until(async () => (await call('GET', job, { as: admin })).body.status === 'failed');
        expect((await call('GET', job, { as: admin })).body.problem.code).to.equal(code);
      }
      expect((await (await management()).users.get(other.id)).app_metadata).to.include({ tenant_id: 'acme' });
      expect((await (await management()).users.get(other.id)).app_metadata!['roles']).to.deep.equal([
        'member',
      ]);
      await end(one);
    }
  }
});

/** As the worker does it, at once: through the queue it would wait behind what it is to stop. */
async function markAsChanged({ id }: Someone, code: string): Promise<void> {
  const { Redis } = await import('ioredis');
  const { createUserMarks } = await import('../../../src/registry/user-marks.ts');
  const redis = new Redis((await world()).redis);
  const updated_at = new Date().toISOString();
  const blocked = code === 'invalid_token';
  await createUserMarks(redis, 'acme').changed({ user_id: id, roles: ['member'], blocked, updated_at });
  redis.disconnect();
}
