/** RFC 7592: an app manages its own registration, and nobody else's. */
import { expect } from 'chai';
import { generateKeyPairSync } from 'node:crypto';
import type { Redis } from 'ioredis';
import { until } from '../../support/api-keys.ts';
import { appMetadata, letIn, registerApp, toApp, tokens, type RegisteredApp } from '../../support/apps.ts';
import { management } from '../../support/authority.ts';
import { apiKey } from '../../support/callers.ts';
import { call } from '../../support/client.ts';
import { world, WORLD_MS } from '../../support/world.ts';
import { connectForWaiting } from '../../../src/redis/connections.ts';
import { keys } from '../../../src/redis/keys.ts';

const publicKey = () =>
  generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey.export({ format: 'jwk' });

describe('management of a registration (RFC 7592)', () => {
  let redis: Redis;
  before(async function () {
    this.timeout(WORLD_MS);
    redis = connectForWaiting((await world()).redis);
  });
  after(() => redis.disconnect());

  const put = (app: RegisteredApp, body: object, as = app.manages) => call('PUT', app.path, { as, body });
  const whole = (app: RegisteredApp, more: object = {}) => ({
    ...appMetadata(more),
    client_id: app.clientId,
  });

  it('reads back everything that was registered, localized names and the server’s own fields too', async () => {
    const all = {
      client_name: 'Reports',
      'client_name#ja': 'レポート',
      'client_name#de-CH': 'Berichte',
      client_uri: 'https://reports.example/',
      'tos_uri#de': 'https://reports.example/agb',
      logo_uri: 'https://reports.example/logo.png',
      policy_uri: 'https://reports.example/policy',
      contacts: ['ada@reports.example'],
      software_id: 'reports',
      software_version: '2.1',
      jwks_uri: 'https://reports.example/jwks',
      application_type: 'native',
      scope: 'read:users',
    };
    const app = await registerApp({ ...all, unknown: 'ignored', 'client_name#': 'ignored' });
    const { status, body, headers } = await call('GET', app.path, { as: app.manages, api: 1 });
    expect(status).to.equal(200);
    expect(headers.get('cache-control')).to.equal('no-store');
    expect(body).to.deep.equal(app.body);
    expect(body).to.include({ ...all, contacts: body.contacts, token_endpoint_auth_method: 'none' });
    expect(body).to.not.have.any.keys('unknown', 'client_name#', 'client_secret', 'client_secret_expires_at');
    expect(body.registration_client_uri).to.match(new RegExp(`${app.path}$`));
    // What names people lies sealed.
    const stored =
      JSON.stringify(await redis.hgetall(keys.appMetadata)) + (await redis.hget(keys.clients, app.clientId));
    expect(stored).to.not.include('ada@reports').and.not.include(app.body['registration_access_token']);
  });

  it('says when a secret expires wherever one was issued, and shows it once', async () => {
    const app = await registerApp({ token_endpoint_auth_method: 'client_secret_post' });
    expect(app.body).to.include({ client_secret_expires_at: 0 });
    const { body } = await call('GET', app.path, { as: app.manages });
    expect(body).to.include({ client_secret_expires_at: 0 }).and.not.have.property('client_secret');
  });

  it('replaces everything: what is left out is gone, at the authority too, and the old token is dead', async () => {
    const app = await registerApp({
      logo_uri: 'https://reports.example/logo.png',
      scope: 'read:users read:tenant',
    });
    const redirect_uris = ['https://reports.example/new'];
    const { status, body } = await put(
      app,
      whole(app, { client_name: 'New name', redirect_uris, scope: 'read:users' }),
    );
    expect(status).to.equal(200);
    expect(body)
      .to.include({ client_name: 'New name', scope: 'read:users' })
      .and.not.have.property('logo_uri');
    expect(body.registration_access_token).to.not.equal(app.body['registration_access_token']);
    const sdk = await management();
    const client = await sdk.clients.get(app.clientId);
    expect(client).to.deep.include({ name: 'New name', callbacks: redirect_uris });
    expect(client.logo_uri ?? '').to.equal('');
    const grants = await sdk.clientGrants.list({ client_id: app.clientId });
    expect(grants.data.map(({ scope }) => scope)).to.deep.equal([['read:users']]);
    for (const api of [0, 1] as const) {
      const old = await call('GET', app.path, { as: app.manages, api });
      expect([old.status, old.body.error]).to.deep.equal([401, 'invalid_token']);
      const read = await call('GET', app.path, { as: `Bearer ${body.registration_access_token}`, api });
      expect(read.body).to.deep.equal(body);
    }
  });

  it('takes an app’s tokens no further than its new scopes, at once', async () => {
    const app = await registerApp();
    const { as } = await letIn(app, 'acme', { scope: 'read:users read:tenant' });
    expect((await call('GET', '/v1/tenant', { as })).status).to.equal(200);
    const changed = toApp(await put(app, whole(app, { scope: 'read:users' })));
    const refused = await call('GET', '/v1/tenant', { as, api: 1 });
    await until(async () => (await call('GET', '/v1/tenant', { as, api: 1 })).status === 403);
    expect([200, 403]).to.include(refused.status);
    expect((await call('GET', '/v1/me', { as })).body.scopes).to.deep.equal(['read:users']);
    await put(changed, whole(changed, { scope: 'read:users read:tenant' }));
    await until(async () => (await call('GET', '/v1/tenant', { as, api: 1 })).status === 200);
  });

  it('refuses an update that is not one, and changes nothing', async () => {
    const app = await registerApp({ token_endpoint_auth_method: 'client_secret_basic' });
    const wrong: [string, object, string][] = [
      ['no client id', appMetadata(), 'invalid_client_metadata'],
      ['another client id', { ...whole(app), client_id: 'tpc_other' }, 'invalid_client_metadata'],
      ['a wrong secret', { ...whole(app), client_secret: 'wrong' }, 'invalid_client_metadata'],
      ['bad metadata', whole(app, { redirect_uris: ['http://evil.example/'] }), 'invalid_redirect_uri'],
      ...[
        { registration_access_token: app.body['registration_access_token'] as string },
        { registration_client_uri: app.body['registration_client_uri'] as string },
        { client_secret_expires_at: 0 },
        { client_id_issued_at: app.body['client_id_issued_at'] as number },
      ].map((field): [string, object, string] => [
        Object.keys(field)[0]!,
        { ...whole(app), ...field },
        'invalid_client_metadata',
      ]),
    ];
    for (const [name, body, error] of wrong) {
      const answer = await put(app, body);
      expect([name, answer.status, answer.body.error]).to.deep.equal([name, 400, error]);
    }
    expect((await call('GET', app.path, { as: app.manages })).body.client_name).to.equal('Test Reports');
    const { client_secret } = app.body;
    const method = { token_endpoint_auth_method: 'client_secret_basic' };
    expect((await put(app, { ...whole(app, method), client_secret })).status).to.equal(200);
  });

  it('gives a secret to an app that begins to use one, and takes keys in its place', async () => {
    const app = await registerApp();
    const first = await put(app, whole(app, { token_endpoint_auth_method: 'client_secret_post' }));
    expect(first.body).to.include({ client_secret_expires_at: 0 });
    const sdk = await management();
    expect((await sdk.clients.get(app.clientId)).client_secret).to.equal(first.body.client_secret);
    const jwks = { keys: [{ ...publicKey(), kid: 'key-number-one', alg: 'PS256' }, publicKey()] };
    const method = { token_endpoint_auth_method: 'private_key_jwt' };
    const second = await put(toApp(first), whole(app, { ...method, jwks }));
    expect(second.body.jwks).to.deep.equal(jwks);
    expect(second.body).to.not.have.any.keys('client_secret', 'client_secret_expires_at');
    const credentials = async () => (await sdk.clients.credentials.list(app.clientId)).map(({ alg }) => alg);
    expect(await credentials()).to.deep.equal(['PS256', 'RS256']);
    const third = await put(toApp(second), whole(app, { ...method, jwks: { keys: [publicKey()] } }));
    expect(third.status).to.equal(200);
    expect(await credentials()).to.deep.equal(['RS256']);
  });

  it('registers an app with keys, and gives it no secret', async () => {
    const jwks = { keys: [{ ...publicKey(), kid: 'key-number-one' }] };
    const { body, clientId } = await registerApp({ token_endpoint_auth_method: 'private_key_jwt', jwks });
    expect(body['jwks']).to.deep.equal(jwks);
    expect(body).to.not.have.any.keys('client_secret', 'client_secret_expires_at');
    const [credential] = await (await management()).clients.credentials.list(clientId);
    expect(credential).to.include({
      credential_type: 'public_key',
      name: 'key-number-one',
      kid: 'key-number-one',
      alg: 'RS256',
    });
  });

  it('lets one of two updates with the same token through', async () => {
    const app = await registerApp();
    const answers = await Promise.all([1, 2].map((n) => put(app, whole(app, { client_name: `Name ${n}` }))));
    expect(answers.map(({ status }) => status).sort()).to.deep.equal([200, 401]);
    const [won] = answers.filter(({ status }) => status === 200);
    expect((await call('GET', app.path, { as: toApp(won!).manages })).body.client_name).to.equal(
      won!.body.client_name,
    );
  });

  it('deletes: its tokens are refused, its consents and its client are gone, its token is dead', async () => {
    const app = await registerApp();
    const { as, refreshToken } = await letIn(app, 'acme', { scope: 'read:users offline_access' });
    expect(refreshToken).to.be.a('string');
    expect((await call('GET', '/v1/users', { as })).status).to.equal(200);
    const { status, body } = await call('DELETE', app.path, { as: app.manages });
    expect([status, body]).to.deep.equal([204, '']);
    await until(async () => (await call('GET', '/v1/me', { as, api: 1 })).status === 401);
    for (const method of ['GET', 'PUT', 'DELETE'])
      expect(
        (await call(method, app.path, { as: app.manages, body: method === 'PUT' ? whole(app) : undefined }))
          .status,
      ).to.equal(401);
    const sdk = await management();
    await until(() =>
      sdk.clients.get(app.clientId).then(
        () => false,
        () => true,
      ),
    );
    expect((await sdk.userGrants.list({ client_id: app.clientId })).data).to.deep.equal([]);
    const refused = await tokens({
      grant_type: 'refresh_token',
      client_id: app.clientId,
      refresh_token: refreshToken!,
    }).catch((error: Error) => error.message);
    expect(refused).to.match(/no token/);
  });

  it('answers 401 to any other credential, the same for an app that never was', async () => {
    const [app, other] = [await registerApp(), await registerApp()];
    const visible = async (path: string, as: string | undefined) => {
      const { status, body, headers } = await call('GET', path, { as });
      return [status, body, headers.get('www-authenticate')!.includes('error=')];
    };
    const unknown = await visible('/oauth/register/tpc_never', app.manages);
    expect(unknown[0]).to.equal(401);
    for (const as of [other.manages, 'Bearer x', (await letIn(app, 'acme')).as])
      expect(await visible(app.path, as)).to.deep.equal(unknown);
    expect((await visible(app.path, await apiKey('acme')))[0]).to.equal(401);
    expect(await visible(app.path, undefined)).to.deep.equal([
      401,
      { error: 'invalid_token', error_description: 'Authentication required' },
      false,
    ]);
    // A registration access token opens nothing else.
    expect((await call('GET', '/v1/me', { as: app.manages })).status).to.equal(401);
    expect((await call('GET', app.path, { as: app.manages })).status).to.equal(200);
  });
});
