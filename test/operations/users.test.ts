import { expect } from 'chai';
import { randomUUID } from 'node:crypto';
import { management } from '../support/authority.ts';
import { apiKey, app, demoUser, user } from '../support/callers.ts';
import { call } from '../support/client.ts';
import { aTenant } from '../support/tenants.ts';
import { world, WORLD_MS } from '../support/world.ts';

const newEmail = () => `u-${randomUUID()}@acme.example`;
const byId = (id: string) => `/v1/users/${encodeURIComponent(id)}`;

describe('users', () => {
  before(async function () {
    this.timeout(WORLD_MS);
    await world();
  });

  it('are created, found by id, by email and in the list', async () => {
    const as = await user('acme');
    const email = newEmail();
    const created = await call('POST', '/v1/users', {
      as,
      body: { email, name: 'Ada', roles: ['member'], user_metadata: { plan: 'pro' } },
    });
    expect(created.status).to.equal(201);
    expect(created.body).to.include({ email, name: 'Ada', email_verified: false, blocked: false });
    expect(created.headers.get('location')).to.equal(byId(created.body.user_id));
    const found = await call('GET', created.headers.get('location')!, { as });
    expect(found.body).to.deep.equal(created.body);
    const looked = await call('GET', `/v1/users?email=${encodeURIComponent(email)}`, { as });
    expect(looked.body).to.deep.equal({ users: [created.body] });
  });

  it('are created in the tenant of the caller, without a mail', async () => {
    const { body } = await call('POST', '/v1/users', {
      as: await apiKey('globex'),
      body: { email: newEmail() },
    });
    const { data } = await (await management()).users.get(body.user_id).withRawResponse();
    expect(data.app_metadata).to.deep.equal({ tenant_id: 'globex', roles: ['member'] });
    expect(data.identities?.[0]?.connection).to.equal('globex-users');
  });

  it('exist once in a tenant', async () => {
    const as = await apiKey('acme');
    const email = newEmail();
    expect((await call('POST', '/v1/users', { as, body: { email } })).status).to.equal(201);
    const again = await call('POST', '/v1/users', { as, body: { email } });
    expect(again).to.have.property('status', 409);
    expect(again.body).to.include({ code: 'user_exists', status: 409 });
    // Another tenant may have the same person, and learns nothing of the first.
    expect(
      (await call('POST', '/v1/users', { as: await apiKey('globex'), body: { email } })).status,
    ).to.equal(201);
  });

  it('are listed page by page, each once', async () => {
    // Of its own: other tests import thousands of users into those that all share.
    const { key: as } = await aTenant();
    for (let i = 0; i < 7; i += 1) await call('POST', '/v1/users', { as, body: { email: newEmail() } });
    const whole = await call('GET', '/v1/users?limit=100', { as });
    const seen: string[] = [];
    let path: string | undefined = '/v1/users?limit=3';
    while (path) {
      const page = await call('GET', path, { as });
      expect(page.body.users.length).to.be.at.most(3);
      seen.push(...page.body.users.map(({ user_id }: { user_id: string }) => user_id));
      const next = /<([^>]+)>; rel="next"/.exec(page.headers.get('link') ?? '')?.[1];
      expect(next === undefined).to.equal(page.body.next_cursor === undefined);
      path = next;
    }
    expect(seen.slice(0, 100)).to.deep.equal(
      whole.body.users.map(({ user_id }: { user_id: string }) => user_id).slice(0, 100),
    );
    expect(new Set(seen).size).to.equal(seen.length);
  });

  it('can be seen by an app that a user let in, no further than the user sees', async () => {
    const admin = await demoUser('acme', 'admin');
    const member = await demoUser('acme', 'member');
    const forAdmin = await app('acme', 'admin', 'read:users');
    const forMember = await app('acme', 'member', 'read:users');
    expect((await call('GET', byId(member.user_id), { as: forAdmin })).status).to.equal(200);
    expect((await call('GET', byId(member.user_id), { as: forMember })).body.email).to.equal(member.email);
    const beyond = await call('GET', byId(admin.user_id), { as: forMember });
    expect(beyond.body).to.include({ status: 403, code: 'insufficient_role' });
    const unasked = await call('POST', '/v1/users', { as: forAdmin, body: { email: newEmail() } });
    expect(unasked.body).to.include({ status: 403, code: 'insufficient_scope' });
    expect(unasked.body.scopes).to.deep.equal(['create:users']);
    expect(unasked.headers.get('www-authenticate')).to.include('error="insufficient_scope"');
  });

  it('are refused with a pointer to each wrong field', async () => {
    const { status, body } = await call('POST', '/v1/users', {
      as: await apiKey('acme'),
      body: { email: 'nobody', roles: ['owner'], app_metadata: { tenant_id: 'globex' } },
    });
    expect(status).to.equal(422);
    expect(body.code).to.equal('invalid_body');
    expect(body.errors.map(({ pointer }: { pointer: string }) => pointer)).to.have.members([
      '/email',
      '/roles/0',
      '/app_metadata',
    ]);
  });

  it('need a password that is not weak, when one is given', async () => {
    const { status, body } = await call('POST', '/v1/users', {
      as: await apiKey('acme'),
      body: { email: newEmail(), password: 'password' },
    });
    expect([status, body.code]).to.deep.equal([422, 'weak_password']);
  });

  it('that nobody has answer 404, whatever the id looks like', async () => {
    const as = await apiKey('acme');
    for (const id of ['auth0|nobody', 'nobody', 'x|y z', '%E0%A4%A', 'auth0|' + 'a'.repeat(300)]) {
      const path = id.includes('%') ? `/v1/users/${id}` : byId(id);
      expect((await call('GET', path, { as })).body).to.include({ status: 404, code: 'not_found' });
    }
  });

  for (const query of ['limit=0', 'limit=101', 'limit=x', 'email=nobody', 'emial=a@b.example', 'cursor=']) {
    it(`cannot be asked for with ?${query}`, async () => {
      const { status, body } = await call('GET', `/v1/users?${query}`, { as: await apiKey('acme') });
      expect([status, body.code]).to.deep.equal([400, 'invalid_parameter']);
      expect(body.errors[0].in).to.equal('query');
    });
  }

  it('refuse a made-up cursor', async () => {
    const cursors = ['x', '{}', '["* OR app_metadata.tenant_id:globex",1]', '["2026-01-01T00:00:00.000Z",0]'];
    for (const text of cursors) {
      const cursor = Buffer.from(text).toString('base64url');
      const { status, body } = await call('GET', `/v1/users?cursor=${cursor}`, { as: await apiKey('acme') });
      expect([status, body.code]).to.deep.equal([400, 'invalid_cursor']);
    }
  });
});
