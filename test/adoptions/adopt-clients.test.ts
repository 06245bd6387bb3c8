/** Clients that exist at the authority become API keys and web apps of a tenant. */
import { expect } from 'chai';
import type { ManagementClient } from 'auth0';
import { until } from '../support/api-keys.ts';
import { management } from '../support/authority.ts';
import { apiKey, basic, operator, user } from '../support/callers.ts';
import { call, type Answer } from '../support/client.ts';
import { signed } from '../support/signed-tokens.ts';
import { aSharedTenant, aTenant, newTenantId, removeTenant } from '../support/tenants.ts';
import { world, WORLD_MS } from '../support/world.ts';

type NewClient = Parameters<ManagementClient['clients']['create']>[0];

const MACHINE = {
  app_type: 'non_interactive',
  grant_types: ['client_credentials'],
  token_endpoint_auth_method: 'client_secret_post',
} satisfies Partial<NewClient>;

async function existing(more: Partial<NewClient> = {}): Promise<{ id: string; secret: string }> {
  const wanted = { name: `Existing ${newTenantId()}`, ...MACHINE, ...more } as NewClient;
  const { client_id, client_secret } = await (await management()).clients.create(wanted);
  return { id: client_id!, secret: client_secret ?? '' };
}

const adopt = async (tenantId: string, body: object, query = ''): Promise<Answer> =>
  call('POST', `/v1/tenants/${tenantId}/client-adoptions${query}`, { as: await operator(), body });

const readClient = async (id: string) =>
  (await (await management()).clients.get(id)) as unknown as Record<string, unknown> & {
    client_metadata?: Record<string, string>;
    client_secret?: string;
  };

async function grantsOf(client_id: string): Promise<Record<string, string[]>> {
  const { data } = await (await management()).clientGrants.list({ client_id });
  return Object.fromEntries(data.map(({ audience, scope }) => [audience!, scope!]));
}

const grant = async (client_id: string, audience: string, scope: string[]) =>
  (await management()).clientGrants.create({ client_id, audience, scope });

const MISSING = 'a client without it';

describe('adopting a client as an API key', () => {
  before(async function () {
    this.timeout(WORLD_MS);
    await world();
  });

  it('makes its id and secret a key of the tenant, and leaves its secret, name, metadata and other grants', async () => {
    const { audience } = await world();
    const tenant = await aSharedTenant();
    const { id, secret } = await existing({ client_metadata: { team: 'billing' } });
    const other = `https://other.example/${id}`;
    await (await management()).resourceServers.create({ identifier: other, scopes: [{ value: 'do:it' }] });
    await grant(id, other, ['do:it']);
    const before = await readClient(id);
    const { status, body } = await adopt(tenant.id, {
      client_id: id,
      as: 'api_key',
      scopes: ['read:tenant'],
    });
    expect(status, JSON.stringify(body)).to.equal(200);
    expect(body).to.deep.include({
      outcome: 'adopted',
      scopes: ['read:tenant'],
      added_scopes: ['read:tenant'],
    });
    const { client_metadata, ...after } = await readClient(id);
    expect(client_metadata).to.include({ team: 'billing', kind: 'tenant', tenant_id: tenant.id });
    const { client_metadata: _was, ...rest } = before;
    expect(after).to.deep.equal(rest);
    expect(await grantsOf(id)).to.deep.equal({ [other]: ['do:it'], [audience]: ['read:tenant'] });
    const me = await call('GET', '/v1/tenant', { as: basic(id, secret) });
    expect([me.status, me.body.id]).to.deep.equal([200, tenant.id]);
    const { body: listed } = await call('GET', '/v1/tenant/api-keys', { as: tenant.key });
    expect((listed.api_keys as { client_id: string }[]).map(({ client_id }) => client_id)).to.include(id);
  });

  it('narrows its grant to the scopes asked for, or takes those that it has', async () => {
    const { audience } = await world();
    const { id: tenantId } = await aSharedTenant();
    const [narrowed, kept] = [await existing(), await existing()];
    for (const { id } of [narrowed, kept]) await grant(id, audience, ['read:tenant', 'read:users']);
    const first = await adopt(tenantId, { client_id: narrowed.id, as: 'api_key', scopes: ['read:users'] });
    expect(first.body).to.deep.include({ added_scopes: [], removed_scopes: ['read:tenant'] });
    expect((await grantsOf(narrowed.id))[audience]).to.deep.equal(['read:users']);
    const second = await adopt(tenantId, { client_id: kept.id, as: 'api_key' });
    expect(second.body.scopes).to.have.members(['read:tenant', 'read:users']);
    const none = await adopt(tenantId, { client_id: (await existing()).id, as: 'api_key' });
    expect([none.status, none.body.code]).to.deep.equal([409, 'client_not_suitable']);
  });

  it('changes nothing in a dry run, nor when it is the key of the tenant already', async () => {
    const { id: tenantId } = await aSharedTenant();
    const { id } = await existing();
    const wanted = { client_id: id, as: 'api_key', scopes: ['read:tenant'] };
    const before = await readClient(id);
    const dry = await adopt(tenantId, wanted, '?dry_run=true');
    expect(dry.body).to.include({ outcome: 'adopted', dry_run: true });
    expect([await readClient(id), await grantsOf(id)]).to.deep.equal([before, {}]);
    await adopt(tenantId, wanted);
    const { control } = await world();
    await control.forgetCalls();
    expect((await adopt(tenantId, wanted)).body.outcome).to.equal('already');
    const written = Object.keys(await control.calls()).filter((endpoint) =>
      /^(POST|PATCH) \/api\/v2\//.test(endpoint),
    );
    expect(written).to.deep.equal([]);
  });

  it('continues one that was interrupted after each of its steps', async () => {
    const { audience, control } = await world();
    const steps = [
      ['POST', '/api/v2/client-grants'],
      ['PATCH', '/api/v2/clients/{id}'],
    ] as const;
    for (const [method, path] of steps) {
      const tenant = await aSharedTenant();
      const { id, secret } = await existing();
      const effect = {
        kind: 'answer',
        status: 400,
        body: { statusCode: 400, error: 'Bad Request' },
      } as const;
      await control.addFault({ method, path, effect });
      const wanted = { client_id: id, as: 'api_key', scopes: ['read:tenant'] };
      expect((await adopt(tenant.id, wanted)).status).to.be.at.least(400);
      await control.clearFaults();
      // Marked last: a marked client that is not entered would be deleted as an orphan.
      expect((await readClient(id)).client_metadata ?? {}).to.deep.equal({});
      expect((await call('GET', '/v1/tenant', { as: basic(id, secret) })).status).to.equal(401);
      expect((await adopt(tenant.id, wanted)).body.outcome).to.equal('adopted');
      expect((await grantsOf(id))[audience]).to.deep.equal(['read:tenant']);
      await until(async () => (await call('GET', '/v1/tenant', { as: basic(id, secret) })).status === 200);
    }
  });

  it('gives it to one of two tenants that adopt it at the same time', async () => {
    const tenants = [await aSharedTenant(), await aSharedTenant()];
    const { id } = await existing();
    const wanted = { client_id: id, as: 'api_key', scopes: ['read:tenant'] };
    const answers = await Promise.all(tenants.map((tenant) => adopt(tenant.id, wanted)));
    expect(answers.map(({ status }) => status).sort()).to.deep.equal([200, 409]);
    const winner = tenants[answers.findIndex(({ status }) => status === 200)]!;
    expect((await readClient(id)).client_metadata).to.include({ tenant_id: winner.id });
  });

  it('refuses a client of another tenant, of ours, of a third party, or that is none', async () => {
    const { id: tenantId } = await aSharedTenant();
    const { operator: own } = await world();
    const other = await aTenant();
    const keyOf = (as: string) => Buffer.from(as.slice('Basic '.length), 'base64').toString().split(':')[0]!;
    const foreign = await existing({ client_metadata: { tenant_id: 'globex' } });
    const third = await existing({
      is_first_party: false,
      app_type: 'regular_web',
      grant_types: ['authorization_code'],
    });
    const cases: [clientId: string, code: string][] = [
      [keyOf(other.key), 'client_owned'],
      [keyOf(await apiKey('acme')), 'client_owned'],
      [other.clientId, 'client_owned'],
      [foreign.id, 'client_owned'],
      [third.id, 'client_not_suitable'],
      [own.client_id, 'client_owned'],
      ['nobody', 'unknown_client'],
    ];
    for (const [client_id, code] of cases) {
      const { body } = await adopt(tenantId, { client_id, as: 'api_key', scopes: ['read:tenant'] });
      expect(body.code, client_id).to.equal(code);
    }
    expect((await readClient(foreign.id)).client_metadata).to.deep.equal({ tenant_id: 'globex' });
    const { body } = await adopt(tenantId, { client_id: foreign.id, as: 'api_key', scopes: ['read:tenant'] });
    expect(body.detail).to.equal(
      'Its client_metadata have another tenant_id. If that is a value of yours, rename it.',
    );
  });

  const unsuitable: Record<string, Partial<NewClient>> = {
    'a single-page app': { app_type: 'spa', token_endpoint_auth_method: 'none' },
    'one without the grant': { grant_types: [] },
    'one with another method': { token_endpoint_auth_method: 'client_secret_basic' },
    'one with a `kind` from elsewhere': { client_metadata: { created_at: 'yesterday' } },
    'one with full metadata': {
      client_metadata: Object.fromEntries(Array.from({ length: 8 }, (_, index) => [`m${index}`, 'x'])),
    },
  };
  for (const [what, more] of Object.entries(unsuitable))
    it(`refuses ${what}`, async () => {
      const { id: tenantId } = await aSharedTenant();
      const { id } = await existing(more);
      const { body } = await adopt(tenantId, { client_id: id, as: 'api_key', scopes: ['read:tenant'] });
      expect([body.code, typeof body.detail]).to.deep.equal(['client_not_suitable', 'string']);
    });

  it('refuses one that may call the Management API', async () => {
    const { authority } = await world();
    const { id: tenantId } = await aSharedTenant();
    const { id } = await existing();
    await grant(id, new URL('api/v2/', authority).href, ['read:users']);
    const { body } = await adopt(tenantId, { client_id: id, as: 'api_key', scopes: ['read:tenant'] });
    expect(body.code).to.equal('client_not_suitable');
    expect(body.detail).to.include('Management API');
  });

  it('refuses scopes that are none, more keys than the tenant may have, and everybody but the operator', async () => {
    const { id: tenantId, path } = await aSharedTenant();
    const { id } = await existing();
    const wanted = { client_id: id, as: 'api_key', scopes: ['read:tenant'] };
    expect((await adopt(tenantId, { ...wanted, scopes: ['do:it'] })).body.code).to.equal('invalid_body');
    const as = await operator();
    const { headers } = await call('GET', path, { as });
    const limited = { body: { max_limits: { api_keys: 1 } }, headers: { 'if-match': headers.get('etag')! } };
    expect((await call('PATCH', path, { as, ...limited })).status).to.equal(200);
    expect((await adopt(tenantId, wanted)).body.code).to.equal('api_key_limit_reached');
    expect(await grantsOf(id)).to.deep.equal({});
    for (const other of [await user('acme'), await apiKey('acme')])
      expect((await call('POST', `${path}/client-adoptions`, { as: other, body: wanted })).status).to.equal(
        403,
      );
  });
});

describe('adopting a client as a web app', () => {
  const SPA = (origin: string) =>
    ({
      app_type: 'spa',
      token_endpoint_auth_method: 'none',
      grant_types: ['authorization_code', 'refresh_token'],
      callbacks: [`${origin}/callback`],
      web_origins: [origin],
      allowed_logout_urls: [origin],
    }) satisfies Partial<NewClient>;

  it('accepts its tokens beside those of the own one, allows its origins, and goes with the tenant', async () => {
    const tenant = await aTenant();
    const origin = `https://old.${tenant.id}.example`;
    const { id } = await existing(SPA(origin));
    const asUser = () => signed({ tenantId: tenant.id, clientId: id, userId: tenant.adminId });
    expect((await call('GET', '/v1/me', { as: await asUser() })).status).to.equal(401);
    const { status, body } = await adopt(tenant.id, { client_id: id, as: 'web_app' });
    expect(status, JSON.stringify(body)).to.equal(200);
    expect(body).to.deep.include({ outcome: 'adopted', origins: [origin] });
    await until(async () => (await call('GET', '/v1/me', { as: await asUser() })).status === 200);
    const own = await signed({ tenantId: tenant.id, clientId: tenant.clientId, userId: tenant.adminId });
    expect((await call('GET', '/v1/me', { as: own })).status).to.equal(200);
    const { headers } = await call('GET', '/v1/me', { as: own, headers: { origin } });
    expect(headers.get('access-control-allow-origin')).to.equal(origin);
    expect((await readClient(id)).client_metadata).to.include({ kind: 'user', tenant_id: tenant.id });
    expect((await adopt(tenant.id, { client_id: id, as: 'web_app' })).body.outcome).to.equal('already');
    await removeTenant(tenant.id, 'delete');
    expect(await readClient(id).catch(() => MISSING)).to.equal(MISSING);
  });

  it('refuses one for a tenant that shares the web app, one with stars, and one with a secret', async () => {
    const shared = await aSharedTenant();
    const tenant = await aTenant();
    const good = await existing(SPA('https://good.example'));
    const answer = await adopt(shared.id, { client_id: good.id, as: 'web_app' });
    expect([answer.status, answer.body.code]).to.deep.equal([409, 'web_app_shared']);
    expect(answer.body.detail).to.include('WEB_APP_CLIENT_IDS');
    const stars = await existing({ ...SPA('https://x.example'), callbacks: ['https://*.example.com/cb'] });
    const machine = await existing();
    for (const { id } of [stars, machine])
      expect((await adopt(tenant.id, { client_id: id, as: 'web_app' })).body.code).to.equal(
        'client_not_suitable',
      );
    expect((await readClient(stars.id)).client_metadata ?? {}).to.deep.equal({});
    const { webApp } = await world();
    expect((await adopt(tenant.id, { client_id: webApp.client_id, as: 'web_app' })).body.code).to.equal(
      'client_owned',
    );
  });
});
