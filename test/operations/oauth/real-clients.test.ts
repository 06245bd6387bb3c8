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
  // Some languages write an empty list or object for what is empty, whatever it would be otherwise.
  [{ grant_types: '', response_types: {} }, {}],
  [{ client_name: [] }, { client_name: 'Unnamed app' }],
  [{ contacts: '' }, {}, ['contacts']],
  [{ contacts: [null] }, {}, ['contacts']],
  [{ jwks: [] }, {}, ['jwks']],
  [{ jwks: '' }, {}, ['jwks']],
  [{ jwks: { keys: null } }, {}, ['jwks']],
  [{ logo_uri: [], client_uri: {} }, {}, ['logo_uri', 'client_uri']],
  [{ software_id: {}, software_statement: [] }, {}, ['software_id', 'software_statement']],
  [{ 'client_name#ja': {} }, {}, ['client_name#ja']],
  [{ grant_types: ['authorization_code', ...Array.from({ length: 12 }, (_, i) => `urn:example:${i}`)] }, {}],
  [{ application_type: [] }, { application_type: 'native' }],
  [{ token_endpoint_auth_method: {} }, { token_endpoint_auth_method: 'client_secret_basic' }],
  [{ scope: [] }, { scope: ALL_SCOPES }],
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

const CODE = { grant_types: ['authorization_code', 'refresh_token'], response_types: ['code'] };
const PUBLIC = { ...CODE, token_endpoint_auth_method: 'none' };

/** As clients of the year 2026 send them, by what their reports and sources show. */
const clients: [name: string, sent: Record<string, unknown>, shown?: Record<string, unknown>][] = [
  [
    'Claude',
    {
      ...CODE,
      client_name: 'Claude',
      redirect_uris: ['https://claude.ai/api/mcp/auth_callback'],
      token_endpoint_auth_method: 'client_secret_post',
      scope: 'claudeai',
    },
    { application_type: 'web', scope: ALL_SCOPES },
  ],
  [
    'Claude Code',
    {
      ...PUBLIC,
      client_name: 'Claude Code (reports)',
      redirect_uris: ['http://localhost:3118/callback'],
      application_type: 'native',
    },
  ],
  [
    'ChatGPT',
    {
      ...PUBLIC,
      client_name: 'ChatGPT',
      scope: 'offline_access openid',
      redirect_uris: ['https://chatgpt.com/connector_platform_oauth_redirect'],
    },
    { application_type: 'web', scope: `${ALL_SCOPES} offline_access` },
  ],
  [
    'Visual Studio Code',
    {
      ...PUBLIC,
      client_name: 'Visual Studio Code',
      client_uri: 'https://code.visualstudio.com',
      grant_types: ['authorization_code', 'refresh_token', DEVICE_CODE],
      redirect_uris: [
        'https://insiders.vscode.dev/redirect',
        'https://vscode.dev/redirect',
        'http://127.0.0.1/',
        'http://127.0.0.1:33418/',
      ],
      application_type: 'native',
    },
  ],
  ['VS Code without a method', { redirect_uris: ['http://127.0.0.1:33418'], client_name: 'test' }],
  [
    'Codex',
    {
      ...PUBLIC,
      client_name: 'Codex',
      application_type: 'native',
      redirect_uris: ['http://127.0.0.1:37819/callback/q1w2e3r4t5y6'],
    },
  ],
  [
    'OpenCode',
    {
      ...PUBLIC,
      client_name: 'OpenCode',
      client_uri: 'https://opencode.ai',
      redirect_uris: ['http://127.0.0.1:19876/mcp/oauth/callback'],
    },
    { application_type: 'native' },
  ],
  [
    'MCP Inspector',
    {
      ...PUBLIC,
      client_name: 'MCP Inspector',
      scope: '',
      client_uri: 'https://github.com/modelcontextprotocol/inspector',
      redirect_uris: ['http://localhost:6274/oauth/callback', 'http://localhost:6274/oauth/callback/debug'],
    },
  ],
  [
    'mcp-remote',
    {
      ...PUBLIC,
      client_name: 'MCP CLI Proxy',
      scope: 'openid email profile',
      client_uri: 'https://github.com/modelcontextprotocol/mcp-cli',
      redirect_uris: ['http://localhost:3334/oauth/callback'],
      software_id: '2e6dc280-f3c3-4e01-99a7-8181dbd1d23d',
      software_version: '0.1.31',
    },
  ],
  [
    'Goose',
    {
      ...PUBLIC,
      client_name: 'goose',
      redirect_uris: ['http://localhost:54321/oauth_callback'],
      logo_uri: '',
    },
  ],
  [
    'LibreChat',
    {
      client_name: 'LibreChat MCP Client',
      client_uri: 'http://localhost:3080',
      logo_uri: null,
      redirect_uris: ['http://localhost:3080/api/mcp/reports/oauth/callback'],
      ...CODE,
      grant_types: ['authorization_code'],
      token_endpoint_auth_method: 'client_secret_basic',
    },
  ],
  [
    'a Python client that writes every member',
    {
      ...CODE,
      client_name: 'tool',
      redirect_uris: ['http://localhost:3030/callback'],
      token_endpoint_auth_method: 'client_secret_post',
      scope: null,
      client_uri: null,
      logo_uri: null,
      contacts: null,
      tos_uri: null,
      policy_uri: null,
      jwks_uri: null,
      jwks: null,
      software_id: null,
      software_version: null,
    },
  ],
  [
    'a flow builder',
    {
      client_name: 'Flows',
      redirect_uris: ['https://flows.example/oauth/done?step=2'],
      grant_types: ['client_credentials', 'authorization_code'],
      response_types: ['code', 'none'],
      contacts: ['help@flows.example'],
      'client_name#ja': 'フロー',
      jwks_uri: 'https://flows.example/jwks',
      token_endpoint_auth_method: 'none',
      resource: 'https://api.example.com',
      require_auth_time: true,
    },
    { 'client_name#ja': 'フロー', contacts: ['help@flows.example'] },
  ],
  [
    'an app on a phone, and one on IPv6',
    { ...PUBLIC, client_name: 'Phone', redirect_uris: ['com.example.app:/done', 'http://[::1]:8080/done'] },
    { application_type: 'native' },
  ],
];

/** What has to be wrong with a registration for it to be refused, and what it is told. */
const refusals: [sent: Record<string, unknown>, words: RegExp][] = [
  [{ client_uri: 'http://reports.example/' }, /^client_uri must be an https URL/],
  [{ logo_uri: 'data:image/png;base64,AA' }, /^logo_uri must be an https URL/],
  [{ tos_uri: 'none' }, /^tos_uri must be an absolute https URL/],
  [{ grant_types: ['client_credentials'] }, /^grant_types must include authorization_code/],
  [{ response_types: ['token'] }, /^response_types must include code/],
  [{ application_type: 'desktop' }, /^application_type must be web or native/],
  [{ token_endpoint_auth_method: 'tls_client_auth' }, /^token_endpoint_auth_method must be one of none, /],
  [{ token_endpoint_auth_method: 'private_key_jwt' }, /^jwks is needed/],
  [
    { token_endpoint_auth_method: 'private_key_jwt', jwks_uri: 'https://reports.example/jwks' },
    /send the keys themselves as jwks/,
  ],
  [{ redirect_uris: ['http://192.168.0.1/'] }, /^redirect_uris\[0\] is http, and not on the loopback/],
  [{ redirect_uris: ['vscode://publisher.tool/done'] }, /REDIRECT_URI_EXCEPTIONS/],
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

  for (const [name, sent, shown = {}] of clients) {
    it(`are taken of ${name}, and again as an update`, async () => {
      const { scope, client_uri, ...told } = sent;
      const registered = {
        redirect_uris: told['redirect_uris'],
        client_name: told['client_name'],
        ...(typeof client_uri === 'string' && { client_uri }),
        scope: ALL_SCOPES,
        ...shown,
      };
      const { status, body } = await call('POST', '/oauth/register', { body: sent });
      expect(status, JSON.stringify(body)).to.equal(201);
      expectShown(body, [sent, registered, ['resource', 'jwks', 'tos_uri']]);
      const app = toApp({ status, body, headers: new Headers() });
      const answer = await call('PUT', app.path, {
        as: app.manages,
        body: { ...sent, client_id: app.clientId },
      });
      expect(answer.status, JSON.stringify(answer.body)).to.equal(200);
      const { registration_access_token: _first, client_secret: _once, ...same } = body;
      expect(answer.body).to.deep.include(same);
      // Whatever it asked for, a user lets it in where it comes back to.
      const { data } = await (await management()).clientGrants.list({ client_id: app.clientId });
      expect(
        data.map((grant) => grant.scope?.join(' ')),
        String(scope),
      ).to.deep.equal([ALL_SCOPES]);
    });
  }

  it('are refused in words that say what to do, as an update, too', async () => {
    const app = await registerApp();
    for (const [sent, words] of refusals) {
      const body = appMetadata(sent);
      const update = { ...body, client_id: app.clientId };
      for (const { status, body: answer } of [
        await call('POST', '/oauth/register', { body }),
        await call('PUT', app.path, { as: app.manages, body: update }),
      ]) {
        expect(status, JSON.stringify(sent)).to.equal(400);
        expect(answer.error_description).to.match(words);
      }
    }
  });

  it('may change in the same way (RFC 7592 section 2.2)', async function () {
    this.timeout(WORLD_MS);
    const had = {
      client_name: 'Reports',
      client_uri: 'https://reports.example/',
      scope: 'read:users offline_access',
      contacts: ['ada@reports.example'],
      logo_uri: 'https://reports.example/l.png',
      software_id: 'r',
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
