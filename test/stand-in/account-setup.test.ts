/** What an account is set up with, beside Actions: custom domains, streams, limits. As recorded. */
import { expect } from 'chai';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ENDPOINTS } from '../../src/stand-in/management/endpoints.ts';
import type { StandIn } from '../../src/stand-in/stand-in.ts';
import { account, AUDIENCE, callManagement, operatorToken, postToken, startStandIn } from './account.ts';

describe('stand-in: setting up an account', () => {
  let standIn: StandIn;
  let token: string;

  before(async () => {
    standIn = await startStandIn();
    token = await operatorToken(standIn);
  });
  after(() => standIn.close());

  const call = <T = Record<string, unknown>>(method: string, path: string, body?: unknown) =>
    callManagement<T>(standIn, token, method, path, body);

  it('gives an API of before the scopes that the seed has by now, and takes none away', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'stand-in-scopes-'));
    const storeFile = join(folder, 'state.jsonl');
    const scopesWith = async (scopes: { value: string; description: string }[]) => {
      const seed = { ...account(), resource_servers: [{ identifier: AUDIENCE, name: 'Example', scopes }] };
      const started = await startStandIn({ storeFile, seed });
      const found = started.store.resourceServers.first('identifier', AUDIENCE)?.scopes;
      await started.close();
      return found;
    };
    const [first, second] = [
      { value: 'read:users', description: 'Read users' },
      { value: 'read:orders', description: 'See orders' },
    ];
    expect(await scopesWith([first])).to.deep.equal([first]);
    expect(await scopesWith([second])).to.deep.equal([first, second]);
    await rm(folder, { recursive: true });
  });

  describe('custom domains', () => {
    const create = (domain: string) =>
      call('POST', 'custom-domains', { domain, type: 'auth0_managed_certs' });

    it('are unverified; the only one is primary, and none is the default until it is chosen', async () => {
      const { status, body } = await create('login.example.com');
      expect(status).to.equal(201);
      expect(body).to.include({ primary: true, is_default: false, status: 'pending_verification' });
      expect((await create('login.example.com')).status).to.equal(409);
      expect((await create('auth.example.com')).body).to.include({ primary: false });
      expect((await call('GET', 'custom-domains/default')).body).to.deep.equal({
        domain: new URL(standIn.url).host,
      });
      await call('PATCH', 'custom-domains/default', { domain: 'login.example.com' });
      expect((await call('GET', 'custom-domains/default')).body).to.include({
        domain: 'login.example.com',
        is_default: true,
      });
    });

    it('are listed by name, all or in pages', async () => {
      const { body } = await call<{ domain: string }[]>('GET', 'custom-domains');
      expect(body.map(({ domain }) => domain)).to.deep.equal(['auth.example.com', 'login.example.com']);
      const page = await call<{ custom_domains: object[]; next: string }>('GET', 'custom-domains?take=1');
      expect(page.body.custom_domains).to.have.length(1);
      expect(page.body.next).to.be.a('string');
    });

    it('merge metadata, and end twice alike', async () => {
      const { body } = await create('third.example.com');
      const path = `custom-domains/${String(body['custom_domain_id'])}`;
      await call('PATCH', path, { domain_metadata: { a: '1', b: '2' } });
      const changed = await call('PATCH', path, { domain_metadata: { a: null, c: '3' } });
      expect(changed.body['domain_metadata']).to.deep.equal({ b: '2', c: '3' });
      expect([(await call('DELETE', path)).status, (await call('DELETE', path)).status]).to.deep.equal([
        204, 204,
      ]);
      expect((await call('GET', path)).body).to.include({ errorCode: 'inexistent_custom_domain' });
    });
  });

  describe('log streams', () => {
    const sink = { httpEndpoint: 'https://logs.example.com', httpAuthorization: 'Bearer x' };

    it('are answered with 200, and carry one category if they have priority', async () => {
      const made = await call('POST', 'log-streams', {
        name: 'trivium',
        type: 'http',
        sink,
        isPriority: true,
      });
      expect([made.status, made.body['status']]).to.deep.equal([200, 'active']);
      const path = `log-streams/${String(made.body['id'])}`;
      const filters = [{ type: 'category', name: 'auth.login.fail' }];
      expect((await call('PATCH', path, { filters })).body['filters']).to.deep.equal([
        { type: 'category', name: 'security' },
      ]);
      const changed = await call('PATCH', path, { isPriority: false, status: 'paused', filters });
      expect(changed.body).to.deep.include({ status: 'paused', filters, sink });
    });

    it('need what their type needs', async () => {
      const { status, body } = await call('POST', 'log-streams', { name: 'x', type: 'http', sink: {} });
      expect([status, body['errorCode']]).to.deep.equal([400, 'invalid_body']);
      expect((await call('POST', 'log-streams', { name: 'x', type: 'pigeon', sink: {} })).status).to.equal(
        400,
      );
    });
  });

  it('event streams never show what authorizes deliveries', async () => {
    const { status, body } = await call('POST', 'event-streams', {
      name: 'trivium',
      subscriptions: [{ event_type: 'user.updated' }],
      destination: {
        type: 'webhook',
        configuration: {
          webhook_endpoint: 'https://hooks.example.com',
          webhook_authorization: { method: 'bearer', token: 'hidden' },
        },
      },
    });
    expect(status).to.equal(201);
    const list = await call<{ eventStreams: object[] }>('GET', 'event-streams');
    const changed = await call('PATCH', `event-streams/${String(body['id'])}`, { status: 'disabled' });
    expect(changed.body).to.include({ status: 'disabled', name: 'trivium' });
    expect(JSON.stringify([body, list.body, changed.body])).not.to.include('hidden');
    const unknown = await call('PATCH', `event-streams/${String(body['id'])}`, {
      subscriptions: [{ event_type: 'user.sneezed' }],
    });
    expect(unknown.status).to.equal(400);
  });

  it('rate limit policies stand once per consumer', async () => {
    const policy = {
      resource: 'oauth_authentication_api',
      consumer: 'client',
      consumer_selector: 'third_party_clients',
      configuration: { action: 'block', limit: 100 },
    };
    const made = await call('POST', 'rate-limit-policies', policy);
    expect(made.status).to.equal(201);
    expect(made.body).to.deep.include(policy);
    expect((await call('POST', 'rate-limit-policies', policy)).status).to.equal(409);
    const list = await call<Record<string, object[]>>('GET', 'rate-limit-policies');
    expect(list.body['rate_limit_policies']).to.have.length(1);
  });

  it('tenant settings refuse members that Auth0’s description lacks', async () => {
    for (const body of [{ nonsense: true }, { flags: { enable_sso: 'yes' } }, { allowed_logout_urls: 'x' }])
      expect((await call('PATCH', 'tenants/settings', body)).body['errorCode']).to.equal('invalid_body');
  });

  it('registration is open or not as the account’s flag says', async () => {
    const register = async (): Promise<number> => {
      const body = JSON.stringify({ redirect_uris: ['https://app.example.com/callback'] });
      const headers = { 'content-type': 'application/json' };
      return (await fetch(`${standIn.url}oidc/register`, { method: 'POST', body, headers })).status;
    };
    const set = (enable_dynamic_client_registration: boolean) =>
      call('PATCH', 'tenants/settings', { flags: { enable_dynamic_client_registration } });
    await set(false);
    expect(await register()).to.equal(404);
    await set(true);
    expect(await register()).to.equal(201);
  });

  it('every endpoint needs one of its scopes', async () => {
    standIn.store.clientGrants.put({
      id: 'cgr_nothing',
      client_id: 'key',
      audience: `${standIn.url}api/v2/`,
      scope: ['read:stats'],
      subject_type: 'client',
    });
    const { body: issued } = await postToken(standIn, {
      grant_type: 'client_credentials',
      client_id: 'key',
      client_secret: 'key-secret',
      audience: `${standIn.url}api/v2/`,
    });
    const refused = String(issued['access_token']);
    for (const { method, path, scopes } of ENDPOINTS) {
      const target = path.slice(1).replace(/\{\w+\}/g, 'x');
      const without = await callManagement(
        standIn,
        refused,
        method,
        target,
        method === 'GET' ? undefined : {},
      );
      expect([without.status, without.body['message']], `${method} ${path}`).to.deep.equal([
        403,
        `Insufficient scope, expected any of: ${scopes.join(',')}`,
      ]);
    }
    // The operator has them all: of the same calls none fails for that.
    for (const { method, path } of ENDPOINTS.filter((one) => one.method === 'GET')) {
      const target = path.slice(1).replace(/\{\w+\}/g, 'x');
      expect((await call(method, target)).status, `${method} ${path}`).not.to.equal(403);
    }
  });
});
