/** What deserves a look in a tenant now, for whoever may see all of it elsewhere. */
import { expect } from 'chai';
import { letIn, registerApp } from '../support/apps.ts';
import { newApiKey, until } from '../support/api-keys.ts';
import { apiKey, app, operator, user } from '../support/callers.ts';
import { call } from '../support/client.ts';
import { aTenant, type MadeTenant } from '../support/tenants.ts';
import { world, WORLD_MS } from '../support/world.ts';

const PATH = '/v1/tenant/overview';
const PARTS = {
  usage: 'read:usage',
  api_keys: 'manage:api_keys',
  apps: 'manage:apps',
  user_imports: 'read:user_imports',
  webhooks: 'manage:webhooks',
} as const;
const DAY_MS = 86_400_000;

describe('the overview of a tenant', () => {
  let tenant: MadeTenant;
  before(async function () {
    this.timeout(WORLD_MS);
    await world();
    tenant = await aTenant();
  });

  it('has each part for whoever holds its scope, and no other', async () => {
    for (const [part, scope] of Object.entries(PARTS)) {
      const { as } = await newApiKey('acme', { scopes: ['read:tenant', scope] });
      const { status, body } = await call('GET', PATH, { as });
      expect(status).to.equal(200);
      expect(body).to.have.all.keys('tenant', part);
      expect(body.tenant).to.have.property('id', 'acme');
    }
    const { body } = await call('GET', PATH, { as: await user('acme', 'member') });
    expect(body).to.have.all.keys('tenant');
    expect((await call('GET', PATH, { as: await user('acme') })).body).to.have.all.keys(
      'tenant',
      ...Object.keys(PARTS),
    );
    expect((await call('GET', PATH, { as: await app('acme') })).body.code).to.equal('caller_not_allowed');
  });

  it('counts requests by kind of caller and result', async () => {
    const as = tenant.key;
    await call('GET', '/v1/tenant', { as });
    await call('GET', `/v1/tenant/api-keys/nobody`, { as });
    const seen = async () => (await call('GET', PATH, { as })).body.usage.callers as Record<string, number>[];
    await until(async () => {
      const [, own] = await seen();
      return own!['requests']! >= 2 && own!['refusals']! >= 1;
    });
    const [ofUsers, own, ofApps] = await seen();
    expect(ofUsers).to.deep.equal({ kind: 'user', requests: 0, refusals: 0, failures: 0 });
    expect(own).to.include({ kind: 'tenant', failures: 0 });
    expect(ofApps).to.deep.equal({ kind: 'app', requests: 0, refusals: 0, failures: 0 });
  });

  it('names keys that end soon, the first of them first', async () => {
    const as = tenant.key;
    const make = async (days: number | undefined) => {
      const expires_at = days && new Date(Date.now() + days * DAY_MS).toISOString();
      const body = { name: `In ${days}`, scopes: ['read:tenant'], expires_at };
      return (await call('POST', '/v1/tenant/api-keys', { as, body })).body.client_id as string;
    };
    const [later, soon] = [await make(20), await make(2)];
    await make(60);
    await make(undefined);
    const { api_keys } = (await call('GET', PATH, { as })).body;
    expect(api_keys).to.include({ total: 5, expiring: 2 });
    expect(api_keys.first.map(({ client_id }: { client_id: string }) => client_id)).to.deep.equal([
      soon,
      later,
    ]);
  });

  it('names apps that wait for a decision, until there is one', async () => {
    const admin = await user('acme');
    const registered = await registerApp({ client_name: 'Waiting Reports' });
    const path = `/v1/apps/${registered.clientId}`;
    await call('PATCH', path, { as: await operator(), body: { status: 'pending' } });
    const { as } = await letIn(registered, 'acme');
    expect((await call('GET', '/v1/me', { as })).status).to.equal(403);
    const isWaiting = async () => {
      const { apps } = (await call('GET', PATH, { as: admin })).body;
      return apps.first.some(({ client_id }: { client_id: string }) => client_id === registered.clientId);
    };
    await until(isWaiting);
    const body = { decision: 'denied' };
    await call('PUT', `/v1/tenant/apps/${registered.clientId}`, { as: admin, body });
    expect(await isWaiting()).to.equal(false);
  });

  it('names webhooks that are not verified', async () => {
    const as = tenant.key;
    const hook = { url: 'https://hooks.invalid/', event_types: ['user.created'] };
    const made = await call('POST', '/v1/tenant/webhooks', { as, body: hook });
    const { webhooks } = (await call('GET', PATH, { as })).body;
    expect(webhooks.first.map(({ id }: { id: string }) => id)).to.deep.equal([made.body.id]);
  });

  it('counts imports that have not ended', async () => {
    const { user_imports } = (await call('GET', PATH, { as: await apiKey('globex') })).body;
    expect(user_imports.running).to.be.a('number');
  });
});
