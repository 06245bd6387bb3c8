import { expect } from 'chai';
import { randomUUID } from 'node:crypto';
import { until } from '../support/api-keys.ts';
import { aMoment, eventsSince } from '../support/audit.ts';
import { management } from '../support/authority.ts';
import { operator } from '../support/callers.ts';
import { call } from '../support/client.ts';
import {
  adminOf,
  aTenant,
  createTenant,
  leftAtAuthority,
  newTenantId,
  removeTenant,
  tenantToMake,
} from '../support/tenants.ts';
import { world, WORLD_MS } from '../support/world.ts';

/** Of the world. */
const DEFAULT_LIMITS = {
  imports: 10,
  api_keys: 1000,
  requests_per_minute: 1_000_000,
  requests_per_minute_per_principal: 1_000_000,
};
const nothing = { clients: 0, connections: 0, users: 0 };

describe('tenants', () => {
  before(async function () {
    this.timeout(WORLD_MS);
    await world();
  });

  it('are made with all that they need: connection, web app, admin, key', async () => {
    const body = { ...tenantToMake(), api_key: { name: 'K', scopes: ['read:users', 'read:tenant'] } };
    const made = await createTenant({ ...body, max_limits: { api_keys: 3 } });
    expect(made.status).to.equal(201);
    expect(made.headers.get('cache-control')).to.equal('no-store');
    expect(made.body.tenant).to.deep.include({
      id: body.id,
      name: body.name,
      status: 'active',
      connection: `${body.id}-users`,
      default_app_access: 'allow',
      assignable_roles: ['admin', 'member'],
      limits: { ...DEFAULT_LIMITS, api_keys: 3 },
    });
    expect(made.body.tenant.web_app).to.deep.include({
      origins: body.web_app.origins,
      logout_urls: body.web_app.origins,
    });
    expect(made.body.api_key).to.deep.include({ name: 'K', scopes: ['read:users', 'read:tenant'], uses: 0 });
    expect(await leftAtAuthority(body.id)).to.deep.equal({ clients: 2, connections: 1, users: 1 });
    const found = await call('GET', made.headers.get('location')!, { as: await operator() });
    expect(found.body).to.deep.equal(made.body.tenant);
  });

  it('let their key and their admin in, at every process', async () => {
    const tenant = await aTenant();
    for (const api of [0, 1] as const) {
      const { body } = await call('GET', '/v1/tenant', { as: tenant.key, api });
      expect(body).to.include({ id: tenant.id, status: 'active' });
    }
    const admin = await adminOf(tenant);
    const me = await call('GET', '/v1/me', { as: admin });
    expect(me.body).to.deep.include({ kind: 'user', tenant_id: tenant.id, roles: ['admin'] });
    const users = await call('GET', '/v1/users', { as: admin });
    expect(users.body.users.map(({ user_id }: { user_id: string }) => user_id)).to.deep.equal([
      tenant.adminId,
    ]);
  });

  it('are made as a job with steps, whose secrets are shown once', async () => {
    const as = await operator();
    const body = tenantToMake();
    const asked = await createTenant(body, { prefer: 'respond-async' });
    expect(asked.status).to.equal(202);
    const path = asked.headers.get('location')!;
    const { relay } = { relay: path };
    let job = await call('GET', relay, { as });
    while (['queued', 'running'].includes(job.body.status)) job = await call('GET', relay, { as });
    expect(job.body.steps).to.deep.equal(
      [
        'reserve_id',
        'connection',
        'organization',
        'web_app',
        'sign_in',
        'admin',
        'api_key',
        'password_ticket',
        'settings',
        'open',
      ].map((name) => ({ name, status: 'done' })),
    );
    expect(job.body.answer.body.api_key.client_secret).to.be.a('string');
    expect((await call('GET', relay, { as })).body).to.not.have.property('answer');
  });

  it('are made once for an idempotency key, whichever process is asked', async () => {
    const as = await operator();
    const body = tenantToMake();
    const headers = { 'idempotency-key': newTenantId() };
    const answers = await Promise.all(
      ([0, 1, 0, 1] as const).map((api) => call('POST', '/v1/tenants', { as, body, headers, api })),
    );
    expect(answers.map(({ status }) => status)).to.deep.equal([201, 201, 201, 201]);
    expect(await leftAtAuthority(body.id)).to.deep.equal({ clients: 2, connections: 1, users: 1 });
  });

  it('have an id of their own: of two that are made at once, one is', async () => {
    const as = await operator();
    const body = tenantToMake();
    const answers = await Promise.all(
      ([0, 1] as const).map((api) => call('POST', '/v1/tenants', { as, body, api })),
    );
    expect(answers.map(({ status }) => status).sort()).to.deep.equal([201, 409]);
    expect(answers.find(({ status }) => status === 409)!.body.code).to.equal('tenant_exists');
    expect(await leftAtAuthority(body.id)).to.deep.equal({ clients: 2, connections: 1, users: 1 });
  });

  it('may share a connection that is there, which stays when they go', async () => {
    const connection = `c-${randomUUID()}`;
    await (await management()).connections.create({ name: connection, strategy: 'auth0' });
    const [stays, guest] = [await aTenant({ connection }), await aTenant({ connection })];
    expect(await leftAtAuthority(guest.id)).to.deep.equal({ clients: 2, connections: 0, users: 1 });
    await removeTenant(guest.id, 'delete');
    expect(await leftAtAuthority(guest.id)).to.deep.equal(nothing);
    expect(await leftAtAuthority(stays.id)).to.deep.equal({ clients: 2, connections: 0, users: 1 });
    const unknown = await createTenant({ ...tenantToMake(), connection: 'nobody-has-this' });
    expect([unknown.status, unknown.body.code]).to.deep.equal([422, 'unknown_connection']);
    const taken = tenantToMake();
    const clash = await createTenant({ ...taken, connection, admin: { email: stays.email } });
    expect([clash.status, clash.body.code]).to.deep.equal([409, 'user_exists']);
    expect(await leftAtAuthority(taken.id)).to.deep.equal(nothing);
  });

  it('are refused when an address is none, with a pointer to it', async () => {
    const body = tenantToMake();
    const wrong = {
      origins: ['https://A.example', 'https://a.example:443', 'http://a.example'],
      callback_urls: ['https://*.a.example/', 'http://localhost:3000/', 'https://a.example/#x'],
    };
    const answer = await createTenant({ ...body, web_app: wrong, api_key: { scopes: ['no:such'] } });
    expect(answer.status).to.equal(422);
    expect(answer.body.errors.map(({ pointer }: { pointer: string }) => pointer)).to.deep.equal([
      ...[0, 1, 2].map((n) => `/web_app/origins/${n}`),
      ...[0, 2].map((n) => `/web_app/callback_urls/${n}`),
    ]);
    const key = await createTenant({ ...body, api_key: { scopes: ['no:such'] } });
    expect(key.body.errors[0].pointer).to.equal('/api_key/scopes/0');
    expect(await leftAtAuthority(body.id)).to.deep.equal(nothing);
  });

  it('are listed page by page', async () => {
    const made = [await aTenant(), await aTenant(), await aTenant()].map(({ id }) => id).sort();
    const as = await operator();
    const seen: string[] = [];
    let path: string | undefined = '/v1/tenants?limit=2';
    while (path) {
      const { body }: { body: any } = await call('GET', path, { as }); // eslint-disable-line @typescript-eslint/no-explicit-any -- as above
      seen.push(...body.tenants.map(({ id }: { id: string }) => id));
      path = body.next_cursor && `/v1/tenants?limit=2&cursor=${body.next_cursor}`;
    }
    expect(seen)
      .to.deep.equal([...seen].sort())
      .and.include.members(['acme', 'globex', ...made]);
    expect(new Set(seen).size).to.equal(seen.length);
  });

  it('answer for the operator only: see operator.test.ts, and an unknown one is not found', async () => {
    const as = await operator();
    for (const [method, path, body] of [
      ['GET', '/v1/tenants/nobody', undefined],
      ['PATCH', '/v1/tenants/nobody', { name: 'x' }],
      ['POST', '/v1/tenants/nobody/suspend', undefined],
      ['POST', '/v1/tenants/nobody/resume', undefined],
      ['PUT', '/v1/tenants/nobody/web-app', tenantToMake().web_app],
      ['DELETE', '/v1/tenants/nobody?users=delete', undefined],
    ] as const) {
      const answer = await call(method, path, { as, body, headers: { 'if-match': '*' } });
      expect([method, answer.status, answer.body.code]).to.deep.equal([method, 404, 'not_found']);
    }
  });

  it('go when it is asked for twice, with all that they had', async () => {
    const tenant = await aTenant();
    const as = await operator();
    const admin = await adminOf(tenant);
    const dry = await call('DELETE', `${tenant.path}?users=delete&dry_run=true`, { as });
    expect(dry.status).to.equal(200);
    expect(dry.body.would_delete).to.deep.equal({
      api_keys: 1,
      web_apps: 1,
      users: 1,
      consents: 0,
      connections: 1,
      organizations: 0,
      open_imports: 0,
    });
    expect((await call('GET', '/v1/me', { as: admin })).status).to.equal(200);
    for (const query of [
      'users=delete',
      'users=delete&confirm=x.y',
      `users=keep&confirm=${dry.body.confirmation}`,
    ]) {
      const refused = await call('DELETE', `${tenant.path}?${query}`, { as });
      expect([refused.status, refused.body.code]).to.deep.equal([428, 'confirmation_required']);
    }
    const confirmed = `${tenant.path}?users=delete&confirm=${dry.body.confirmation}`;
    expect((await call('DELETE', confirmed, { as })).status).to.equal(204);
    expect(await leftAtAuthority(tenant.id)).to.deep.equal(nothing);
    expect((await call('GET', tenant.path, { as })).status).to.equal(404);
    for (const [credential, code] of [
      [admin, 'invalid_token'],
      [tenant.key, 'invalid_api_key'],
    ])
      for (const api of [0, 1] as const)
        await until(async () => {
          const { status, body } = await call('GET', '/v1/me', { as: credential, api });
          return status === 401 && body.code === code;
        });
    const again = await createTenant(tenantToMake(tenant.id));
    expect([again.status, again.body.code]).to.deep.equal([409, 'tenant_exists']);
  });

  it('are told of once each: made, changed, looked at before they go, gone', async () => {
    const since = await aMoment();
    const tenant = await aTenant();
    const as = await operator();
    await call('POST', `${tenant.path}/suspend`, { as });
    await call('POST', `${tenant.path}/resume`, { as });
    await removeTenant(tenant.id, 'delete');
    const told = (await eventsSince(since)).filter(({ target }) => target === tenant.id);
    // Between what the API and what a job did no order is promised.
    expect(told.map(({ type, principal }) => [principal.kind, type])).to.have.deep.members(
      ['created', 'suspended', 'resumed', 'deletion_previewed', 'deleted'].map((what) => [
        'operator',
        `tenant.${what}`,
      ]),
    );
  });

  it('leave their users behind when that is asked for, without what those consented to', async () => {
    const tenant = await aTenant();
    await removeTenant(tenant.id, 'keep');
    expect(await leftAtAuthority(tenant.id)).to.deep.equal({ clients: 0, connections: 1, users: 1 });
  });
});
