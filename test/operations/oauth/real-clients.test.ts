/** Registrations as clients in the field send them: what is more than we allow is cut, what is empty says nothing (RFC 7591 section 2). */
import { expect } from 'chai';
import { management } from '../../support/authority.ts';
import { appMetadata, letIn, registerApp, toApp } from '../../support/apps.ts';
import { call } from '../../support/client.ts';
import { world, WORLD_MS } from '../../support/world.ts';
import { loadContract } from '../../../src/contract/load-contract.ts';

const ALL_SCOPES = loadContract().appScopes.join(' ');
const DEVICE_CODE = 'urn:ietf:params:oauth:grant-type:device_code';
const CURSOR = 'cursor://anysphere.cursor-retrieval/oauth/callback';
const CURSOR_URIS = [
  'https://www.cursor.com/agents/mcp/oauth/callback',
  'http://localhost:8787/callback',
  CURSOR,
];

/** [what is sent, members of the answer, members that the answer lacks] */
type Case = [sent: Record<string, unknown>, shown: Record<string, unknown>, lacks?: string[]];

const table: Case[] = [
  [{ grant_types: ['authorization_code', 'refresh_token', DEVICE_CODE] }, {}],
  [{ grant_types: ['client_credentials', 'authorization_code'] }, {}],
  [{ grant_types: ['authorization_code', 'implicit', 'password', 'urn:example:mine'] }, {}],
  [{ grant_types: [] }, {}],
  [{ grant_types: null }, {}],
  [{ response_types: ['code', 'token', 'code id_token'] }, {}],
  [{ response_types: [] }, {}],
  [{ response_types: null }, {}],
  [{ client_name: '' }, { client_name: 'Unnamed app' }],
  [{ client_name: null }, { client_name: 'Unnamed app' }],
  [{ client_uri: null }, {}, ['client_uri']],
  [{ client_uri: '' }, {}, ['client_uri']],
  [{ logo_uri: '' }, {}, ['logo_uri']],
  [{ logo_uri: null }, {}, ['logo_uri']],
  [{ tos_uri: '', policy_uri: null }, {}, ['tos_uri', 'policy_uri']],
  [{ contacts: [] }, {}, ['contacts']],
  [{ contacts: null }, {}, ['contacts']],
  [{ contacts: [''] }, {}, ['contacts']],
  [{ jwks: null, jwks_uri: '' }, {}, ['jwks', 'jwks_uri']],
  [{ jwks: { keys: [] } }, {}, ['jwks']],
  [{ jwks: {} }, {}, ['jwks']],
  [
    { software_id: '', software_version: null, software_statement: null },
    {},
    ['software_id', 'software_version'],
  ],
  [{ software_statement: '' }, {}, ['software_statement']],
  [{ 'client_name#ja': '', 'logo_uri#ja': null }, {}, ['client_name#ja', 'logo_uri#ja']],
  [{ application_type: null }, { application_type: 'native' }],
  [{ application_type: '' }, { application_type: 'native' }],
  [{ token_endpoint_auth_method: null }, { token_endpoint_auth_method: 'client_secret_basic' }],
  [{ token_endpoint_auth_method: '' }, { token_endpoint_auth_method: 'client_secret_basic' }],
  [{ scope: 'https://other.example/x' }, { scope: ALL_SCOPES }],
  [{ scope: 'mcp:tools openid profile email' }, { scope: ALL_SCOPES }],
  [{ scope: '' }, { scope: ALL_SCOPES }],
  [{ scope: null }, { scope: ALL_SCOPES }],
  [{ scope: 'offline_access' }, { scope: `${ALL_SCOPES} offline_access` }],
  [{ scope: 'read:users  offline_access openid ' }, { scope: 'read:users offline_access' }],
];

describe('registrations as they come', () => {
  before(async function () {
    this.timeout(WORLD_MS);
    await world();
  });

  const expectShown = (body: Record<string, unknown>, [sent, shown, lacks = []]: Case) => {
    const context = JSON.stringify(sent);
    expect(body, context).to.deep.include({
      grant_types: ['authorization_code', 'refresh_token'],
      response_types: ['code'],
      ...shown,
    });
    if (lacks.length > 0) expect(body, context).to.not.have.any.keys(...lacks);
  };

  it('are taken, and the answer shows what was registered', async function () {
    this.timeout(WORLD_MS);
    for (const one of table) {
      const { status, body } = await call('POST', '/oauth/register', { body: appMetadata(one[0]) });
      expect(status, `${JSON.stringify(one[0])} ${JSON.stringify(body)}`).to.equal(201);
      expectShown(body, one);
    }
  });

  it('may change in the same way (RFC 7592 section 2.2)', async function () {
    this.timeout(WORLD_MS);
    const had = {
      ...{
        client_name: 'Reports',
        client_uri: 'https://reports.example/',
        scope: 'read:users offline_access',
      },
      ...{ contacts: ['ada@reports.example'], logo_uri: 'https://reports.example/l.png', software_id: 'r' },
    };
    let app = await registerApp(had);
    for (const [sent, shown, lacks] of table) {
      const body = { ...appMetadata({ ...had, ...sent }), client_id: app.clientId };
      const answer = await call('PUT', app.path, { as: app.manages, body });
      expect(answer.status, `${JSON.stringify(sent)} ${JSON.stringify(answer.body)}`).to.equal(200);
      // Without a scope of ours it keeps what it has, and gets no more.
      const scope = 'scope' in sent ? { scope: 'read:users offline_access' } : {};
      expectShown(answer.body, [sent, { ...shown, ...scope }, lacks]);
      app = toApp(answer);
    }
  });

  it('take back what they send without a value, and nothing that is the server’s', async () => {
    const app = await registerApp();
    const body = {
      ...appMetadata(),
      client_id: app.clientId,
      client_secret: null,
      registration_client_uri: '',
    };
    expect((await call('PUT', app.path, { as: app.manages, body })).status).to.equal(200);
  });

  it('let an app work that asked for unknown scopes only, and stay in while its user is away', async () => {
    const app = await registerApp({ scope: 'https://other.example/x offline_access' });
    const { data } = await (await management()).clientGrants.list({ client_id: app.clientId });
    expect(data.map(({ scope }) => scope?.join(' '))).to.deep.equal([ALL_SCOPES]);
    const { as, refreshToken } = await letIn(app, 'acme', { scope: 'read:users offline_access' });
    expect(refreshToken).to.be.a('string');
    expect((await call('GET', '/v1/users', { as })).status).to.equal(200);
    expect((await call('GET', '/v1/me', { as })).body.scopes).to.deep.equal(['read:users']);
  });

  it('with a redirect URI of a program’s own scheme are refused with the setting that allows it', async () => {
    const { status, body } = await call('POST', '/oauth/register', {
      body: appMetadata({ redirect_uris: CURSOR_URIS }),
    });
    expect([status, body.error]).to.deep.equal([400, 'invalid_redirect_uri']);
    expect(body.error_description).to.match(/^redirect_uris\[2\] .*REDIRECT_URI_EXCEPTIONS/);
  });

  it('with one that the operator allows are taken, as a native app, whatever it says', async function () {
    this.timeout(WORLD_MS);
    const { startApi } = await world();
    const api = await startApi('api-exceptions', { REDIRECT_URI_EXCEPTIONS: `myapp://done, ${CURSOR}` });
    try {
      for (const application_type of [undefined, 'native', 'web']) {
        const body = appMetadata({ redirect_uris: CURSOR_URIS, application_type });
        const answer = await call('POST', '/oauth/register', { at: api.url, body });
        expect(answer.status).to.equal(201);
        expect(answer.body).to.deep.include({ redirect_uris: CURSOR_URIS, application_type: 'native' });
        const client = await (await management()).clients.get(answer.body.client_id);
        expect(client).to.deep.include({ callbacks: CURSOR_URIS, app_type: 'native' });
      }
      const near = appMetadata({ redirect_uris: [`${CURSOR}/`] });
      expect((await call('POST', '/oauth/register', { at: api.url, body: near })).status).to.equal(400);
    } finally {
      await api.stop();
    }
  });
});
