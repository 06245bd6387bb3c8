/** Strict third parties, line by line (Auth0 docs, "Security controls for third-party applications"), and metadata documents. */
import { createHash, generateKeyPairSync, randomBytes, randomUUID } from 'node:crypto';
import { expect } from 'chai';
import { decodeJwt, exportJWK, generateKeyPair, importPKCS8, SignJWT } from 'jose';
import type { StandIn } from '../../src/stand-in/stand-in.ts';
import { AUDIENCE, callManagement, operatorToken, PASSWORD, postToken, startStandIn } from './account.ts';
import { json, serveMetadata, type MetadataServer } from './metadata-server.ts';
import { EndedOnPage, signInByForm } from './sign-in-by-form.ts';

const REDIRECT = 'http://localhost:4298/done';
const ANN = { email: 'ann@example.com', password: PASSWORD };
const ASSERTION_TYPE = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';

describe('stand-in: strict third parties', () => {
  let standIn: StandIn;
  let operator: string;
  let site: MetadataServer;
  const verifier = randomBytes(32).toString('base64url');

  before(async () => {
    standIn = await startStandIn({ loopbackDocuments: true });
    operator = await operatorToken(standIn);
    site = await serveMetadata();
  });
  after(() => Promise.all([standIn.close(), site.close()]));

  const api = (method: string, path: string, body?: object) =>
    callManagement<Record<string, unknown>>(standIn, operator, method, path, body);

  async function newThirdParty(changes: object = {}): Promise<string> {
    const { status, body } = await api('POST', 'clients', {
      name: 'Somebody else’s',
      is_first_party: false,
      token_endpoint_auth_method: 'none',
      callbacks: [REDIRECT],
      grant_types: ['authorization_code', 'refresh_token'],
      ...changes,
    });
    expect(status, JSON.stringify(body)).to.equal(201);
    return String(body['client_id']);
  }

  function authorizeUrl(clientId: string, changes: Record<string, string> = {}): URL {
    const url = new URL('authorize', standIn.url);
    url.search = new URLSearchParams({
      client_id: clientId,
      response_type: 'code',
      redirect_uri: REDIRECT,
      audience: AUDIENCE,
      scope: 'read:users offline_access',
      state: 's',
      code_challenge_method: 'S256',
      code_challenge: createHash('sha256').update(verifier).digest('base64url'),
      ...changes,
    }).toString();
    return url;
  }

  const codeOf = async (url: URL): Promise<string> =>
    String((await signInByForm({ authorizeUrl: url, ...ANN, consent: 'accept' })).searchParams.get('code'));

  const exchange = (code: string, clientId: string, more: Record<string, string> = {}) =>
    postToken(standIn, {
      grant_type: 'authorization_code',
      client_id: clientId,
      code,
      redirect_uri: REDIRECT,
      code_verifier: verifier,
      ...more,
    });

  async function pageAt(url: URL): Promise<{ status: number; text: string; location: string | null }> {
    const response = await fetch(url, { redirect: 'manual' });
    return {
      status: response.status,
      text: await response.text(),
      location: response.headers.get('location'),
    };
  }

  it('take no parameter at /authorize that is not listed', async () => {
    const clientId = await newThirdParty();
    for (const name of ['claims', 'id_token_hint', 'invitation', 'login_ticket', 'screen_hint', 'foo']) {
      const { status, text, location } = await pageAt(authorizeUrl(clientId, { [name]: 'x' }));
      expect({ status, location }, name).to.deep.equal({ status: 400, location: null });
      expect(text).to.include('invalid_request').and.include(name);
    }
    const { status, location } = await pageAt(
      authorizeUrl(clientId, { 'ext-mine': 'x', login_hint: 'a@b.c' }),
    );
    expect(status).to.equal(303);
    expect(location).to.include('/u/login');
  });

  it('are told of no error by a redirect, unless their policy says so', async () => {
    const wrong = { prompt: 'none' };
    const kept = await pageAt(authorizeUrl(await newThirdParty(), wrong));
    expect(kept.location).to.equal(null);
    expect(kept.text).to.include('login_required');
    const open = await newThirdParty({ redirection_policy: 'allow_always' });
    const told = await pageAt(authorizeUrl(open, wrong));
    expect(told.location).to.match(/^http:\/\/localhost:4298\/done\?.*error=login_required/);
  });

  it('cannot be what they must not be', async () => {
    const wrong: object[] = [
      { jwt_configuration: { alg: 'HS256' } },
      { refresh_token: { expiration_type: 'non-expiring', rotation_type: 'non-rotating' } },
      { refresh_token: { infinite_token_lifetime: true } },
      { refresh_token: { infinite_idle_token_lifetime: true } },
      { callbacks: ['https://*.example.com/done'] },
      { web_origins: ['https://*.example.com'] },
    ];
    for (const one of wrong) {
      const whole = { name: 'Wrong', is_first_party: false, ...one };
      expect((await api('POST', 'clients', whole)).status, JSON.stringify(one)).to.equal(400);
      const clientId = await newThirdParty();
      expect((await api('PATCH', `clients/${clientId}`, one)).status, JSON.stringify(one)).to.equal(400);
      // The control: one's own application may.
      const own = await api('POST', 'clients', { ...whole, is_first_party: true });
      expect(own.status, JSON.stringify(one)).to.equal(201);
    }
    const { body } = await api('GET', `clients/${await newThirdParty()}`);
    // Recorded.
    expect(body['jwt_configuration']).to.deep.equal({
      secret_encoded: false,
      alg: 'RS256',
      lifetime_in_seconds: 3_600,
    });
  });

  it('need a client grant at an API that is open to all, and never reach the Management API', async () => {
    const { body: server } = await api('POST', 'resource-servers', {
      identifier: 'https://open.example.com',
      scopes: [{ value: 'read:things' }],
      subject_type_authorization: { user: { policy: 'allow_all' }, client: { policy: 'allow_all' } },
    });
    const secret = await api('POST', 'clients', {
      name: 'Machine',
      is_first_party: false,
      grant_types: ['client_credentials'],
    });
    const machine = {
      grant_type: 'client_credentials',
      client_id: String(secret.body['client_id']),
      client_secret: String(secret.body['client_secret']),
    };
    for (const audience of [String(server['identifier']), `${standIn.url}api/v2/`]) {
      expect((await postToken(standIn, { ...machine, audience })).status, audience).to.equal(403);
      const page = await pageAt(authorizeUrl(await newThirdParty(), { audience, scope: 'read:things' }));
      expect(page.text, audience).to.include('unauthorized_client');
    }
    const grant = { client_id: machine.client_id, audience: server['identifier'], scope: ['read:things'] };
    expect((await api('POST', 'client-grants', grant)).status).to.equal(201);
    const audience = String(server['identifier']);
    expect((await postToken(standIn, { ...machine, audience })).status).to.equal(200);
  });

  it('keep their access tokens when the grant is deleted, and lose their refresh tokens', async () => {
    const clientId = await newThirdParty();
    const { body: tokens } = await exchange(await codeOf(authorizeUrl(clientId)), clientId);
    const { body: grants } = await callManagement<{ id: string }[]>(
      standIn,
      operator,
      'GET',
      `grants?client_id=${clientId}&user_id=${encodeURIComponent('auth0|ann')}`,
    );
    await api('DELETE', `grants/${grants[0]!.id}`);
    const refreshed = await postToken(standIn, {
      grant_type: 'refresh_token',
      client_id: clientId,
      refresh_token: String(tokens['refresh_token']),
    });
    expect(refreshed).to.deep.include({ status: 403 });
    // Nobody can take back what is signed: it says itself how long it is good.
    const { exp = 0 } = decodeJwt(String(tokens['access_token']));
    expect(exp * 1000).to.be.above(Date.now());
  });

  describe('private_key_jwt (Auth0 docs, "Authenticate with Private Key JWT")', () => {
    const pair = generateKeyPairSync('rsa', {
      modulusLength: 2048,
      publicKeyEncoding: { type: 'spki', format: 'pem' },
      privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    });
    let clientId: string;
    let kid: string;

    before(async () => {
      const credentials = [{ credential_type: 'public_key', name: 'One', pem: pair.publicKey, alg: 'RS256' }];
      const { body } = await api('POST', 'clients', {
        name: 'With a key',
        app_type: 'non_interactive',
        grant_types: ['client_credentials'],
        client_authentication_methods: { private_key_jwt: { credentials } },
        token_endpoint_auth_method: undefined,
      });
      clientId = String(body['client_id']);
      const methods = body['client_authentication_methods'] as {
        private_key_jwt: { credentials: { id: string; kid: string }[] };
      };
      kid = methods.private_key_jwt.credentials[0]!.kid;
      // Recorded: in full where it was made, by its id afterwards.
      const { body: later } = await api('GET', `clients/${clientId}`);
      expect(later['client_authentication_methods']).to.deep.equal({
        private_key_jwt: { credentials: [{ id: methods.private_key_jwt.credentials[0]!.id }] },
      });
      await api('POST', 'client-grants', { client_id: clientId, audience: AUDIENCE, scope: ['read:users'] });
    });

    async function ask(claims: Record<string, unknown> = {}, header: object = {}) {
      const now = Math.floor(Date.now() / 1000);
      const assertion = await new SignJWT({
        iss: clientId,
        sub: clientId,
        aud: standIn.url,
        jti: randomUUID(),
        iat: now,
        exp: now + 60,
        ...claims,
      })
        .setProtectedHeader({ alg: 'RS256', kid, ...header })
        .sign(await importPKCS8(pair.privateKey, 'RS256'));
      return postToken(standIn, {
        grant_type: 'client_credentials',
        audience: AUDIENCE,
        client_assertion: assertion,
        client_assertion_type: ASSERTION_TYPE,
      });
    }

    it('lets in who signs with the key, once with each assertion', async () => {
      const { status, body } = await ask();
      expect(status).to.equal(200);
      expect(decodeJwt(String(body['access_token']))).to.include({ azp: clientId, scope: 'read:users' });
      expect((await ask({ jti: 'same' })).status).to.equal(200);
      expect((await ask({ jti: 'same' })).status).to.equal(401);
    });

    it('refuses every other assertion, and secrets', async () => {
      const past = Math.floor(Date.now() / 1000) - 1;
      const wrong: [Record<string, unknown>, object?][] = [
        [{ aud: 'https://else.example/' }],
        [{ iss: 'other' }],
        [{ sub: 'other' }],
        [{ exp: past }],
        [{ exp: past + 3_600 }],
        [{ exp: undefined }],
        [{ jti: undefined }],
        [{}, { kid: 'unknown' }],
      ];
      for (const [claims, header] of wrong)
        expect((await ask(claims, header)).status, JSON.stringify(claims)).to.equal(401);
      const { client_secret: secret } = standIn.store.clients.get(clientId)!;
      const bySecret = await postToken(standIn, {
        grant_type: 'client_credentials',
        client_id: clientId,
        audience: AUDIENCE,
        client_secret: String(secret),
      });
      expect(bySecret).to.deep.include({
        status: 401,
        body: { error: 'access_denied', error_description: 'Unauthorized' },
      });
    });

    it('refuses a key that was taken away', async () => {
      const { body } = await callManagement<{ id: string }[]>(
        standIn,
        operator,
        'GET',
        `clients/${clientId}/credentials`,
      );
      await api('DELETE', `clients/${clientId}/credentials/${body[0]!.id}`);
      expect((await ask()).status).to.equal(401);
    });
  });

  describe('from a metadata document (Auth0 docs, "Register applications with CIMD")', () => {
    const documentAt = (path: string, changes: object = {}) => ({
      client_id: site.origin + path,
      client_name: 'A tool',
      redirect_uris: [REDIRECT],
      application_type: 'native',
      grant_types: ['authorization_code', 'refresh_token', 'implicit'],
      token_endpoint_auth_method: 'none',
      tos_uri: 'https://tool.example/tos',
      ...changes,
    });
    const register = (path: string) =>
      api('POST', 'clients/cimd/register', { external_client_id: site.origin + path });

    it('are made once, brought up to date, and look as recorded', async () => {
      site.answers.set('/a.json', json(documentAt('/a.json')));
      const preview = await api('POST', 'clients/cimd/preview', {
        external_client_id: `${site.origin}/a.json`,
      });
      expect(preview.status).to.equal(200);
      expect(preview.body).to.not.have.property('client_id');
      const made = await register('/a.json');
      expect(made.status).to.equal(201);
      expect(made.body['client_id']).to.match(/^tpc_/);
      expect(made.body['validation']).to.deep.equal({
        valid: true,
        violations: [],
        warnings: ["Property not supported: 'tos_uri'"],
      });
      const { body: client } = await api('GET', `clients/${String(made.body['client_id'])}`);
      expect(client).to.deep.include({
        name: 'A tool',
        app_type: 'native',
        is_first_party: false,
        oidc_conformant: true,
        callbacks: [REDIRECT],
        grant_types: ['authorization_code', 'refresh_token'],
        token_endpoint_auth_method: 'none',
        external_client_id: `${site.origin}/a.json`,
        external_metadata_type: 'cimd',
        external_metadata_created_by: 'admin',
      });
      site.answers.set('/a.json', json(documentAt('/a.json', { client_name: 'Another name' })));
      const again = await register('/a.json');
      expect(again.status).to.equal(200);
      expect(again.body['client_id']).to.equal(made.body['client_id']);
      const { body: listed } = await callManagement<{ name: string }[]>(
        standIn,
        operator,
        'GET',
        `clients?external_client_id=${site.origin}/a.json`,
      );
      expect(listed.map(({ name }) => name)).to.deep.equal(['Another name']);
    });

    it('come in by the address of the document, and tokens name them by it', async () => {
      site.answers.set('/b.json', json(documentAt('/b.json')));
      const id = `${site.origin}/b.json`;
      const unknown = await pageAt(authorizeUrl(id));
      expect(unknown.text).to.include('invalid_client');
      await register('/b.json');
      const { status, body } = await exchange(await codeOf(authorizeUrl(id)), id);
      expect(status).to.equal(200);
      expect(decodeJwt(String(body['access_token']))).to.include({ azp: id, sub: 'auth0|ann' });
      const refreshed = await postToken(standIn, {
        grant_type: 'refresh_token',
        client_id: id,
        refresh_token: String(body['refresh_token']),
      });
      expect(refreshed.status).to.equal(200);
      expect(decodeJwt(String(refreshed.body['access_token'])).azp).to.equal(id);
      const revoked = await fetch(`${standIn.url}oauth/revoke`, {
        method: 'POST',
        body: new URLSearchParams({ client_id: id, token: String(refreshed.body['refresh_token']) }),
      });
      expect(revoked.status).to.equal(200);
    });

    it('prove themselves with the keys that the document points to', async () => {
      const { publicKey, privateKey } = await generateKeyPair('RS256', { extractable: true });
      const id = `${site.origin}/c.json`;
      const keyed = { token_endpoint_auth_method: 'private_key_jwt', jwks_uri: `${site.origin}/keys.json` };
      site.answers.set(
        '/keys.json',
        json({ keys: [{ ...(await exportJWK(publicKey)), kid: 'k', alg: 'RS256' }] }),
      );
      site.answers.set('/c.json', json(documentAt('/c.json', keyed)));
      expect((await register('/c.json')).status).to.equal(201);
      const code = await codeOf(authorizeUrl(id));
      const assertion = await new SignJWT({ iss: id, sub: id, aud: standIn.url, jti: 'x' })
        .setProtectedHeader({ alg: 'RS256', kid: 'k' })
        .setExpirationTime('1m')
        .sign(privateKey);
      expect((await exchange(code, id)).status).to.equal(401);
      const proof = { client_assertion: assertion, client_assertion_type: ASSERTION_TYPE };
      expect((await exchange(await codeOf(authorizeUrl(id)), id, proof)).status).to.equal(200);
    });

    it('are not made of what breaks the rules', async () => {
      const wrong: object[] = [
        { client_id: `${site.origin}/other.json` },
        { client_name: undefined },
        { grant_types: undefined },
        { grant_types: ['implicit'] },
        { redirect_uris: [] },
        { redirect_uris: ['https://tool.example/*'] },
        { application_type: 'web' },
        { application_type: 'other' },
        { token_endpoint_auth_method: 'client_secret_post' },
        { jwks: { keys: [] } },
        { token_endpoint_auth_method: 'private_key_jwt', jwks_uri: 'https://else.example/keys.json' },
      ];
      for (const one of wrong) {
        site.answers.set('/wrong.json', json(documentAt('/wrong.json', one)));
        const { status, body } = await register('/wrong.json');
        expect({ status, code: body['errorCode'] }, JSON.stringify(one)).to.deep.equal({
          status: 400,
          code: 'invalid_client_metadata',
        });
      }
      site.answers.set('/moved.json', (_request, response) =>
        response.writeHead(302, { location: `${site.origin}/a.json` }).end(),
      );
      site.answers.set('/large.json', json(documentAt('/large.json', { filler: 'x'.repeat(5_120) })));
      for (const path of [
        '/moved.json',
        '/large.json',
        '/nothing.json',
        '/',
        '/x/../a.json',
        '/a.json?x',
        '/a.json#x',
      ])
        expect((await register(path)).status, path).to.equal(400);
    });

    it('lie on other machines, unless it is said otherwise', async () => {
      const strict = await startStandIn();
      const token = await operatorToken(strict);
      const body = { external_client_id: `${site.origin}/a.json` };
      const { status } = await callManagement(strict, token, 'POST', 'clients/cimd/register', body);
      expect(status).to.equal(400);
      await strict.close();
    });
  });

  it('get nothing without a proof where they have to prove a key (Auth0 docs, "DPoP")', async () => {
    const clientId = await newThirdParty({ require_proof_of_possession: true });
    const { status, body } = await exchange(await codeOf(authorizeUrl(clientId)), clientId);
    expect({ status, error: body['error'] }).to.deep.equal({ status: 400, error: 'invalid_dpop_proof' });
  });

  it('have 200 refresh tokens of one user at most; the oldest goes ("Entity limit policy")', async () => {
    const clientId = await newThirdParty();
    const { body } = await exchange(await codeOf(authorizeUrl(clientId)), clientId);
    const own = () =>
      [...standIn.store.artifacts.by('account', 'auth0|ann')].filter(
        ({ model, payload }) => model === 'RefreshToken' && payload['clientId'] === clientId,
      );
    const [first] = own();
    for (let i = 0; i < 199; i += 1)
      standIn.store.artifacts.put({
        ...first!,
        id: `copy-${i}`,
        payload: { ...first!.payload, jti: `copy-${i}`, iat: Number(first!.payload['iat']) + 1 },
      });
    expect(own()).to.have.length(200);
    await exchange(await codeOf(authorizeUrl(clientId)), clientId);
    expect(own()).to.have.length(200);
    const refreshed = await postToken(standIn, {
      grant_type: 'refresh_token',
      client_id: clientId,
      refresh_token: String(body['refresh_token']),
    });
    expect(refreshed.status).to.equal(403);
  });

  it('that are unknown end on a page', async () => {
    const outcome = await signInByForm({ authorizeUrl: authorizeUrl('tpc_none'), ...ANN }).catch(
      (error: unknown) => error,
    );
    expect(outcome).to.be.instanceOf(EndedOnPage);
  });
});
