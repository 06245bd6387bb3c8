import { expect } from 'chai';
import { apiKey, app, demoTenant, demoUser, operator, tenantToken, user } from '../support/callers.ts';
import { call } from '../support/client.ts';
import { world, WORLD_MS } from '../support/world.ts';

describe('GET /v1/me', () => {
  before(async function () {
    this.timeout(WORLD_MS);
    await world();
  });

  it('tells a user who it is', async () => {
    const { user_id } = await demoUser('acme', 'member');
    const { status, body, headers } = await call('GET', '/v1/me', { as: await user('acme', 'member') });
    expect(status).to.equal(200);
    expect(body).to.deep.equal({
      kind: 'user',
      tenant_id: 'acme',
      client_id: (await demoTenant('acme')).spa_client_id,
      scopes: ['read:tenant'],
      user_id,
      roles: ['member'],
    });
    expect(headers.get('cache-control')).to.equal('no-store');
  });

  it('tells a tenant the same, by key and by a token that it got itself', async () => {
    const byKey = await call('GET', '/v1/me', { as: await apiKey('globex') });
    const byToken = await call('GET', '/v1/me', { as: await tenantToken('globex') });
    const { scopes, ...rest } = byKey.body;
    expect(rest).to.deep.equal({
      kind: 'tenant',
      tenant_id: 'globex',
      client_id: (await demoTenant('globex')).api_key.client_id,
    });
    expect(scopes).to.have.members([
      'create:user_imports',
      'create:users',
      'update:users',
      'delete:users',
      'create:user_tickets',
      'manage:api_keys',
      'manage:apps',
      'manage:webhooks',
      'read:audit_events',
      'read:tenant',
      'read:usage',
      'read:user_imports',
      'read:users',
      'update:tenant',
    ]);
    expect(byToken.body).to.deep.equal(byKey.body);
  });

  it('tells an app for whom it acts, and with which scopes', async () => {
    const { body } = await call('GET', '/v1/me', {
      as: await app('acme', 'member', 'read:users read:tenant'),
    });
    const { user_id } = await demoUser('acme', 'member');
    expect(body).to.include({ kind: 'app', tenant_id: 'acme', user_id });
    // No more than its user.
    expect(body.scopes).to.deep.equal(['read:tenant']);
    expect(body.client_id).to.match(/^tpc_/);
  });

  it('gives each caller its own answer from both API processes', async () => {
    const as = await user('acme');
    const [first, second] = [
      await call('GET', '/v1/me', { as }),
      await call('GET', '/v1/me', { as, api: 1 }),
    ];
    expect(second.body).to.deep.equal(first.body);
  });
});

describe('GET /v1/me/operations', () => {
  before(async function () {
    this.timeout(WORLD_MS);
    await world();
  });

  const operations = async (as: string): Promise<string[]> =>
    (await call('GET', '/v1/me/operations', { as })).body.operations;

  it('lists what roles allow', async () => {
    const member = await operations(await user('acme', 'member'));
    expect(member).to.include.members(['getMe', 'getTenant', 'listConsents']);
    expect(member).to.not.include('createUser');
    const admin = await operations(await user('acme', 'admin'));
    expect(admin).to.include.members([...member, 'createUser', 'createApiKey']);
    expect(admin).to.not.include('createTenant');
  });

  it('lists what an app may for its user, by consent and by role', async () => {
    const narrow = await operations(await app('acme', 'member', 'read:users read:tenant'));
    expect(narrow).to.include('getTenant');
    expect(narrow).to.not.include('listUsers');
    expect(narrow).to.not.include('listConsents');
  });

  it("lists an operator's, and a key's without those of users", async () => {
    const { status, body } = await call('GET', '/v1/me/operations', { as: await operator() });
    expect([status, body.kind, body.tenant_id]).to.deep.equal([200, 'operator', undefined]);
    expect(body.operations).to.include('createTenant');
    expect(body.operations).to.not.include('listUsers');
    expect(await operations(await apiKey('acme'))).to.not.include('listConsents');
  });

  it('lists no operation that is then refused for its caller, and leaves none out', async () => {
    for (const as of [await user('acme', 'member'), await apiKey('acme')]) {
      const listed = await operations(as);
      for (const [id, path] of [
        ['listUsers', '/v1/users'],
        ['getTenant', '/v1/tenant'],
        ['listApiKeys', '/v1/tenant/api-keys'],
        ['listTenants', '/v1/tenants'],
      ] as const)
        expect((await call('GET', path, { as })).status === 200, id).to.equal(listed.includes(id));
    }
  });
});
