/** The authorization endpoint: which API is asked for, in whose words, and how a person is told what is wrong. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import * as oauth from 'oauth4webapi';
import { APP_REDIRECT, registerApp, tokens, type RegisteredApp } from '../../support/apps.ts';
import { demoUser } from '../../support/callers.ts';
import { call } from '../../support/client.ts';
import { world, WORLD_MS } from '../../support/world.ts';
import { anyFreePort } from '../../../src/start/ports.ts';
import { walk } from '../../../src/start/sign-in.ts';

const BROWSER = 'text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8';

describe('authorization endpoint', () => {
  let api: string;
  let authority: string;
  before(async function () {
    this.timeout(WORLD_MS);
    ({ api, authority } = await world());
  });

  const ask = (more: string, accept?: string, at?: string) =>
    call('GET', `/oauth/authorize?client_id=tpc_x${more}`, {
      ...(accept !== undefined && { headers: { accept } }),
      ...(at !== undefined && { at }),
    });
  const to = ({ headers }: { headers: Headers }) => new URL(headers.get('location')!);

  const ours: [name: string, more: () => string][] = [
    ['nothing', () => ''],
    ['empty ones', () => '&resource=&audience='],
    ['our resource', () => `&resource=${encodeURIComponent(api)}`],
    ['our resource with a slash', () => `&resource=${encodeURIComponent(`${api}/`)}`],
    ['our resource in other letters', () => `&resource=${encodeURIComponent(api.replace('http', 'HTTP'))}`],
    [
      'our resource twice',
      () => `&resource=${encodeURIComponent(api)}&resource=${encodeURIComponent(`${api}/`)}`,
    ],
    ['our audience', () => `&audience=${encodeURIComponent(api)}`],
    ['both', () => `&audience=${encodeURIComponent(api)}&resource=${encodeURIComponent(api)}`],
  ];
  for (const [name, more] of ours) {
    it(`names this API to the authority by its audience, once: asked with ${name}`, async () => {
      const { audience } = await world();
      const answer = await ask(`${more()}&state=a%20b&scope=read:users`);
      expect(answer.status).to.equal(302);
      expect(to(answer).href.split('?')[0]).to.equal(`${authority}authorize`);
      expect([...to(answer).searchParams]).to.have.deep.members([
        ['client_id', 'tpc_x'],
        ['state', 'a b'],
        ['scope', 'read:users'],
        ['audience', audience],
      ]);
    });
  }

  const others: [name: string, more: () => string][] = [
    ['another resource', () => '&resource=https%3A%2F%2Fother.example'],
    ['another audience', () => '&audience=https%3A%2F%2Fother.example'],
    ['ours, and another', () => `&resource=${encodeURIComponent(api)}&resource=https%3A%2F%2Fother.example`],
    ['another resource beside our audience', () => `&audience=${encodeURIComponent(api)}&resource=urn:x`],
    ['what only begins like ours', () => `&resource=${encodeURIComponent(`${api}.evil.example`)}`],
    ['a path below ours', () => `&resource=${encodeURIComponent(`${api}/v1`)}`],
    ['ours with a fragment', () => `&resource=${encodeURIComponent(`${api}#x`)}`],
    ['ours with a query', () => `&resource=${encodeURIComponent(`${api}?x`)}`],
    ['a name that is no URL', () => '&audience=trivium'],
    ['the Management API', () => `&audience=${encodeURIComponent(`${authority}api/v2/`)}`],
  ];
  for (const [name, more] of others) {
    it(`refuses ${name}, and says what to send`, async () => {
      const { status, body, headers } = await ask(more());
      expect([status, body.error, headers.get('location')]).to.deep.equal([400, 'invalid_target', null]);
      expect(body.error_description).to.include(api);
    });
  }

  it('is where every app is sent, by metadata that strict clients take', async function () {
    this.timeout(WORLD_MS);
    const { startApi, audience, home } = await world();
    const port = await anyFreePort();
    const own = `http://localhost:${port}`;
    // The audience is the other processes' address.
    const elsewhere = await startApi('api-elsewhere', {
      PORT: String(port),
      PUBLIC_URL: own,
      METADATA_DOCUMENTS: 'off',
    });
    try {
      const insecure = { [oauth.allowInsecureRequests]: true };
      const address = new URL(own);
      const resource = await oauth.processResourceDiscoveryResponse(
        address,
        await oauth.resourceDiscoveryRequest(address, insecure),
      );
      expect(resource.resource).to.equal(own);
      const issuer = new URL(resource.authorization_servers![0]!);
      const server = await oauth.processDiscoveryResponse(
        issuer,
        await oauth.discoveryRequest(issuer, { algorithm: 'oauth2', ...insecure }),
      );
      expect(server.authorization_endpoint).to.equal(`${own}/oauth/authorize`);
      for (const resource of [own, audience]) {
        const answer = await ask(`&resource=${encodeURIComponent(resource)}`, undefined, own);
        expect(to(answer).searchParams.get('audience')).to.equal(audience);
      }
      const warnings = readFileSync(join(home, 'logs', 'api-elsewhere.log'), 'utf8');
      expect(warnings).to.match(/AUDIENCE \(\S+\) differs from PUBLIC_URL/);
      const quiet = readFileSync(join(home, 'logs', 'api.log'), 'utf8');
      expect(quiet).to.not.include('differs from PUBLIC_URL');
    } finally {
      await elsewhere.stop();
    }
  });

  it('announces only what a client gets a token with that goes by the metadata', async () => {
    const { body } = await call('GET', '/.well-known/oauth-authorization-server');
    expect(body.token_endpoint_auth_methods_supported).to.deep.equal([
      'none',
      'client_secret_post',
      'client_secret_basic',
    ]);
    expect(body).to.not.have.any.keys(
      'token_endpoint_auth_signing_alg_values_supported',
      'authorization_response_iss_parameter_supported',
    );
  });

  it('shows a page to a person, and an OAuth error to everything else', async () => {
    const wrong = '&resource=https%3A%2F%2Fother.example';
    for (const accept of [
      BROWSER,
      'text/html',
      'text/html;charset=utf-8',
      'text/*',
      'application/json;q=0.5, text/html',
    ]) {
      const { status, headers, body } = await ask(wrong, accept);
      expect(status, accept).to.equal(400);
      expect(headers.get('content-type'), accept).to.match(/^text\/html; charset=utf-8$/);
      expect(headers.get('vary'), accept).to.include('Accept');
      expect(headers.get('cache-control')).to.equal('no-store');
      expect(headers.get('content-security-policy')).to.include("default-src 'none'");
      expect(body, accept).to.include('<h1>Wrong resource or audience</h1>').and.include(api);
      expect(body).to.include('What you can do').and.include(headers.get('x-request-id'));
      expect(body)
        .to.not.match(/<(a|script|img|form|iframe)\b/)
        .and.not.include('other.example');
    }
    for (const accept of [
      undefined,
      '*/*',
      'application/json',
      'application/json, text/html',
      'application/*',
    ]) {
      const { headers, body } = await ask(wrong, accept);
      expect(headers.get('content-type'), accept).to.match(/^application\/json/);
      expect(body.error, accept).to.equal('invalid_target');
    }
  });

  it('shows a page for whatever it is refused with, and for nothing else of ours', async () => {
    const pages: [string, number, string][] = [
      ['/oauth/authorize', 400, 'Parameter'],
      ['/oauth/authorize?client_id=https%3A%2F%2Flocalhost%2F', 400, 'App refused'],
      ['/oauth/authorize?client_id=http%3A%2F%2F127.0.0.1%3A1%2Fx.json', 400, 'App refused'],
    ];
    for (const [path, expected, words] of pages) {
      const { status, headers, body } = await call('GET', path, { headers: { accept: BROWSER } });
      expect([path, status, headers.get('content-type')]).to.deep.equal([
        path,
        expected,
        'text/html; charset=utf-8',
      ]);
      expect(body).to.match(new RegExp(words, 'i'));
    }
    for (const path of ['/v1/users', '/oauth/register/tpc_x', '/nowhere']) {
      const { headers } = await call('GET', path, { headers: { accept: BROWSER } });
      expect(headers.get('content-type'), path).to.match(/json/);
    }
  });

  it('shows a page for another method, too, and none where it has none', async () => {
    const ask = async (method: string, path: string) => {
      const answer = await fetch(`${api}${path}`, { method, headers: { accept: BROWSER } });
      return [answer.status, answer.headers.get('content-type')?.split(';')[0], await answer.text()] as const;
    };
    for (const method of ['POST', 'PUT', 'DELETE']) {
      const [status, type, body] = await ask(method, '/oauth/authorize?client_id=tpc_x');
      expect([method, status, type]).to.deep.equal([method, 405, 'text/html']);
      expect(body).to.include('<h1>Method not allowed</h1>');
    }
    expect((await ask('HEAD', '/oauth/authorize')).slice(0, 2)).to.deep.equal([400, 'text/html']);
    for (const path of ['/docs', '/', '/v1/me', '/oauth/register'])
      expect((await ask('DELETE', path)).slice(0, 2), path).to.deep.equal([405, 'application/problem+json']);
  });

  it('says what is wrong with a query in words', async () => {
    const wrong: [query: string, words: string][] = [
      ['', '/client_id is missing'],
      ['client_id=tpc_x&%', 'the query must be UTF-8'],
      ['client_id=tpc_x&state=%E9', '/state must be UTF-8'],
    ];
    for (const [query, words] of wrong) {
      const { status, body } = await call('GET', `/oauth/authorize?${query}`);
      expect([status, body.error], query).to.deep.equal([400, 'invalid_request']);
      expect(body.error_description, query).to.include(words);
    }
  });

  describe('for a registered app', () => {
    let app: RegisteredApp;
    before(async () => {
      app = await registerApp({ scope: 'read:users read:tenant offline_access' });
    });
    const askAs = ({ clientId }: RegisteredApp, more: Record<string, string>) =>
      call(
        'GET',
        `/oauth/authorize?${new URLSearchParams({ client_id: clientId, state: 's', ...more }).toString()}`,
      );

    const scopes: [asked: string | undefined, sent: string][] = [
      [undefined, 'read:users read:tenant'],
      ['', 'read:users read:tenant'],
      ['openid profile email', 'openid profile email read:tenant read:users'],
      ['https://other.example/x', 'https://other.example/x read:users read:tenant'],
      ['offline_access', 'offline_access read:users read:tenant'],
      // Of this API, and not the app's.
      ['delete:users', 'delete:users read:users read:tenant'],
      ['READ:USERS', 'READ:USERS read:users read:tenant'],
      ['read:users', 'read:users'],
      ['read:tenant https://other.example/x', 'read:tenant https://other.example/x'],
    ];
    for (const [asked, sent] of scopes) {
      it(`asks for scopes with which it can do something: ${asked ?? 'nothing said'}`, async () => {
        const answer = await askAs(app, asked === undefined ? {} : { scope: asked });
        expect(to(answer).searchParams.get('scope')!.split(' ')).to.have.members(sent.split(' '));
      });
    }

    it('leaves out what the authority does not take of third parties, and nothing else', async () => {
      const { audience } = await world();
      const taken = {
        nonce: 'n',
        prompt: 'consent',
        login_hint: 'a@b.example',
        ui_locales: 'de',
        max_age: '5',
        'ext-own': 'x',
        scope: 'read:users',
        dpop_jkt: 'k',
        code_challenge: 'c',
      };
      const ignored = {
        access_type: 'offline',
        include_granted_scopes: 'true',
        'resource[]': 'x',
        claims: '{}',
        id_token_hint: 'x',
        screen_hint: 'signup',
        response_mode: 'query',
        extra: 'x',
      };
      const answer = await askAs(app, { ...taken, ...ignored });
      expect(Object.fromEntries(to(answer).searchParams)).to.deep.equal({
        client_id: app.clientId,
        state: 's',
        audience,
        ...taken,
      });
    });

    const refused: [more: Record<string, string>, words: RegExp][] = [
      [{ request: 'x.y.z' }, /^request is not taken here/],
      [{ request_uri: 'urn:ietf:params:oauth:request_uri:x' }, /^request_uri is not taken here/],
      [{ response_mode: 'form_post' }, /^response_mode can be query only/],
    ];
    for (const [more, words] of refused) {
      it(`refuses what would make it another request: ${JSON.stringify(more)}`, async () => {
        const { status, body } = await askAs(app, more);
        expect([status, body.error]).to.deep.equal([400, 'invalid_request']);
        expect(body.error_description).to.match(words);
      });
    }

    it('leads to a token of use, whatever it asked with', async function () {
      this.timeout(WORLD_MS);
      const { email: username, password } = await demoUser('acme', 'admin');
      const asked: Record<string, string>[] = [
        {},
        { scope: 'openid profile email' },
        { scope: 'https://other.example/x', access_type: 'offline', response_mode: 'query' },
      ];
      for (const more of asked) {
        const verifier = oauth.generateRandomCodeVerifier();
        const start = new URL(`${api}/oauth/authorize`);
        start.search = new URLSearchParams({
          client_id: app.clientId,
          redirect_uri: APP_REDIRECT,
          response_type: 'code',
          code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
          code_challenge_method: 'S256',
          ...more,
        }).toString();
        const end = await walk(start, APP_REDIRECT, { username, password });
        const { as } = await tokens({
          grant_type: 'authorization_code',
          client_id: app.clientId,
          redirect_uri: APP_REDIRECT,
          code: end.searchParams.get('code')!,
          code_verifier: verifier,
        });
        expect((await call('GET', '/v1/users', { as })).status, JSON.stringify(more)).to.equal(200);
      }
    });
  });

  it('shows a page to a browser whose address asked too often, before anything is done for it', async function () {
    this.timeout(WORLD_MS);
    const { startApi } = await world();
    const few = await startApi('api-few', { ANONYMOUS_REQUESTS_PER_MINUTE_PER_ADDRESS: '1' });
    try {
      await ask('', BROWSER, few.url);
      const { status, headers, body } = await ask('', BROWSER, few.url);
      expect([status, headers.get('content-type')]).to.deep.equal([429, 'text/html; charset=utf-8']);
      expect(body).to.match(/Wait \d+ seconds?, go back to the app and try again/);
    } finally {
      await few.stop();
    }
  });

  it('sends a registered app on, whatever browser asks, where it says whose users are meant', async () => {
    const app = await registerApp();
    const { status } = await call('GET', `/oauth/authorize?client_id=${app.clientId}&connection=acme-users`, {
      headers: { accept: BROWSER },
    });
    expect(status).to.equal(302);
  });
});
