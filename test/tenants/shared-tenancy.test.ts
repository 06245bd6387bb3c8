/** Tenants that share the database and the web app: who comes in as whom, what nobody of another tenant learns, what is left of one. */
import { expect } from 'chai';
import { randomUUID } from 'node:crypto';
import { connectForWaiting } from '../../src/redis/connections.ts';
import { keys } from '../../src/redis/keys.ts';
import { tenantToMetadata } from '../../src/registry/client-metadata.ts';
import { readStoredTenant, saveTenant, type Tenant } from '../../src/registry/tenants.ts';
import { SHARED_DATABASE } from '../../src/start/demo-tenants.ts';
import { accessToken } from '../../src/start/sign-in.ts';
import { settingsUserId } from '../../workers/relay/tenant-settings.ts';
import { until } from '../support/api-keys.ts';
import { management } from '../support/authority.ts';
import { operator } from '../support/callers.ts';
import { call } from '../support/client.ts';
import { signed } from '../support/signed-tokens.ts';
import {
  adminOf,
  aSharedTenant,
  aTenant,
  createTenant,
  leftAtAuthority,
  newTenantId,
  PASSWORD,
  removeTenant,
  signIn,
  tenantToMake,
  whenAllIsWritten,
  type MadeTenant,
} from '../support/tenants.ts';
import { world, WORLD_MS } from '../support/world.ts';

/** What differs between any two refusals. */
const OF_ONE = { instance: '', request_id: '' };
const sharedTenantToMake = () => ({ ...tenantToMake(), database: 'shared', web_app: undefined });
const codeOf = async (as: string, api: 0 | 1 = 0) => {
  const { status, body } = await call('GET', '/v1/me', { as, api });
  return status === 200 ? (body.tenant_id as string) : (body.code as string);
};
/** @returns what the authority keeps of its settings */
async function settingsOf(tenantId: string): Promise<Record<string, unknown> | undefined> {
  const sdk = await management();
  return sdk.users.get(settingsUserId(tenantId)).then(
    (user) => user.app_metadata?.['trivium_tenant'] as Record<string, unknown>,
    () => undefined,
  );
}

describe('tenants that share database and web app', () => {
  let one: MadeTenant;
  let other: MadeTenant;
  /** In the shared database, with a web app of its own. */
  let mixed: MadeTenant;
  let own: MadeTenant;

  before(async function () {
    this.timeout(WORLD_MS);
    await world();
    [one, other] = [await aSharedTenant(), await aSharedTenant()];
    [mixed, own] = [await aTenant({ database: 'shared' }), await aTenant()];
    for (const tenant of [one, other, mixed, own]) await adminOf(tenant);
  });
  afterEach(async () => (await world()).control.clearFaults());

  it('say so to the operator', async () => {
    const as = await operator();
    const shown = async ({ path }: MadeTenant) => {
      const { database, connection, web_app } = (await call('GET', path, { as })).body;
      return [database, connection, web_app.kind];
    };
    expect(await shown(one)).to.deep.equal(['shared', SHARED_DATABASE, 'shared']);
    expect(await shown(mixed)).to.deep.equal(['shared', SHARED_DATABASE, 'own']);
    expect(await shown(own)).to.deep.equal(['own', `${own.id}-users`, 'own']);
    const { tenants } = (await call('GET', '/v1/tenants?limit=100', { as })).body;
    const listed = tenants.find(({ id }: { id: string }) => id === one.id);
    expect(listed).to.deep.include({ database: 'shared', web_app: { kind: 'shared' } });
  });

  it('cost five calls each, and no application but the key', async () => {
    const { control } = await world();
    await whenAllIsWritten();
    await control.forgetCalls();
    const tenant = await aSharedTenant();
    const calls = await control.calls();
    // But for what the upkeep may do meanwhile.
    const made = Object.entries(calls).filter(([endpoint]) => /^POST \/api\/v2|\/connections/.test(endpoint));
    expect(Object.fromEntries(made)).to.deep.equal({
      'POST /api/v2/users': { 201: 2 },
      'POST /api/v2/clients': { 201: 1 },
      'POST /api/v2/client-grants': { 201: 1 },
      'POST /api/v2/tickets/password-change': { 201: 1 },
    });
    expect(await leftAtAuthority(tenant.id)).to.deep.equal({ clients: 1, connections: 0, users: 1 });
  });

  it('let their users in through the shared web app, each as its own', async () => {
    const ownDatabase = await aSharedTenant({ database: 'own' });
    await adminOf(ownDatabase);
    for (const tenant of [one, other, ownDatabase])
      for (const api of [0, 1] as const) expect(await codeOf(await signIn(tenant), api)).to.equal(tenant.id);
    const list = await call('GET', '/v1/users', { as: await signIn(one) });
    expect(list.body.users.map(({ user_id }: { user_id: string }) => user_id)).to.deep.equal([one.adminId]);
  });

  it('keep what is theirs from each other, by every kind of caller', async () => {
    for (const as of [await signIn(one), one.key])
      for (const method of ['GET', 'DELETE']) {
        const path = (id: string) => `/v1/users/${encodeURIComponent(id)}`;
        const foreign = await call(method, path(other.adminId), { as });
        const unknown = await call(method, path('auth0|nobody'), { as });
        expect([foreign.status, foreign.body.code]).to.deep.equal([404, 'not_found']);
        expect({ ...foreign.body, ...OF_ONE }).to.deep.equal({ ...unknown.body, ...OF_ONE });
      }
    expect(await codeOf(await signIn(other))).to.equal(other.id);
  });

  it('take no user by another way than their own', async () => {
    // Both are in one database, so that the authority lets each in at both.
    expect(await codeOf(await signIn(one, mixed))).to.equal('invalid_token');
    expect(await codeOf(await signIn(mixed, one))).to.equal('invalid_token');
    expect(await codeOf(await signIn(mixed))).to.equal(mixed.id);
    const { webApp } = await world();
    const by = (tenantId: string, userId: string) => signed({ tenantId, clientId: webApp.client_id, userId });
    expect(await codeOf(await by(one.id, one.adminId))).to.equal(one.id);
    // A database of its own is not enabled there; were it, nothing would follow from it.
    expect(await codeOf(await by(own.id, own.adminId))).to.equal('invalid_token');
    expect(await codeOf(await by('acme', own.adminId))).to.equal('invalid_token');
  });

  it('refuse tokens that name no tenant, or an unknown one', async () => {
    const { webApp, control, authority, audience } = await world();
    const userId = one.adminId;
    const clientId = webApp.client_id;
    expect(await codeOf(await signed({ tenantId: 'nobody-has-this', clientId, userId }))).to.equal(
      'invalid_token',
    );
    const iat = Math.floor(Date.now() / 1000);
    const claims = { iss: authority, aud: audience, azp: clientId, sub: userId, iat, exp: iat + 60 };
    for (const claim of [undefined, '', null, [one.id], { id: one.id }]) {
      const token = await control.signToken({}, { ...claims, [`${audience}/tenant_id`]: claim });
      expect(await codeOf(`Bearer ${token}`), JSON.stringify(claim)).to.equal('invalid_token');
    }
    // The organization's name, or a plain claim, is nobody's word.
    const token = await control.signToken({}, { ...claims, tenant_id: one.id, org_name: one.id });
    expect(await codeOf(`Bearer ${token}`)).to.equal('invalid_token');
    // Nobody signed in.
    expect(await codeOf(await signed({ tenantId: one.id, clientId }))).to.equal('invalid_token');
  });

  it('let in no user who belongs to none: the sign-in ends with a sentence', async () => {
    const { authority, audience, webApp } = await world();
    const [email, password] = [`nobody-${one.id}@x.example`, 'A-good-Passw0rd1'];
    await (await management()).users.create({ connection: SHARED_DATABASE, email, password });
    const { client_id: clientId, redirect_uri: redirectUri } = webApp;
    const wanted = { authority, audience, clientId, redirectUri, scope: 'openid', email, password };
    expect(await accessToken(wanted).catch(String)).to.contain('belongs to no company here');
  });

  it('are shut out one by one', async () => {
    const as = await operator();
    const tenant = await aSharedTenant();
    const token = await adminOf(tenant);
    const both = async () => [await codeOf(token, 0), await codeOf(token, 1)];
    expect(await both()).to.deep.equal([tenant.id, tenant.id]);
    await call('POST', `${tenant.path}/suspend`, { as });
    await until(async () => (await both()).every((code) => code === 'tenant_suspended'));
    expect(await codeOf(await signIn(one))).to.equal(one.id);
    await call('POST', `${tenant.path}/resume`, { as });
    await until(async () => (await both()).every((code) => code === tenant.id));
  });

  it('let pages of the shared web app call, and no others', async () => {
    const { webApp } = await world();
    const { origin } = new URL(webApp.redirect_uri);
    const allowed = async (from: string, method = 'GET') => {
      const headers = { origin: from, 'access-control-request-method': 'GET' };
      const options = method === 'OPTIONS' ? { headers } : { headers, as: await signIn(one) };
      const { apis } = await world();
      const path = `${apis[0]}/v1/me`;
      const response = await fetch(path, {
        method,
        headers: { ...options.headers, ...('as' in options ? { authorization: options.as } : {}) },
      });
      return response.headers.get('access-control-allow-origin');
    };
    for (const method of ['GET', 'OPTIONS']) {
      expect(await allowed(origin, method)).to.equal(origin);
      for (const from of [`${origin}0`, origin.replace('http:', 'https:'), 'https://evil.example', 'null'])
        expect(await allowed(from, method), from).to.equal(null);
    }
  });

  it('have no addresses of their own to be replaced', async () => {
    const as = await operator();
    const answer = await call('PUT', `${one.path}/web-app`, { as, body: tenantToMake().web_app });
    expect([answer.status, answer.body.code]).to.deep.equal([409, 'web_app_shared']);
    const replaced = await call('PUT', `${mixed.path}/web-app`, { as, body: tenantToMake(mixed.id).web_app });
    expect([replaced.status, replaced.body.kind]).to.deep.equal([200, 'own']);
  });

  const noPlaceToLive: [
    what: string,
    connection: () => Promise<string> | string,
    status: number,
    code: string,
  ][] = [
    ['where settings are kept', () => 'trivium-tenants', 422, 'unknown_connection'],
    ['there in another spelling', () => 'Trivium-TENANTS', 422, 'unknown_connection'],
    ["in another tenant's own database", () => `${own.id}-users`, 409, 'connection_owned'],
    ['there in another spelling', () => `${own.id}-Users`.toUpperCase(), 409, 'connection_owned'],
    ['in one whose mark alone tells whose it is', () => aMarkedConnection(), 409, 'connection_owned'],
  ];
  for (const [what, connection, status, code] of noPlaceToLive)
    it(`may not live ${what}`, async () => {
      for (const web_app of [tenantToMake().web_app, undefined]) {
        const body = { ...tenantToMake(), connection: await connection(), web_app };
        const answer = await createTenant(body);
        expect([answer.status, answer.body.code]).to.deep.equal([status, code]);
        expect(await leftAtAuthority(body.id)).to.deep.equal({ clients: 0, connections: 0, users: 0 });
      }
    });

  /** As that of a tenant which the registry has lost. */
  async function aMarkedConnection(): Promise<string> {
    const name = `c-${randomUUID()}`;
    const metadata = { tenant_id: newTenantId() };
    await (await management()).connections.create({ name, strategy: 'auth0', metadata });
    return name;
  }

  it('stay when the owner of their database goes: a guest from before', async () => {
    const [owner, guest] = [await aTenant(), await aSharedTenant()];
    const redis = connectForWaiting((await world()).redis);
    try {
      const { tenant } = (await readStoredTenant(redis, guest.id))!;
      await saveTenant(redis, { ...tenant, connection: `${owner.id}-users` });
      expect(await removeTenant(owner.id, 'delete')).to.include({ users: 1, connections: 0 });
      expect(await leftAtAuthority(owner.id)).to.deep.equal({ clients: 0, connections: 1, users: 0 });
      await saveTenant(redis, tenant);
    } finally {
      redis.disconnect();
    }
  });

  it('keep their settings at the authority, where nobody finds them or signs in', async () => {
    const { authority, audience, webApp } = await world();
    expect(await settingsOf(one.id)).to.include({ tenant_id: one.id, tenant_status: 'active' });
    const sdk = await management();
    const user = await sdk.users.get(settingsUserId(one.id));
    expect(user.blocked).to.equal(true);
    expect(user.app_metadata).to.have.all.keys('trivium_tenant');
    const [connection] = (await sdk.connections.list({ name: 'trivium-tenants' })).data;
    expect(connection!.is_domain_connection).to.equal(false);
    const { data: enabled } = await sdk.connections.clients.get(connection!.id!);
    const clients = await Promise.all(enabled.map(({ client_id }) => sdk.clients.get(client_id)));
    expect(clients.map(({ grant_types }) => grant_types)).to.deep.equal([['client_credentials']]);
    for (const as of [one.key, await signIn(one)]) {
      const path = `/v1/users/${encodeURIComponent(settingsUserId(one.id))}`;
      for (const method of ['GET', 'DELETE']) expect((await call(method, path, { as })).status).to.equal(404);
      const byMail = encodeURIComponent(user.email!);
      expect((await call('GET', `/v1/users?email=${byMail}`, { as })).body.users).to.deep.equal([]);
    }
    // Even with a password.
    const { ticket } = await sdk.tickets.changePassword({ user_id: user.user_id! });
    const body = new URLSearchParams({
      password: 'A-good-Passw0rd1',
      'confirm-password': 'A-good-Passw0rd1',
    });
    await fetch(ticket, { method: 'POST', body });
    for (const { clientId, redirectUri } of [
      { clientId: webApp.client_id, redirectUri: webApp.redirect_uri },
      mixed,
    ]) {
      const attempt = { authority, audience, clientId, redirectUri, scope: 'openid', email: user.email! };
      const ended = await accessToken({ ...attempt, password: 'A-good-Passw0rd1' }).catch(String);
      expect(ended).to.contain('Wrong email or password');
    }
    // Its token, however somebody came by it, is none.
    const clientId = webApp.client_id;
    const forged = await signed({ tenantId: '', clientId, userId: user.user_id! });
    expect(await codeOf(forged)).to.equal('invalid_token');
  });

  it('have changed settings written there', async () => {
    const as = await operator();
    const tenant = await aSharedTenant();
    const { startWorker } = await world();
    const worker = await startWorker('worker-of-settings', { UPKEEP_SECONDS: '1' });
    try {
      await call('PATCH', tenant.path, { as, body: { name: 'Another' }, headers: { 'if-match': '*' } });
      await call('POST', `${tenant.path}/suspend`, { as });
      await until(async () => {
        const settings = await settingsOf(tenant.id);
        return settings?.['tenant_name'] === 'Another' && settings['tenant_status'] === 'suspended';
      });
    } finally {
      await worker.stop();
    }
  });

  it('go with their users, one by one, and leave the others’', async () => {
    const tenant = await aSharedTenant();
    const dry = await removeTenant(tenant.id, 'delete');
    expect(dry).to.include({ users: 1, connections: 0, web_apps: 0, api_keys: 1 });
    expect(await leftAtAuthority(tenant.id)).to.deep.equal({ clients: 0, connections: 0, users: 0 });
    expect(await settingsOf(tenant.id)).to.equal(undefined);
    expect(await codeOf(await signIn(other))).to.equal(other.id);
    const again = await createTenant({ ...sharedTenantToMake(), id: tenant.id });
    expect([again.status, again.body.code]).to.deep.equal([409, 'tenant_exists']);
  });

  it('are created whole or not at all', async () => {
    const { control } = await world();
    for (const [path, skip] of [
      ['/api/v2/users', 0],
      ['/api/v2/clients', 0],
      ['/api/v2/tickets/password-change', 0],
      ['/api/v2/users', 1],
    ] as const)
      for (const when of ['before', 'after'] as const) {
        const effect = { kind: 'answer', status: 400, when } as const;
        await control.addFault({ method: 'POST', path, skip, times: 1, effect });
        const body = sharedTenantToMake();
        expect((await createTenant(body)).status, `${path} ${when}`).to.equal(422);
        await control.clearFaults();
        expect(await leftAtAuthority(body.id)).to.deep.equal({ clients: 0, connections: 0, users: 0 });
        expect(await settingsOf(body.id)).to.equal(undefined);
        expect((await createTenant(body)).status).to.equal(201);
      }
  });

  it('keep their settings when another with the same id is refused, and cleaned up; what a lost one left goes', async () => {
    const clash = await createTenant({ ...sharedTenantToMake(), id: one.id });
    expect([clash.status, clash.body.code]).to.deep.equal([409, 'tenant_exists']);
    expect(await settingsOf(one.id)).to.include({ tenant_id: one.id });
    const { redis: url, startWorker } = await world();
    const [jobId, { id }] = [randomUUID(), tenantToMake()];
    const lost: Tenant = {
      id,
      name: id,
      status: 'creating',
      connection: SHARED_DATABASE,
      database: 'shared',
      shared_web_app: true,
      created_at: '2026-01-01T00:00:00.000Z',
      made_by: jobId,
    };
    await (
      await management()
    ).users.create({
      connection: 'trivium-tenants',
      user_id: `tenant-${id}`,
      email: `tenant-${id}@tenants.invalid`,
      password: 'A-good-Passw0rd1',
      app_metadata: { trivium_tenant: tenantToMetadata({ ...lost, status: 'active' }) },
    });
    const redis = connectForWaiting(url);
    const begun = [`${randomUUID()} ${one.id}`, `${jobId} ${id}`];
    try {
      await saveTenant(redis, lost);
      for (const provisioning of begun) await redis.zadd(keys.unfinishedTenants, 1, provisioning);
      const worker = await startWorker('worker-of-leftovers', { RECONCILE_SECONDS: '2' });
      try {
        await until(async () =>
          (await redis.zmscore(keys.unfinishedTenants, ...begun)).every((score) => score === null),
        );
      } finally {
        await worker.stop();
      }
    } finally {
      redis.disconnect();
    }
    expect(await settingsOf(one.id)).to.include({ tenant_id: one.id });
    expect(await settingsOf(id)).to.equal(undefined);
  });

  const inTheWay: [
    what: string,
    user: (id: string) => { connection: string; user_id: string; email: string },
  ][] = [
    [
      'a user of another database has that id',
      (id) => ({ connection: SHARED_DATABASE, user_id: `tenant-${id}`, email: `somebody@${id}.example` }),
    ],
    [
      'a user of that database has the email',
      (id) => ({ connection: 'trivium-tenants', user_id: id, email: `tenant-${id}@tenants.invalid` }),
    ],
    [
      'an earlier tenant of that id, which the registry has lost, has settings',
      (id) => ({
        connection: 'trivium-tenants',
        user_id: `tenant-${id}`,
        email: `tenant-${id}@tenants.invalid`,
      }),
    ],
  ];
  for (const [what, user] of inTheWay)
    it(`are not created where their settings have no place, and touch nobody: ${what}`, async () => {
      const sdk = await management();
      const body = sharedTenantToMake();
      const app_metadata = { trivium_tenant: { kind: 'user', tenant_id: body.id, made_by: randomUUID() } };
      const made = await sdk.users.create({ ...user(body.id), password: PASSWORD, app_metadata });
      const answer = await createTenant(body);
      expect([answer.status, answer.body.code]).to.deep.equal([409, 'tenant_exists']);
      expect(await leftAtAuthority(body.id)).to.deep.equal({ clients: 0, connections: 0, users: 0 });
      expect(await sdk.users.get(made.user_id!)).to.deep.equal({ ...made });
      await sdk.users.delete(made.user_id!);
      expect((await createTenant(body)).status).to.equal(201);
    });

  it('leave a user alone who has the id of their settings by now', async () => {
    const sdk = await management();
    const tenant = await aSharedTenant();
    await sdk.users.delete(settingsUserId(tenant.id));
    const [user_id, email] = [`tenant-${tenant.id}`, `somebody@${tenant.id}.example`];
    const made = await sdk.users.create({ connection: SHARED_DATABASE, user_id, email, password: PASSWORD });
    await removeTenant(tenant.id, 'delete');
    expect((await sdk.users.get(made.user_id!)).email).to.equal(email);
  });

  it('differ from entries that were stored before the database was', async () => {
    const redis = connectForWaiting((await world()).redis);
    try {
      const { tenant } = (await readStoredTenant(redis, mixed.id))!;
      const { database: _database, ...before } = tenant;
      await saveTenant(redis, before);
      await until(async () => {
        const shown = await call('GET', mixed.path, { as: await operator() });
        return shown.body.database === 'shared' && shown.body.web_app.kind === 'own';
      });
      expect(await codeOf(await signIn(mixed))).to.equal(mixed.id);
      expect(await codeOf(await signIn(one, mixed))).to.equal('invalid_token');
      await saveTenant(redis, tenant);
    } finally {
      redis.disconnect();
    }
  });
});
