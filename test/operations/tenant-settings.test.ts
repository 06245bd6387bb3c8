import { expect } from 'chai';
import { newApiKey, until } from '../support/api-keys.ts';
import { app, operator, user } from '../support/callers.ts';
import { call } from '../support/client.ts';
import { adminOf, aTenant, leftAtAuthority, type MadeTenant } from '../support/tenants.ts';
import { world, WORLD_MS } from '../support/world.ts';

const tagOf = async (as: string, path = '/v1/tenant') =>
  (await call('GET', path, { as })).headers.get('etag')!;

async function patch(as: string, body: object, path = '/v1/tenant') {
  return call('PATCH', path, { as, body, headers: { 'if-match': await tagOf(as, path) } });
}

async function bound(tenant: MadeTenant, body: object) {
  const answer = await patch(await operator(), body, tenant.path);
  expect(answer.status).to.equal(200);
  return answer.body;
}

describe('settings of a tenant', () => {
  before(async function () {
    this.timeout(WORLD_MS);
    await world();
  });

  it('are changed from what was read, and hold at every process within a second', async () => {
    const { key } = await aTenant();
    const before = await call('GET', '/v1/tenant', { as: key });
    const etag = before.headers.get('etag')!;
    const body = { name: 'Renamed', default_app_access: 'deny', limits: { requests_per_minute: 900_000 } };
    const without = await call('PATCH', '/v1/tenant', { as: key, body });
    expect([without.status, without.body.code]).to.deep.equal([428, 'precondition_required']);
    const changed = await call('PATCH', '/v1/tenant', {
      as: key,
      body,
      headers: { 'if-match': `"x", ${etag}` },
    });
    expect(changed.body).to.deep.equal({
      ...before.body,
      name: 'Renamed',
      default_app_access: 'deny',
      limits: { ...before.body.limits, requests_per_minute: 900_000 },
    });
    for (const stale of [etag, `W/${changed.headers.get('etag')}`]) {
      const again = await call('PATCH', '/v1/tenant', { as: key, body, headers: { 'if-match': stale } });
      expect([again.status, again.body.code]).to.deep.equal([412, 'precondition_failed']);
      expect(again.body.detail ?? 'nothing', stale).to.include(stale.startsWith('W/') ? 'weak' : 'nothing');
    }
    for (const api of [0, 1] as const) {
      const { headers, body: now } = await call('GET', '/v1/tenant', { as: key, api });
      expect([now, headers.get('etag')]).to.deep.equal([changed.body, changed.headers.get('etag')]);
    }
    const any = await call('PATCH', '/v1/tenant', {
      as: key,
      body: { name: 'X' },
      headers: { 'if-match': '*' },
    });
    expect(any.body.name).to.equal('X');
  });

  it('lose nobody their change: of many from the same state, one is made', async () => {
    const { key } = await aTenant();
    const headers = { 'if-match': await tagOf(key) };
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, n) =>
        call('PATCH', '/v1/tenant', {
          as: key,
          body: { name: `Name ${n}` },
          headers,
          api: n % 2 === 0 ? 0 : 1,
        }),
      ),
    );
    const made = answers.filter(({ status }) => status === 200);
    expect(answers.filter(({ status }) => status === 412)).to.have.length(9);
    expect((await call('GET', '/v1/tenant', { as: key })).body.name).to.equal(made[0]!.body.name);
  });

  it('are chosen by a tenant within what the operator allows', async () => {
    const tenant = await aTenant({ max_limits: { api_keys: 5, imports: 2 }, allowed_roles: ['member'] });
    const refused = await patch(tenant.key, {
      limits: { api_keys: 6, imports: 1 },
      assignable_roles: ['member', 'admin'],
    });
    expect(refused.status).to.equal(422);
    expect(
      refused.body.errors.map(({ pointer, code }: Record<string, string>) => [pointer, code]),
    ).to.deep.equal([
      ['/limits/api_keys', 'above_maximum'],
      ['/assignable_roles/1', 'role_not_allowed'],
    ]);
    const body = { email: `x@${tenant.id}.example`, roles: ['admin'] };
    expect((await call('POST', '/v1/users', { as: tenant.key, body })).body.code).to.equal(
      'role_not_assignable',
    );
    expect((await patch(tenant.key, { limits: { imports: 1 } })).body.limits.imports).to.equal(1);
    for (const smuggled of [
      { max_limits: { imports: 9 } },
      { allowed_roles: ['admin'] },
      { status: 'active' },
    ])
      expect((await patch(tenant.key, smuggled)).status).to.equal(422);
    const moved = await bound(tenant, {
      max_limits: { api_keys: 9, imports: 8 },
      allowed_roles: ['admin', 'member'],
    });
    // What stood at the bound moves with it, what its own people chose stays.
    expect(moved.limits).to.deep.include({ api_keys: 9, imports: 1 });
    expect(moved.assignable_roles).to.deep.equal(['admin', 'member']);
    await until(async () => (await call('POST', '/v1/users', { as: tenant.key, body })).status === 201);
    const lowered = await bound(tenant, { max_limits: { imports: 0 }, allowed_roles: ['admin'] });
    expect(lowered.limits.imports).to.equal(0);
    expect(lowered.assignable_roles).to.deep.equal(['admin']);
  });

  it('are changed by admins and keys that may, and by nobody else', async () => {
    const body = { default_app_access: 'allow' };
    const codeAs = async (as: string) => {
      const { status, body: said } = await call('PATCH', '/v1/tenant', {
        as,
        body,
        headers: { 'if-match': '*' },
      });
      return status === 200 ? 'done' : (said.code as string);
    };
    expect(await codeAs(await user('acme', 'admin'))).to.equal('done');
    expect(await codeAs(await user('acme', 'member'))).to.equal('insufficient_role');
    expect(await codeAs((await newApiKey('acme', { scopes: ['update:tenant'] })).as)).to.equal('done');
    expect(await codeAs((await newApiKey('acme')).as)).to.equal('insufficient_scope');
    expect(await codeAs(await app('acme'))).to.equal('caller_not_allowed');
  });

  it('say how many requests a minute are let in, at every process within a second', async () => {
    const tenant = await aTenant();
    const policyAt = async (api: 0 | 1) =>
      (await call('GET', '/v1/tenant', { as: tenant.key, api })).headers.get('ratelimit-policy');
    for (const api of [0, 1] as const) expect(await policyAt(api)).to.contain('q=1000000');
    const limits = { requests_per_minute: 800_000, requests_per_minute_per_principal: 700_000 };
    expect((await patch(tenant.key, { limits })).status).to.equal(200);
    for (const api of [0, 1] as const)
      await until(async () => (await policyAt(api)) === '"tenant";q=800000;w=60, "principal";q=700000;w=60');
    await bound(tenant, { max_limits: { requests_per_minute: 10 } });
    for (const api of [0, 1] as const)
      await until(async () => (await call('GET', '/v1/me', { as: tenant.key, api })).status === 429);
  });

  it('can be put right by a person, however low a key sets the limits and however much it uses up', async () => {
    const tenant = await aTenant();
    const admin = await adminOf(tenant);
    const lower = (limits: object) => patch(tenant.key, { limits });
    for (const name of ['requests_per_minute', 'requests_per_minute_per_principal'])
      for (const limit of [9, 0, -1]) {
        const { status, body } = await lower({ [name]: limit });
        expect([status, body.errors[0].pointer]).to.deep.equal([422, `/limits/${name}`]);
      }
    const least = { requests_per_minute: 10, requests_per_minute_per_principal: 10 };
    expect((await lower(least)).status).to.equal(200);
    const useUp = (as: string) =>
      until(async () => {
        const both = [0, 1] as const;
        const answers = await Promise.all(both.map((api) => call('GET', '/v1/me', { as, api })));
        return answers.every(({ status }) => status === 429);
      });
    await useUp(tenant.key);
    // What a person does otherwise is the tenant's, and waits like everybody's.
    expect((await call('GET', '/v1/tenant/apps', { as: admin })).status).to.equal(429);
    const keys = await call('GET', '/v1/tenant/api-keys', { as: admin, api: 1 });
    expect([keys.status, keys.body.api_keys.length]).to.deep.equal([200, 1]);
    const raised = await patch(admin, { limits: { requests_per_minute: 1_000 } });
    expect(raised.body.limits.requests_per_minute).to.equal(1_000);
    const path = `/v1/tenant/api-keys/${keys.body.api_keys[0].client_id}`;
    await until(async () => (await call('DELETE', path, { as: admin })).status === 204);
  });

  it('do not let a person have more than its own requests, not of the settings either', async () => {
    const tenant = await aTenant();
    const admin = await adminOf(tenant);
    await bound(tenant, { max_limits: { requests_per_minute_per_principal: 10 } });
    await until(async () => (await call('GET', '/v1/tenant', { as: admin })).status === 429);
  });

  it('bound the number of API keys, however many are asked for at once', async () => {
    const tenant = await aTenant({ max_limits: { api_keys: 3 } });
    const body = { name: 'One of many', scopes: ['read:tenant'] };
    const answers = await Promise.all(
      Array.from({ length: 8 }, (_, n) =>
        call('POST', '/v1/tenant/api-keys', { as: tenant.key, body, api: n % 2 === 0 ? 0 : 1 }),
      ),
    );
    const statuses = answers.map(({ status }) => status).sort();
    expect(statuses).to.deep.equal([201, 201, 409, 409, 409, 409, 409, 409]);
    for (const { status, body: said } of answers)
      if (status === 409) expect(said.code).to.equal('api_key_limit_reached');
    // Three keys and the web app: those that were one too many are gone again.
    expect((await leftAtAuthority(tenant.id)).clients).to.equal(4);
    await bound(tenant, { max_limits: { api_keys: 4 } });
    await until(
      async () => (await call('POST', '/v1/tenant/api-keys', { as: tenant.key, body })).status === 201,
    );
  });
});
