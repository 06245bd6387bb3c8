/** Apps that come by a client id metadata document: through the running API, to the authority, and back as a caller. */
import { expect } from 'chai';
import { exportJWK, generateKeyPair } from 'jose';
import * as oauth from 'openid-client';
import type { Problem } from '../../src/problem.ts';
import { connectForWaiting } from '../../src/redis/connections.ts';
import { createDocumentStore } from '../../src/registration/metadata-document/document-store.ts';
import { createKeyedHash } from '../../src/secrets/keyed-hash.ts';
import { createSeal } from '../../src/secrets/seal.ts';
import { walk } from '../../src/start/sign-in.ts';
import { json, serveMetadata, type MetadataServer } from '../stand-in/metadata-server.ts';
import { management } from '../support/authority.ts';
import { until } from '../support/api-keys.ts';
import { demoUser, operator, user } from '../support/callers.ts';
import { call } from '../support/client.ts';
import { world, WORLD_MS } from '../support/world.ts';

const REDIRECT = 'http://127.0.0.1:8977/done';

describe('client id metadata documents', () => {
  let site: MetadataServer;
  before(async function () {
    this.timeout(WORLD_MS);
    await world();
    site = await serveMetadata();
  });
  after(() => site.close());

  const documentAt = (path: string, changes: object = {}) => ({
    client_id: site.origin + path,
    client_name: 'A tool with a document',
    redirect_uris: [REDIRECT],
    application_type: 'native',
    grant_types: ['authorization_code', 'refresh_token', 'urn:of:somebody:else'],
    token_endpoint_auth_method: 'none',
    something: { unknown: true },
    ...changes,
  });
  const serve = (path: string, changes: object = {}, headers: Record<string, string> = {}) =>
    site.answers.set(path, json(documentAt(path, changes), headers));
  const start = (clientId: string, api: 0 | 1 = 0, more: Record<string, string> = {}) =>
    call('GET', `/oauth/authorize?${new URLSearchParams({ client_id: clientId, ...more }).toString()}`, {
      api,
    });
  const registered = async (clientId: string) => {
    const sdk = await management();
    return (await sdk.clients.list({ external_client_id: clientId })).data;
  };

  /** From the address alone to tokens, as an outside client does it. */
  async function signIn(id: string) {
    const { api, audience } = await world();
    const config = await oauth.discovery(new URL(api), id, undefined, oauth.None(), {
      algorithm: 'oauth2',
      execute: [oauth.allowInsecureRequests],
    });
    const pkceCodeVerifier = oauth.randomPKCECodeVerifier();
    const url = oauth.buildAuthorizationUrl(config, {
      redirect_uri: REDIRECT,
      audience,
      scope: 'read:users offline_access',
      state: 'a state',
      code_challenge: await oauth.calculatePKCECodeChallenge(pkceCodeVerifier),
      code_challenge_method: 'S256',
    });
    const { email: username, password, user_id } = await demoUser('acme', 'admin');
    const back = await walk(url, REDIRECT, { username, password });
    const checks = { pkceCodeVerifier, expectedState: 'a state' };
    return { config, user_id, tokens: await oauth.authorizationCodeGrant(config, back, checks) };
  }

  it('are announced where they are taken', async () => {
    const { api } = await world();
    const { body } = await call('GET', '/.well-known/oauth-authorization-server');
    expect(body).to.deep.include({
      client_id_metadata_document_supported: true,
      authorization_endpoint: `${api}/oauth/authorize`,
    });
  });

  it('are neither announced nor fetched where they are not', async function () {
    this.timeout(WORLD_MS);
    const { startApi } = await world();
    const shut = await startApi('api-shut', { METADATA_DOCUMENTS: 'off' });
    const response = await fetch(`${shut.url}/.well-known/oauth-authorization-server`);
    const metadata = (await response.json()) as Record<string, unknown>;
    expect(metadata).to.not.have.property('client_id_metadata_document_supported');
    serve('/shut.json');
    const id = encodeURIComponent(`${site.origin}/shut.json`);
    const answer = await fetch(`${shut.url}/oauth/authorize?client_id=${id}`, { redirect: 'manual' });
    expect(answer.status).to.equal(302);
    expect(site.hits.get('/shut.json')).to.equal(undefined);
    await shut.stop();
  });

  it('let an app in that never registered: consent, token, a call for a user', async () => {
    serve('/in.json');
    const id = `${site.origin}/in.json`;
    const { config, user_id, tokens } = await signIn(id);
    const { status, body } = await call('GET', '/v1/me', { as: `Bearer ${tokens.access_token}` });
    expect({ status, body }).to.deep.nested.include({
      status: 200,
      'body.kind': 'app',
      'body.user_id': user_id,
      'body.client_id': id,
    });
    const refreshed = await oauth.refreshTokenGrant(config, tokens.refresh_token!);
    expect((await call('GET', '/v1/users', { as: `Bearer ${refreshed.access_token}` })).status).to.equal(200);
    await oauth.tokenRevocation(config, refreshed.refresh_token!);
  });

  it('make an app like any other: listed, blocked, allowed, its consent seen and withdrawn by its address', async function () {
    this.timeout(WORLD_MS);
    serve('/lived.json', { client_name: 'Lived Reports' });
    const id = `${site.origin}/lived.json`;
    const as = `Bearer ${(await signIn(id)).tokens.access_token}`;
    const me = (api: 0 | 1) => call('GET', '/v1/me', { as, api });
    const refused = async (code: string) => {
      for (const api of [0, 1] as const)
        await until(async () => (await me(api)).status !== 200 && (await me(api)).body.code === code);
    };
    expect([(await me(0)).status, (await me(1)).status]).to.deep.equal([200, 200]);
    const { body } = await call('GET', '/v1/apps?limit=100', { as: await operator() });
    const listed = body.apps.find(({ client_id }: { client_id: string }) => client_id === id);
    expect(listed).to.include({
      name: 'Lived Reports',
      registration: 'metadata_document',
      status: 'approved',
    });

    const app = `/v1/apps/${encodeURIComponent(id)}`;
    await call('PATCH', app, { as: await operator(), body: { status: 'blocked' } });
    await refused('app_blocked');
    // Registered anew, because its document has changed: that lets nobody in again.
    serve('/lived.json', { client_name: 'Lived Reports', redirect_uris: [REDIRECT, `${REDIRECT}/too`] });
    expect((await start(id)).status).to.equal(302);
    expect((await me(1)).body.code).to.equal('app_blocked');
    await call('PATCH', app, { as: await operator(), body: { status: 'approved' } });
    await until(async () => (await me(0)).status === 200 && (await me(1)).status === 200);

    const own = await user('acme');
    const { body: seen } = await call('GET', '/v1/me/consents', { as: own });
    const consent = seen.consents.find(({ client_id }: { client_id: string }) => client_id === id);
    expect(consent).to.include({ name: 'Lived Reports' });
    const path = `/v1/me/consents/${encodeURIComponent(id)}`;
    expect((await call('DELETE', path, { as: own })).status).to.equal(204);
    await refused('consent_withdrawn');
    expect((await call('DELETE', path, { as: own })).status).to.equal(404);
  });

  const taken: [name: string, changes: object][] = [
    [
      'no application type, and https redirects',
      { application_type: undefined, redirect_uris: [`https://app.example/cb`] },
    ],
    [
      'members that are null or empty',
      { client_uri: null, tos_uri: '', contacts: [], scope: null, jwks_uri: '' },
    ],
    ['more grant and response types than ours', { response_types: ['code', 'token'] }],
    ['unknown scopes only', { scope: 'https://other.example/x' }],
  ];
  for (const [name, changes] of taken) {
    it(`are taken with ${name}`, async () => {
      const path = `/taken-${name.replaceAll(/\W/g, '-')}.json`;
      serve(path, changes);
      expect((await start(site.origin + path)).status).to.equal(302);
      const [client] = await registered(site.origin + path);
      const { data } = await (await management()).clientGrants.list({ client_id: client!.client_id });
      expect(data[0]?.scope).to.include('read:users').and.not.include('offline_access');
    });
  }

  it('are registered once, however many ask at the same time and wherever', async () => {
    serve('/once.json', {}, { 'cache-control': 'max-age=60' });
    const id = `${site.origin}/once.json`;
    const answers = await Promise.all(Array.from({ length: 12 }, (_, i) => start(id, (i % 2) as 0 | 1)));
    expect(new Set(answers.map(({ status }) => status))).to.deep.equal(new Set([302]));
    const [client, ...others] = await registered(id);
    expect(others).to.deep.equal([]);
    expect(client).to.deep.include({ name: 'A tool with a document', is_first_party: false });
    const hits = site.hits.get('/once.json');
    await start(id);
    await start(id, 1);
    // Fresh: nobody fetches it again.
    expect(site.hits.get('/once.json')).to.equal(hits);
  });

  it('go on to the authority with every parameter as it came, and the audience', async () => {
    const { authority, audience } = await world();
    serve('/pass.json');
    const more = { state: 'ü &=', 'ext-a': 'b', scope: 'read:users' };
    const { status, headers } = await start(`${site.origin}/pass.json`, 0, more);
    expect(status).to.equal(302);
    const to = new URL(headers.get('location')!);
    expect(to.origin + to.pathname).to.equal(`${authority}authorize`);
    expect(Object.fromEntries(to.searchParams)).to.deep.equal({
      client_id: `${site.origin}/pass.json`,
      ...more,
      audience,
    });
    // The same for whoever registered in another way; the authority says what is wrong with it.
    const plain = await start('tpc_unknown', 0, more);
    expect(new URL(plain.headers.get('location')!).searchParams.get('client_id')).to.equal('tpc_unknown');
  });

  it('ask for the scopes that they name where the request names none, at once', async () => {
    serve('/scoped.json', { scope: 'read:tenant' });
    const asked: Record<string, string>[] = [{}, { scope: 'openid' }];
    for (const more of asked) {
      const { headers } = await start(`${site.origin}/scoped.json`, 0, more);
      expect(new URL(headers.get('location')!).searchParams.get('scope')).to.match(/(^| )read:tenant$/);
    }
  });

  it('that change are registered anew, the client stays', async () => {
    serve('/change.json', {}, { 'cache-control': 'no-store' });
    const id = `${site.origin}/change.json`;
    await start(id);
    const [before] = await registered(id);
    serve(
      '/change.json',
      { client_name: 'A better name', something: 'else' },
      { 'cache-control': 'no-store' },
    );
    expect((await start(id)).status).to.equal(302);
    const [after] = await registered(id);
    expect(after).to.deep.include({ client_id: before!.client_id, name: 'A better name' });
    const { control } = await world();
    await control.forgetCalls();
    // What nobody registers may change.
    const changes = { client_name: 'A better name', something: 'new' };
    serve('/change.json', changes, { 'cache-control': 'no-store' });
    expect((await start(id)).status).to.equal(302);
    expect(await control.calls()).to.not.have.property('POST /api/v2/clients/cimd/register');
  });

  it('may point to keys, which the authority then knows', async () => {
    const { publicKey } = await generateKeyPair('RS256', { extractable: true });
    const key = { ...(await exportJWK(publicKey)), kid: 'first', alg: 'RS256' };
    site.answers.set('/keys.json', json({ keys: [key] }));
    const method = { token_endpoint_auth_method: 'private_key_jwt', jwks_uri: `${site.origin}/keys.json` };
    serve('/keyed.json', method);
    expect((await start(`${site.origin}/keyed.json`)).status).to.equal(302);
    const [client] = await registered(`${site.origin}/keyed.json`);
    const credentials = await (await management()).clients.credentials.list(client!.client_id!);
    expect(credentials.map(({ kid }) => kid)).to.deep.equal(['first']);
  });

  const wrong: [string, object, string, string][] = [
    [
      'another client_id',
      { client_id: 'https://else.example/x' },
      'invalid_client_metadata',
      'client_id is not the address of the document',
    ],
    [
      'no client_id',
      { client_id: undefined },
      'invalid_client_metadata',
      'client_id is not the address of the document',
    ],
    ['no name', { client_name: undefined }, 'invalid_client_metadata', 'client_name is missing'],
    [
      'no redirect_uris',
      { redirect_uris: undefined },
      'invalid_client_metadata',
      "/redirect_uris must have required property 'redirect_uris'",
    ],
    [
      'a redirect with a wildcard',
      { redirect_uris: ['https://*.example/x'] },
      'invalid_redirect_uri',
      'redirect_uris[0]',
    ],
    [
      'a redirect by plain http',
      { redirect_uris: ['http://app.example/x'] },
      'invalid_redirect_uri',
      'redirect_uris[0]',
    ],
    [
      'no application type on loopback',
      { application_type: undefined },
      'invalid_client_metadata',
      'application_type must be native for redirect_uris on the loopback interface',
    ],
    [
      'an application type that is null',
      { application_type: null },
      'invalid_client_metadata',
      'application_type is empty',
    ],
    [
      'a private-use scheme',
      { redirect_uris: ['com.example.app:/cb'] },
      'invalid_client_metadata',
      'redirect_uris[0] is neither https nor on the loopback interface',
    ],
    [
      'a scheme of its own',
      { redirect_uris: ['cursor://anysphere.cursor-mcp/oauth/callback'] },
      'invalid_redirect_uri',
      'redirect_uris[0] has a scheme',
    ],
    [
      'a redirect twice',
      { redirect_uris: [REDIRECT, REDIRECT] },
      'invalid_client_metadata',
      'redirect_uris names one twice',
    ],
    ['null grants', { grant_types: null }, 'invalid_client_metadata', 'grant_types must include'],
    [
      'a web app on loopback',
      { application_type: 'web' },
      'invalid_client_metadata',
      'application_type must be native',
    ],
    [
      'no code grant',
      { grant_types: ['refresh_token'] },
      'invalid_client_metadata',
      'grant_types must include',
    ],
    ['no grants', { grant_types: undefined }, 'invalid_client_metadata', 'grant_types must include'],
    [
      'a secret for its method',
      { token_endpoint_auth_method: 'client_secret_basic' },
      'invalid_client_metadata',
      'token_endpoint_auth_method must be one of none, private_key_jwt',
    ],
    ['a secret', { client_secret: 'x' }, 'invalid_client_metadata', 'client_secret has no place'],
    [
      'keys inside',
      { jwks: { keys: [] } },
      'invalid_client_metadata',
      'jwks is not supported; publish the keys at a jwks_uri',
    ],
    [
      'keys elsewhere',
      { token_endpoint_auth_method: 'private_key_jwt', jwks_uri: 'https://else.example/k' },
      'invalid_client_metadata',
      'jwks_uri must be of the same origin',
    ],
    ['markup for a name', { client_name: '<b>x</b>' }, 'invalid_client_metadata', '/client_name must match'],
  ];
  for (const [name, changes, error, why] of wrong) {
    it(`are refused with ${name}, where the browser is, and nobody is registered`, async () => {
      const path = `/wrong-${name.replaceAll(/\W/g, '-')}.json`;
      serve(path, changes);
      const { status, headers, body } = await start(site.origin + path, 0, { redirect_uri: REDIRECT });
      expect({ status, error: body.error, location: headers.get('location') }).to.deep.equal({
        status: 400,
        error,
        location: null,
      });
      expect(body.error_description).to.include(why);
      // It allows nothing here: the authority takes no such redirects.
      expect(body.error_description).to.not.include('REDIRECT_URI_EXCEPTIONS');
      expect(await registered(site.origin + path)).to.deep.equal([]);
    });
  }

  it('that could not be had are asked for again the next time', async () => {
    const id = `${site.origin}/later.json`;
    const { status, body } = await start(id);
    expect({ status, body }).to.deep.equal({
      status: 400,
      body: {
        error: 'invalid_client',
        error_description: 'The document at client_id was answered with 404 instead of 200.',
      },
    });
    serve('/later.json');
    expect((await start(id)).status).to.equal(302);
  });

  it('are not looked for at what is no address of one', async () => {
    for (const id of [
      'http://192.168.0.1/x',
      'https://localhost/',
      'https://127.1/x',
      `${site.origin}/a?b`,
    ]) {
      const { status, body } = await start(id);
      expect({ status, error: body.error }, id).to.deep.equal({ status: 400, error: 'invalid_client' });
    }
    const { status, body } = await call('GET', '/oauth/authorize');
    expect({ status, error: body.error }).to.deep.equal({ status: 400, error: 'invalid_request' });
  });

  it('leave no client behind when the grant fails', async () => {
    serve('/undone.json');
    const { control } = await world();
    const fault = {
      method: 'POST',
      path: '/api/v2/client-grants',
      effect: { kind: 'answer', status: 400 },
    } as const;
    const { id } = await control.addFault(fault);
    const { status } = await start(`${site.origin}/undone.json`).finally(() => control.removeFault(id));
    expect(status).to.equal(502);
    expect(await registered(`${site.origin}/undone.json`)).to.deep.equal([]);
    // And nothing of it stands in the way.
    expect((await start(`${site.origin}/undone.json`)).status).to.equal(302);
  });

  it('are not fetched without end for one address', async () => {
    const redis = connectForWaiting((await world()).redis);
    const seal = createSeal({ current: 'k', byId: new Map([['k', Buffer.alloc(32)]]) });
    const store = createDocumentStore(redis, seal, createKeyedHash(Buffer.alloc(32)), 2);
    await store.countFetch('a');
    await store.countFetch('a');
    const refused = await store.countFetch('a').then(
      () => undefined,
      (error: unknown) => error as Problem,
    );
    expect(refused?.code).to.equal('too_many_metadata_documents');
    expect(refused?.parts.headers).to.deep.equal({ 'Retry-After': '60' });
    await store.countFetch('b');
    redis.disconnect();
  });

  it('that show the authority something else than us are refused, and leave no client behind', async () => {
    let shown = 0;
    site.answers.set('/two-faced.json', (request, response) => {
      shown += 1;
      const redirect_uris = shown === 1 ? [REDIRECT] : ['http://127.0.0.1:6666/evil'];
      json(documentAt('/two-faced.json', { redirect_uris }))(request, response);
    });
    const { status, body } = await start(`${site.origin}/two-faced.json`);
    expect({ status, error: body.error }).to.deep.equal({ status: 400, error: 'invalid_client' });
    expect(await registered(`${site.origin}/two-faced.json`)).to.deep.equal([]);
  });
});
