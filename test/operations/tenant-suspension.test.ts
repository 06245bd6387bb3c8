/** What a suspended tenant may not, a token of another tenant's web app may not, and a page of another origin may not. */
import { expect } from 'chai';
import { openUserImportQueue } from '../../src/redis/queues.ts';
import { connectForWaiting } from '../../src/redis/connections.ts';
import { connectOutsideApp } from '../../src/start/outside-app.ts';
import { expectWithin, until } from '../support/api-keys.ts';
import { management } from '../support/authority.ts';
import { clientCredentials, operator } from '../support/callers.ts';
import { call } from '../support/client.ts';
import {
  adminOf,
  aTenant,
  leftAtAuthority,
  PASSWORD,
  removeTenant,
  signIn,
  type MadeTenant,
} from '../support/tenants.ts';
import { world, WORLD_MS } from '../support/world.ts';

/** The longest that it may take to be seen (invariant 3). */
const SEEN_MS = 1_000;

const change = async (tenant: MadeTenant, verb: 'suspend' | 'resume', api: 0 | 1 = 0) =>
  call('POST', `${tenant.path}/${verb}`, { as: await operator(), api });

async function codeOf(as: string, api: 0 | 1): Promise<string> {
  const { status, body } = await call('GET', '/v1/me', { as, api });
  return status === 200 ? 'let in' : (body.code as string);
}

/** Everybody of a tenant, each let in at both processes, so that both know them well. */
async function everybodyOf(tenant: MadeTenant): Promise<string[]> {
  const { api, audience } = await world();
  const [id = '', secret = ''] = Buffer.from(tenant.key.slice('Basic '.length), 'base64')
    .toString()
    .split(':', 2);
  const admin = await adminOf(tenant);
  const app = await connectOutsideApp(api, { email: tenant.email, password: PASSWORD });
  const everybody = [
    admin,
    tenant.key,
    `Bearer ${await clientCredentials(id, secret, audience)}`,
    `Bearer ${app.accessToken}`,
  ];
  for (const as of everybody)
    for (const one of [0, 1] as const) expect(await codeOf(as, one)).to.equal('let in');
  return everybody;
}

async function allowedOrigin(origin: string, api: 0 | 1): Promise<string | null> {
  const { apis } = await world();
  const headers = { origin, 'access-control-request-method': 'PATCH' };
  const response = await fetch(`${apis[api]}/v1/tenant`, { method: 'OPTIONS', headers });
  return response.headers.get('access-control-allow-origin');
}

describe('a suspended tenant', () => {
  before(async function () {
    this.timeout(WORLD_MS);
    await world();
  });
  afterEach(async () => (await world()).control.clearFaults());

  it('is refused at every process within a second, whoever calls for it, and let in again', async () => {
    const tenant = await aTenant();
    const everybody = await everybodyOf(tenant);
    for (const [verb, expected] of [
      ['suspend', 'tenant_suspended'],
      ['resume', 'let in'],
    ] as const) {
      const { status, body } = await change(tenant, verb, 1);
      const since = Date.now();
      expect([status, body.status]).to.deep.equal([200, verb === 'suspend' ? 'suspended' : 'active']);
      for (const as of everybody)
        for (const api of [0, 1] as const)
          await expectWithin(SEEN_MS, since, async () => (await codeOf(as, api)) === expected);
      expect(await allowedOrigin(`https://${tenant.id}.example`, 0)).to.not.equal(null);
      expect((await change(tenant, verb)).status).to.equal(200);
    }
  });

  it('has its imports stand still, and go on when it is resumed', async () => {
    const { control, redis: url } = await world();
    const tenant = await aTenant();
    const rows = Array.from({ length: 1_500 }, (_, n) => ({ email: `row${n}@${tenant.id}.example` }));
    // The first rows are answered late, so that they are under way when the tenant is suspended.
    const held = await control.addFault({
      method: 'POST',
      path: '/api/v2/users',
      effect: { kind: 'latency', ms: 700 },
    });
    const { headers } = await call('POST', '/v1/user-imports', { as: tenant.key, body: rows });
    const path = headers.get('location')!;
    await until(async () => (await control.faults())[0]!.hits > 0);
    await change(tenant, 'suspend');
    const redis = connectForWaiting(url);
    const queue = openUserImportQueue(redis);
    try {
      await until(async () => {
        const slices = await queue.getDelayed();
        return slices.some(
          ({ data, failedReason }) => path.includes(data.importId) && /suspended/.test(failedReason),
        );
      });
    } finally {
      await queue.close();
      redis.disconnect();
    }
    await control.removeFault(held.id);
    expect((await leftAtAuthority(tenant.id)).users).to.be.below(rows.length);
    await change(tenant, 'resume');
    const state = async () => (await call('GET', path, { as: tenant.key })).body;
    await until(async () => (await state()).status === 'completed');
    expect((await state()).counts).to.include({ created: rows.length, failed: 0, unknown: 0 });
  });

  it('has what was accepted and not begun end as refused', async function () {
    this.timeout(WORLD_MS);
    const { parts, startWorker } = await world();
    const tenant = await aTenant();
    await parts.worker.stop();
    const email = `late@${tenant.id}.example`;
    const asked = await call('POST', '/v1/users', {
      as: tenant.key,
      body: { email },
      headers: { prefer: 'respond-async' },
    });
    await change(tenant, 'suspend');
    // By the name of the world's own, whose log other tests read.
    parts.worker = await startWorker('worker');
    const sentinel = await aTenant();
    expect(sentinel.id).to.be.a('string');
    await change(tenant, 'resume');
    await until(async () => (await codeOf(tenant.key, 0)) === 'let in');
    const job = await call('GET', asked.headers.get('location')!, { as: tenant.key });
    expect([job.body.status, job.body.problem.code]).to.deep.equal(['failed', 'tenant_suspended']);
    expect((await call('GET', `/v1/users?email=${email}`, { as: tenant.key })).body.users).to.deep.equal([]);
  });

  it('takes the rest of its running imports with it when it is deleted', async () => {
    const { control } = await world();
    const tenant = await aTenant();
    await control.addFault({ method: 'POST', path: '/api/v2/users', effect: { kind: 'latency', ms: 300 } });
    const body = Array.from({ length: 500 }, (_, n) => ({ email: `row${n}@${tenant.id}.example` }));
    await call('POST', '/v1/user-imports', { as: tenant.key, body });
    await until(async () => (await control.faults())[0]!.hits > 0);
    const would = await removeTenant(tenant.id, 'delete');
    expect(would).to.include({ open_imports: 1, connections: 1 });
    expect(await leftAtAuthority(tenant.id)).to.deep.equal({ clients: 0, connections: 0, users: 0 });
  });

  it('takes what its users have allowed apps with it, when they stay', async () => {
    const tenant = await aTenant();
    await everybodyOf(tenant);
    const consents = async () =>
      (await (await management()).userGrants.list({ user_id: tenant.adminId })).data.length;
    expect(await consents()).to.equal(1);
    expect(await removeTenant(tenant.id, 'keep')).to.include({ consents: 1, users: 0, connections: 0 });
    expect(await consents()).to.equal(0);
  });
});

describe('what a tenant says of apps by default', () => {
  before(async function () {
    this.timeout(WORLD_MS);
    await world();
  });

  it('holds for approved ones on which it has not decided, at every process within a second', async () => {
    const tenant = await aTenant();
    const everybody = await everybodyOf(tenant);
    const [admin = '', byApp = ''] = [everybody[0], everybody[3]];
    const headers = { 'if-match': '*' };
    const say = async (default_app_access: 'allow' | 'deny') => {
      const answer = await call('PATCH', '/v1/tenant', { as: admin, body: { default_app_access }, headers });
      expect(answer.status).to.equal(200);
    };
    const accessOf = async () => (await call('GET', '/v1/tenant/apps', { as: admin })).body.apps[0]?.access;
    for (const [said, code, access] of [
      ['deny', 'app_not_allowed', 'denied'],
      ['allow', 'let in', 'allowed'],
    ] as const) {
      await say(said);
      const since = Date.now();
      for (const api of [0, 1] as const)
        await expectWithin(SEEN_MS, since, async () => (await codeOf(byApp, api)) === code);
      // That the app came with a user of it is written once a second.
      await until(async () => (await accessOf()) === access);
    }
  });
});

describe('a sign-in through the web app of one tenant', () => {
  before(async function () {
    this.timeout(WORLD_MS);
    await world();
  });

  it('opens nothing of another one, though the authority was talked into it', async () => {
    const [one, other] = [await aTenant(), await aTenant()];
    await adminOf(other);
    const own = await adminOf(one);
    expect(await codeOf(own, 0)).to.equal('let in');
    const sdk = await management();
    // Somebody let people of the other one's connection sign in at this one's web app,
    const [connection] = (await sdk.connections.list({ name: `${other.id}-users` })).data;
    await sdk.connections.clients.update(connection!.id!, [{ client_id: one.clientId, status: true }]);
    const strayed = await signIn(one, other);
    // and somebody gave a person of this one to the other one.
    await sdk.users.update(one.adminId, { app_metadata: { tenant_id: other.id, roles: ['admin'] } });
    const relabelled = await signIn(one);
    for (const forged of [strayed, relabelled]) {
      const claims = JSON.parse(Buffer.from(forged.split('.')[1]!, 'base64url').toString()) as Record<
        string,
        string
      >;
      const { audience } = await world();
      expect([claims['azp'], claims[`${audience}/tenant_id`]]).to.deep.equal([one.clientId, other.id]);
      for (const api of [0, 1] as const) expect(await codeOf(forged, api)).to.equal('invalid_token');
    }
  });
});

describe('pages of a tenant (CORS)', () => {
  before(async function () {
    this.timeout(WORLD_MS);
    await world();
  });

  it('may call from exactly the origins that are registered, also after a change', async () => {
    const shared = 'https://shared.example';
    const tenant = await aTenant();
    const old = `https://${tenant.id}.example`;
    const web_app = { origins: [shared], callback_urls: [`${shared}/callback`] };
    const neighbour = await aTenant({ web_app });
    for (const api of [0, 1] as const) expect(await allowedOrigin(old, api)).to.equal(old);
    for (const near of [
      `${old}:8443`,
      `http://${tenant.id}.example`,
      `${old}.evil.example`,
      `https://x.${tenant.id}.example`,
    ])
      expect(await allowedOrigin(near, 0)).to.equal(null);
    const origins = [`https://new.${tenant.id}.example`, shared];
    const as = await operator();
    const body = { origins, callback_urls: [`${origins[0]}/cb`], logout_urls: [] };
    const put = await call('PUT', `${tenant.path}/web-app`, { as, body });
    expect(put.body).to.deep.equal({ kind: 'own', client_id: tenant.clientId, ...body });
    const since = Date.now();
    for (const api of [0, 1] as const) {
      await expectWithin(SEEN_MS, since, async () => (await allowedOrigin(old, api)) === null);
      for (const origin of origins)
        await expectWithin(SEEN_MS, since, async () => (await allowedOrigin(origin, api)) === origin);
    }
    const client = await (await management()).clients.get(tenant.clientId);
    expect(client).to.deep.include({
      web_origins: origins,
      callbacks: body.callback_urls,
      allowed_logout_urls: [],
    });
    await removeTenant(tenant.id, 'delete');
    await until(async () => (await allowedOrigin(origins[0]!, 0)) === null);
    // The other one's too, so it stays.
    expect(await allowedOrigin(shared, 0)).to.equal(shared);
    await removeTenant(neighbour.id, 'delete');
    for (const api of [0, 1] as const) await until(async () => (await allowedOrigin(shared, api)) === null);
  });
});
