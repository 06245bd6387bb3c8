import { expect } from 'chai';
import { until } from '../support/api-keys.ts';
import { letIn, registerApp } from '../support/apps.ts';
import { auditEvents, eventsSince } from '../support/audit.ts';
import { management } from '../support/authority.ts';
import { apiKey, app as appCaller, demoUser, user } from '../support/callers.ts';
import { call } from '../support/client.ts';
import { world, WORLD_MS } from '../support/world.ts';

describe('consents', () => {
  before(async function () {
    this.timeout(WORLD_MS);
    await world();
  });
  afterEach(async () => (await world()).control.clearFaults());

  const consentsOf = async (as: string) =>
    (await call('GET', '/v1/me/consents', { as })).body.consents as { client_id: string }[];

  it('are listed to whoever gave them: app, scopes, when', async () => {
    const app = await registerApp({ client_name: 'Listed Reports' });
    const before = Math.floor(Date.now() / 1000);
    await letIn(app, 'acme', { scope: 'read:users' });
    const own = await consentsOf(await user('acme'));
    const consent = own.find(({ client_id }) => client_id === app.clientId) as unknown as Record<
      string,
      string
    >;
    expect(consent).to.deep.equal({
      client_id: app.clientId,
      name: 'Listed Reports',
      scopes: ['read:users'],
      given_at: consent['given_at'],
    });
    expect(Date.parse(consent['given_at']!) / 1000).to.be.within(before, Date.now() / 1000 + 1);
    for (const as of [await user('acme', 'member'), await user('globex')])
      expect((await consentsOf(as)).map(({ client_id }) => client_id)).to.not.include(app.clientId);
  });

  it('are counted for the tenant whose users gave them, until they are withdrawn', async () => {
    const app = await registerApp({ client_name: 'Counted Reports' });
    const usersIn = async (tenant: 'acme' | 'globex') => {
      const { body } = await call('GET', '/v1/tenant/apps?limit=100', { as: await user(tenant) });
      const apps = body.apps as { client_id: string; users: number }[];
      return apps.find(({ client_id }) => client_id === app.clientId)?.users;
    };
    for (const role of ['admin', 'member'] as const) {
      const { as } = await letIn(app, 'acme', { role, scope: 'read:tenant' });
      for (let times = 0; times < 2; times += 1) await call('GET', '/v1/me', { as });
    }
    await until(async () => (await usersIn('acme')) === 2);
    expect(await usersIn('globex')).to.equal(undefined);
    const path = `/v1/me/consents/${app.clientId}`;
    expect((await call('DELETE', path, { as: await user('acme', 'member') })).status).to.equal(204);
    expect(await usersIn('acme')).to.equal(1);
  });

  it('are the user’s own: neither keys nor apps see or withdraw them', async () => {
    const app = await registerApp();
    const { as } = await letIn(app, 'acme');
    for (const caller of [as, await apiKey('acme'), await appCaller('acme')])
      for (const [method, path] of [
        ['GET', '/v1/me/consents'],
        ['DELETE', `/v1/me/consents/${app.clientId}`],
      ] as const)
        expect((await call(method, path, { as: caller })).body.code).to.equal('caller_not_allowed');
    expect((await call('GET', '/v1/me', { as })).status).to.equal(200);
  });

  it('are withdrawn one by one, and a second time there is nothing', async () => {
    const [app, kept] = [await registerApp(), await registerApp()];
    await letIn(app, 'acme');
    await letIn(kept, 'acme');
    const as = await user('acme');
    const withdraw = () => call('DELETE', `/v1/me/consents/${app.clientId}`, { as });
    expect((await withdraw()).status).to.equal(204);
    expect((await withdraw()).status).to.equal(404);
    const ids = (await consentsOf(as)).map(({ client_id }) => client_id);
    expect(ids).to.include(kept.clientId).and.not.include(app.clientId);
    const sdk = await management();
    const { user_id } = await demoUser('acme', 'admin');
    const left = (await sdk.userGrants.list({ user_id })).data.map(({ clientID }) => clientID);
    expect(left).to.include(kept.clientId).and.not.include(app.clientId);
  });

  it('do not tell an app of somebody else from one that nobody knows, answered at once or later', async () => {
    const { body: token } = await call('POST', '/v1/tenant/initial-access-tokens', {
      as: await user('globex'),
      body: { name: 'A partner' },
    });
    const foreign = await registerApp({}, `Bearer ${token.token}`);
    await letIn(foreign, 'globex');
    const as = await user('acme');
    const ids = [foreign.clientId, 'tpc_unknown', 'https://unknown.example/app'];
    const seen = ids.map(async (id) => {
      const path = `/v1/me/consents/${encodeURIComponent(id)}`;
      const now = await call('DELETE', path, { as });
      const later = await call('DELETE', path, { as, headers: { prefer: 'respond-async' } });
      let job = await call('GET', later.headers.get('location')!, { as });
      while (!job.body.finished_at) job = await call('GET', later.headers.get('location')!, { as });
      const { status, problem } = job.body as { status: string; problem: { code: string } };
      return [now.status, now.body.code, now.body.title, later.status, status, problem.code];
    });
    const [first, ...others] = await Promise.all(seen);
    expect(first).to.deep.equal([404, 'not_found', 'Not found', 202, 'failed', 'not_found']);
    for (const other of others) expect(other).to.deep.equal(first);
    // Nobody else's consent went.
    expect((await consentsOf(await user('globex'))).map(({ client_id }) => client_id)).to.include(
      foreign.clientId,
    );
  });

  it('are told once each, by whichever process the app comes to first, and again after a withdrawal', async () => {
    const app = await registerApp();
    const { user_id } = await demoUser('acme', 'admin');
    const told = () => auditEvents({ type: 'app.consented', client_id: app.clientId });
    const comes = async () => {
      const { as } = await letIn(app, 'acme');
      const answers = [0, 1, 0, 1].map((api) => call('GET', '/v1/me', { as, api: api as 0 | 1 }));
      return (await Promise.all(answers)).every(({ status }) => status === 200);
    };
    expect(await comes()).to.equal(true);
    await until(async () => (await told()).length > 0);
    const [event] = await told();
    expect(event).to.include({ tenant_id: 'acme', outcome: 'succeeded', target: app.clientId });
    expect(event!.principal).to.deep.equal({ kind: 'app', client_id: app.clientId, user_id });
    const again = new Date();
    await call('DELETE', `/v1/me/consents/${app.clientId}`, { as: await user('acme') });
    // Tokens of the second of the withdrawal are refused still.
    await until(comes);
    await until(async () => (await told()).length > 1);
    // Whatever was told before this mark is recorded.
    await eventsSince(again);
    expect(await told()).to.have.length(2);
  });

  it('are refused here while the authority cannot delete them, and deleted when it can', async () => {
    const { control, startWorker } = await world();
    const app = await registerApp();
    const { as } = await letIn(app, 'acme');
    await control.addFault({
      method: 'DELETE',
      path: '/api/v2/grants/{id}',
      effect: { kind: 'answer', status: 403 },
    });
    const { status } = await call('DELETE', `/v1/me/consents/${app.clientId}`, { as: await user('acme') });
    expect(status).to.equal(502);
    for (const api of [0, 1] as const)
      await until(async () => (await call('GET', '/v1/me', { as, api })).body.code === 'consent_withdrawn');
    // A token that is issued meanwhile is no better.
    const again = await letIn(app, 'acme');
    expect((await call('GET', '/v1/me', { as: again.as })).body.code).to.equal('consent_withdrawn');
    await control.clearFaults();
    const worker = await startWorker('worker-withdrawing', { UPKEEP_SECONDS: '1' });
    try {
      const sdk = await management();
      await until(async () => (await sdk.userGrants.list({ client_id: app.clientId })).data.length === 0);
    } finally {
      await worker.stop();
    }
  });
});
