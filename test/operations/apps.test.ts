/** Which apps may act for whom: what operator and tenants decide, and what an app can never do. */
import { expect } from 'chai';
import { loadContract } from '../../src/contract/load-contract.ts';
import { until } from '../support/api-keys.ts';
import { appMetadata, letIn, registerApp, type AppTokens } from '../support/apps.ts';
import { apiKey, app as appCaller, operator, user, type TenantId } from '../support/callers.ts';
import { call } from '../support/client.ts';
import { world, WORLD_MS } from '../support/world.ts';

describe('apps', () => {
  before(async function () {
    this.timeout(WORLD_MS);
    await world();
  });

  const setStatus = async (clientId: string, status: string) =>
    call('PATCH', `/v1/apps/${clientId}`, { as: await operator(), body: { status } });
  const decide = async (tenant: TenantId, clientId: string, decision: string) =>
    call('PUT', `/v1/tenant/apps/${clientId}`, { as: await user(tenant), body: { decision } });
  const issue = async (tenant: TenantId | 'operator', body: object = {}) => {
    const as = tenant === 'operator' ? await operator() : await user(tenant);
    const path = tenant === 'operator' ? '/v1/initial-access-tokens' : '/v1/tenant/initial-access-tokens';
    return call('POST', path, { as, body: { name: 'A partner', ...body } });
  };
  const codeOf = async ({ as }: AppTokens) => {
    const { status, body } = await call('GET', '/v1/me', { as, api: 1 });
    return status === 200 ? 'in' : (body.code as string);
  };
  const becomes = (tokens: AppTokens, code: string) => until(async () => (await codeOf(tokens)) === code);

  it('pending works for users of tenants that allowed it, and of no other; blocked for nobody', async () => {
    const { clientId } = await registerApp();
    const [acme, globex] = [await letIn({ clientId }, 'acme'), await letIn({ clientId }, 'globex')];
    expect(await codeOf(acme)).to.equal('in');
    await setStatus(clientId, 'pending');
    await becomes(acme, 'app_not_allowed');
    expect((await decide('acme', clientId, 'allowed')).body).to.include({
      decision: 'allowed',
      access: 'allowed',
      status: 'pending',
    });
    await becomes(acme, 'in');
    expect(await codeOf(globex)).to.equal('app_not_allowed');
    await setStatus(clientId, 'blocked');
    await becomes(acme, 'app_blocked');
    expect((await decide('acme', clientId, 'allowed')).body).to.include({ access: 'blocked' });
    expect(await codeOf(acme)).to.equal('app_blocked');
    await setStatus(clientId, 'approved');
    await becomes(globex, 'in');
  });

  it('pending works for users of the tenant whose initial access token it came with', async () => {
    const { body, status, headers } = await issue('acme');
    expect(status).to.equal(201);
    expect(headers.get('cache-control')).to.equal('no-store');
    const { clientId } = await registerApp({}, `Bearer ${body.token}`);
    await setStatus(clientId, 'pending');
    const [acme, globex] = [await letIn({ clientId }, 'acme'), await letIn({ clientId }, 'globex')];
    expect(await codeOf(acme)).to.equal('in');
    expect(await codeOf(globex)).to.equal('app_not_allowed');
    await decide('acme', clientId, 'denied');
    await becomes(acme, 'app_not_allowed');
    const { body: page } = await call('GET', '/v1/apps?limit=100', { as: await operator() });
    expect(page.apps.find((one: { client_id: string }) => one.client_id === clientId)).to.include({
      vouched_by: 'acme',
    });
  });

  it('tells a tenant’s admins which apps their users came with, let in or not, and when it was used', async () => {
    const { clientId } = await registerApp({ client_name: 'Tried Reports' });
    await setStatus(clientId, 'pending');
    const tokens = await letIn({ clientId }, 'acme', { role: 'member' });
    const listed = async (tenant: TenantId) => {
      const { body } = await call('GET', '/v1/tenant/apps', { as: await apiKey(tenant) });
      return (body.apps as Record<string, unknown>[]).find(({ client_id }) => client_id === clientId);
    };
    expect(await listed('acme')).to.equal(undefined);
    expect(await codeOf(tokens)).to.equal('app_not_allowed');
    await until(async () => (await listed('acme')) !== undefined);
    expect(await listed('acme')).to.include({
      name: 'Tried Reports',
      status: 'pending',
      decision: 'undecided',
      access: 'denied',
      vouched_for: false,
    });
    expect(await listed('acme')).to.not.have.property('last_used_at');
    expect(await listed('globex')).to.equal(undefined);
    await decide('acme', clientId, 'allowed');
    await becomes(tokens, 'in');
    await until(async () => (await listed('acme'))!['last_used_at'] !== undefined);
  });

  it('pages through all apps for the operator, by status too', async () => {
    const made = [await registerApp(), await registerApp(), await registerApp()].map(
      ({ clientId }) => clientId,
    );
    await setStatus(made[1]!, 'blocked');
    const collect = async (query: string) => {
      const found: string[] = [];
      for (let cursor: string | undefined = ''; cursor !== undefined;) {
        const path = `/v1/apps?limit=2${query}${cursor && `&cursor=${cursor}`}`;
        const { body } = await call('GET', path, { as: await operator() });
        found.push(...body.apps.map((one: { client_id: string }) => one.client_id));
        cursor = body.next_cursor;
      }
      return found;
    };
    const all = await collect('');
    expect(all.slice(0, 3)).to.deep.equal(made.toReversed());
    expect(new Set(all).size).to.equal(all.length);
    expect(await collect('&status=blocked'))
      .to.include(made[1])
      .and.not.include(made[0]);
    expect((await call('GET', '/v1/apps?cursor=x', { as: await operator() })).body.code).to.equal(
      'invalid_cursor',
    );
    expect((await setStatus('tpc_never', 'blocked')).status).to.equal(404);
  });

  it('has to be allowed anew when it becomes another: name, logo or redirect URIs', async () => {
    const app = await registerApp();
    const tokens = await letIn(app, 'acme');
    await setStatus(app.clientId, 'pending');
    await decide('acme', app.clientId, 'allowed');
    await becomes(tokens, 'in');
    const put = (as: string, more: object) =>
      call('PUT', app.path, { as, body: { ...appMetadata(more), client_id: app.clientId } });
    const same = await put(app.manages, { contacts: ['ada@reports.example'] });
    expect(await codeOf(tokens)).to.equal('in');
    const other = await put(`Bearer ${same.body.registration_access_token}`, { client_name: 'Your Bank' });
    expect(other.status).to.equal(200);
    const { body } = await call('GET', '/v1/tenant/apps', { as: await user('acme') });
    expect(body.apps.find((one: { client_id: string }) => one.client_id === app.clientId)).to.include({
      name: 'Your Bank',
      decision: 'undecided',
    });
  });

  it('never exceeds its user: the member’s app may do what the member may', async () => {
    const scope = 'read:users create:users';
    const [admins, members] = [
      await appCaller('acme', 'admin', scope),
      await appCaller('acme', 'member', scope),
    ];
    expect((await call('GET', '/v1/users?limit=1', { as: admins })).status).to.equal(200);
    expect((await call('GET', '/v1/users?limit=1', { as: members })).body.code).to.equal('insufficient_role');
  });

  it('never manages keys, apps, consents or tenants: the contract opens none of that to apps', async () => {
    const contract = loadContract();
    const open = [...contract.operations.values()].filter(({ security }) => security.has('app'));
    const isClosed = (path: string) =>
      /^\/v1\/(tenant\/.+|tenants|apps|me\/consents|initial-access-tokens|budget|dead-letters)/.test(path);
    expect(open.map(({ path }) => path).filter(isClosed)).to.deep.equal([]);
    expect(open.filter(({ method, path }) => path === '/v1/tenant' && method !== 'get')).to.deep.equal([]);
    const closed = [...contract.operations.values()].filter(({ path }) => isClosed(path));
    expect(closed.length).to.be.above(15);
    const as = await appCaller('acme');
    for (const { method, path } of closed) {
      const answer = await call(method.toUpperCase(), path.replaceAll(/\{\w+\}/g, 'x'), { as });
      expect([path, answer.status, answer.body.code]).to.deep.equal([path, 403, 'caller_not_allowed']);
    }
  });
});
