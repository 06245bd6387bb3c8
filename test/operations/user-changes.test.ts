import { expect } from 'chai';
import { randomUUID } from 'node:crypto';
import { connectForWaiting } from '../../src/redis/connections.ts';
import { readTenant, saveTenant } from '../../src/registry/tenants.ts';
import { management } from '../support/authority.ts';
import { apiKey, app, demoUser, user } from '../support/callers.ts';
import { call } from '../support/client.ts';
import { world, WORLD_MS } from '../support/world.ts';

interface Made {
  id: string;
  path: string;
  email: string;
}

async function aUser(body: object = {}): Promise<Made> {
  const email = `c-${randomUUID()}@acme.example`;
  const { body: created } = await call('POST', '/v1/users', {
    as: await apiKey('acme'),
    body: { email, ...body },
  });
  return { id: created.user_id, path: `/v1/users/${encodeURIComponent(created.user_id)}`, email };
}

/** What the authority itself says of a user. */
const record = async (id: string) => (await management()).users.get(id);

describe('changing a user', () => {
  before(async function () {
    this.timeout(WORLD_MS);
    await world();
  });

  it('changes what is named and leaves the rest', async () => {
    const { path, id, email } = await aUser({
      name: 'Ada',
      nickname: 'a',
      user_metadata: { plan: 'pro', x: 1 },
    });
    const { status, body } = await call('PATCH', path, {
      as: await user('acme'),
      body: { name: 'Ada L.', nickname: null, user_metadata: { plan: null, y: 2 } },
    });
    expect(status).to.equal(200);
    expect(body).to.include({ user_id: id, email, name: 'Ada L.', blocked: false });
    expect(body).not.to.have.property('nickname');
    expect(body.user_metadata).to.deep.equal({ x: 1, y: 2 });
    expect((await call('GET', path, { as: await apiKey('acme') })).body).to.deep.equal(body);
    expect((await record(id)).app_metadata).to.deep.equal({ tenant_id: 'acme', roles: ['member'] });
  });

  it('makes a new email an unproven one, and refuses one that another user has', async () => {
    const one = await aUser({ email_verified: true });
    const other = await aUser();
    const as = await apiKey('acme');
    const email = `n-${randomUUID()}@acme.example`;
    const { body } = await call('PATCH', one.path, { as, body: { email } });
    expect(body).to.include({ email, email_verified: false });
    const taken = await call('PATCH', one.path, { as, body: { email: other.email } });
    expect([taken.status, taken.body.code]).to.deep.equal([409, 'user_exists']);
  });

  it('blocks and unblocks', async () => {
    const { path, id } = await aUser();
    const as = await apiKey('acme');
    expect((await call('PATCH', path, { as, body: { blocked: true } })).body.blocked).to.equal(true);
    expect((await record(id)).blocked).to.equal(true);
    expect((await call('PATCH', path, { as, body: { blocked: false } })).body.blocked).to.equal(false);
  });

  it('changes nothing that is not on the list', async () => {
    const { path } = await aUser();
    for (const body of [
      { app_metadata: { tenant_id: 'globex' } },
      { tenant_id: 'globex' },
      { roles: ['admin'] },
      { password: 'correct horse battery' },
      { connection: 'globex-users' },
      { 'app_metadata.tenant_id': 'globex' },
      {},
    ]) {
      const answer = await call('PATCH', path, { as: await apiKey('acme'), body });
      expect([answer.status, answer.body.code]).to.deep.equal([422, 'invalid_body']);
    }
  });

  it('deletes', async () => {
    const { path, id } = await aUser();
    const as = await apiKey('acme');
    expect((await call('DELETE', path, { as })).status).to.equal(204);
    expect((await call('DELETE', path, { as })).status).to.equal(404);
    expect((await call('PATCH', path, { as, body: { name: 'x' } })).status).to.equal(404);
    expect(await record(id).catch(({ statusCode }: { statusCode: number }) => statusCode)).to.equal(404);
  });

  it('is for callers with the scope and users with the role only', async () => {
    const { path } = await aUser();
    const member = await user('acme', 'member');
    const reader = await app('acme', 'admin', 'read:users');
    const changer = await app('acme', 'admin', 'read:users update:users delete:users read:tenant');
    expect((await call('PATCH', path, { as: member, body: { name: 'x' } })).body.code).to.equal(
      'insufficient_role',
    );
    expect((await call('DELETE', path, { as: member })).body.code).to.equal('insufficient_role');
    expect((await call('DELETE', path, { as: reader })).body.code).to.equal('insufficient_scope');
    expect((await call('PATCH', path, { as: changer, body: { name: 'By an app' } })).body.name).to.equal(
      'By an app',
    );
    expect((await call('DELETE', path, { as: changer })).status).to.equal(204);
  });
});

describe('roles of a user', () => {
  before(async function () {
    this.timeout(WORLD_MS);
    await world();
  });

  it('are read and replaced', async () => {
    const { path, id } = await aUser();
    const as = await user('acme');
    expect((await call('GET', `${path}/roles`, { as })).body).to.deep.equal({ roles: ['member'] });
    const replaced = await call('PUT', `${path}/roles`, { as, body: { roles: ['admin'] } });
    expect([replaced.status, replaced.body]).to.deep.equal([200, { roles: ['admin'] }]);
    expect((await record(id)).app_metadata).to.deep.equal({ tenant_id: 'acme', roles: ['admin'] });
    expect((await call('PUT', `${path}/roles`, { as, body: { roles: [] } })).body).to.deep.equal({
      roles: [],
    });
  });

  it('are told to the user itself, whatever its role', async () => {
    const { user_id } = await demoUser('acme', 'member');
    const as = await user('acme', 'member');
    const path = `/v1/users/${encodeURIComponent(user_id)}/roles`;
    expect((await call('GET', path, { as })).body).to.deep.equal({ roles: ['member'] });
    expect((await call('PUT', path, { as, body: { roles: ['admin'] } })).body.code).to.equal(
      'insufficient_role',
    );
  });

  it('outside of what the tenant may assign are neither given nor taken', async () => {
    const { path, id } = await aUser({ roles: ['admin', 'member'] });
    const redis = connectForWaiting((await world()).redis);
    const tenant = (await readTenant(redis, 'acme'))!;
    const as = await apiKey('acme');
    try {
      await saveTenant(redis, { ...tenant, assignable_roles: ['member'] });
      const body = { roles: ['member', 'admin'] };
      let refused = await call('PUT', `${path}/roles`, { as, body });
      // The API's processes hear of it within a second.
      while (refused.status === 200) refused = await call('PUT', `${path}/roles`, { as, body });
      expect(refused.body).to.include({ status: 422, code: 'role_not_assignable' });
      expect(refused.body.errors[0]).to.include({ in: 'body', pointer: '/roles/1' });
      const created = await call('POST', '/v1/users', {
        as,
        body: { email: 'x@acme.example', roles: ['admin'] },
      });
      expect(created.body.code).to.equal('role_not_assignable');
      const emptied = await call('PUT', `${path}/roles`, { as, body: { roles: [] } });
      expect(emptied.body).to.deep.equal({ roles: ['admin'] });
      expect((await record(id)).app_metadata?.['roles']).to.deep.equal(['admin']);
    } finally {
      await saveTenant(redis, tenant);
      redis.disconnect();
    }
  });
});

describe('password reset and verification email', () => {
  before(async function () {
    this.timeout(WORLD_MS);
    await world();
  });

  it('makes a link that sets a password, for as long as was asked for', async () => {
    const { path } = await aUser();
    const before = Date.now();
    const { status, body, headers } = await call('POST', `${path}/password-reset`, {
      as: await apiKey('acme'),
      body: { lifetime_seconds: 3600 },
    });
    expect(status).to.equal(201);
    expect(headers.get('cache-control')).to.equal('no-store');
    expect(Date.parse(body.expires_at) - before).to.be.within(3_590_000, 3_660_000);
    const page = await fetch(body.reset_url);
    expect(page.status).to.equal(200);
    expect(await page.text()).to.match(/type="password"/);
  });

  it('needs no body', async () => {
    const { path } = await aUser();
    const { status, body } = await call('POST', `${path}/password-reset`, { as: await apiKey('acme') });
    expect(status).to.equal(201);
    expect((Date.parse(body.expires_at) - Date.now()) / 86_400_000).to.be.closeTo(5, 0.01);
  });

  it('shows the link once to whoever asks by job', async () => {
    const { path } = await aUser();
    const as = await apiKey('acme');
    const { headers } = await call('POST', `${path}/password-reset`, {
      as,
      headers: { prefer: 'respond-async' },
    });
    const job = () => call('GET', headers.get('location')!, { as });
    let first = await job();
    while (['queued', 'running'].includes(first.body.status)) first = await job();
    expect(first.body.answer.body.reset_url).to.be.a('string');
    expect((await job()).body).not.to.have.property('answer');
  });

  it('sends a verification email, once each time it is asked to', async () => {
    const { path, id } = await aUser();
    const { control } = await world();
    await control.forgetCalls();
    const { status } = await call('POST', `${path}/verification-email`, { as: await apiKey('acme') });
    expect(status).to.equal(204);
    const sent = (await control.calls())['POST /api/v2/jobs/verification-email'];
    expect(sent).to.deep.equal({ '201': 1 });
    expect((await record(id)).email_verified).to.equal(false);
  });
});
