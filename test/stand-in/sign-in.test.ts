import { createHash, randomBytes } from 'node:crypto';
import { expect } from 'chai';
import { createRemoteJWKSet, decodeJwt, decodeProtectedHeader, jwtVerify } from 'jose';
import type { StandIn } from '../../src/stand-in/stand-in.ts';
import {
  AUDIENCE,
  CALLBACK,
  callManagement,
  CONNECTION,
  operatorToken,
  PASSWORD,
  postToken,
  startStandIn,
} from './account.ts';
import { CookieJar, EndedOnPage, signInByForm } from './sign-in-by-form.ts';

/** One's own applications: sign-in without consent, tokens, silent renewal, sign-out. */
describe('stand-in: sign-in', () => {
  let standIn: StandIn;
  const verifier = randomBytes(32).toString('base64url');
  const challenge = createHash('sha256').update(verifier).digest('base64url');
  const ann = { email: 'ann@example.com', password: PASSWORD };

  before(async () => {
    standIn = await startStandIn();
  });
  after(() => standIn.close());

  function authorizeUrl(parameters: Record<string, string> = {}): URL {
    const url = new URL('authorize', standIn.url);
    url.search = new URLSearchParams({
      client_id: 'spa',
      response_type: 'code',
      redirect_uri: CALLBACK,
      audience: AUDIENCE,
      scope: 'openid profile email offline_access read:users unknown:scope',
      code_challenge: challenge,
      code_challenge_method: 'S256',
      state: 'some-state',
      nonce: 'some-nonce',
      ...parameters,
    }).toString();
    return url;
  }

  async function tokensFor(parameters: Record<string, string> = {}, cookies = new CookieJar()) {
    const back = await signInByForm({ authorizeUrl: authorizeUrl(parameters), ...ann, cookies });
    return exchange(back, parameters['client_id'] ?? 'spa');
  }

  async function exchange(back: URL, clientId: string, more: Record<string, string> = {}) {
    return postToken(standIn, {
      grant_type: 'authorization_code',
      client_id: clientId,
      code: back.searchParams.get('code') ?? '',
      redirect_uri: CALLBACK,
      code_verifier: verifier,
      ...more,
    });
  }

  it('gives an id token, an access token for the API and a refresh token, and asks for no consent', async () => {
    const { status, body } = await tokensFor();
    expect(status).to.equal(200);
    expect(body).to.have.all.keys(
      'access_token',
      'id_token',
      'refresh_token',
      'scope',
      'expires_in',
      'token_type',
    );
    expect(body).to.include({ token_type: 'Bearer', expires_in: 86_400 });
    expect(body['scope']).to.equal('openid profile email read:users offline_access');
    const keys = createRemoteJWKSet(new URL('.well-known/jwks.json', standIn.url));
    const { payload, protectedHeader } = await jwtVerify(String(body['access_token']), keys, {
      issuer: standIn.url,
      audience: AUDIENCE,
    });
    expect(protectedHeader).to.include({ typ: 'JWT', alg: 'RS256' });
    expect(payload).to.have.all.keys(
      'iss',
      'sub',
      'aud',
      'azp',
      'scope',
      'iat',
      'exp',
      `${AUDIENCE}/tenant_id`,
      `${AUDIENCE}/user_id`,
      `${AUDIENCE}/roles`,
    );
    expect(payload.aud).to.deep.equal([AUDIENCE, `${standIn.url}userinfo`]);
    expect(decodeJwt(String(body['id_token']))).to.include({
      iss: standIn.url,
      aud: 'spa',
      sub: 'auth0|ann',
      nonce: 'some-nonce',
      email: 'ann@example.com',
      email_verified: true,
      name: 'Ann',
    });
  });

  it('refreshes from a JSON body, marks the token, and rotates', async () => {
    const { body } = await tokensFor();
    const response = await fetch(`${standIn.url}oauth/token`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        grant_type: 'refresh_token',
        client_id: 'spa',
        refresh_token: body['refresh_token'],
        scope: 'openid read:users never:granted',
      }),
    });
    expect(response.status).to.equal(200);
    const refreshed = (await response.json()) as Record<string, string>;
    expect(refreshed['refresh_token']).to.not.equal(body['refresh_token']);
    expect(decodeJwt(String(refreshed['access_token']))).to.include({
      gty: 'refresh_token',
      scope: 'openid read:users',
    });
  });

  it('gives a lasting refresh token to a client that does not rotate', async () => {
    const back = await signInByForm({ authorizeUrl: authorizeUrl({ client_id: 'web' }), ...ann });
    const { body } = await exchange(back, 'web', { client_secret: 'web-secret' });
    const again = await postToken(standIn, {
      grant_type: 'refresh_token',
      client_id: 'web',
      client_secret: 'web-secret',
      refresh_token: String(body['refresh_token']),
    });
    expect(again.status).to.equal(200);
    expect(again.body['refresh_token']).to.equal(body['refresh_token']);
  });

  it('renews silently by web message while the session lasts, and says login_required when it is over', async () => {
    const cookies = new CookieJar();
    await tokensFor({}, cookies);
    const silent = authorizeUrl({ prompt: 'none', response_mode: 'web_message' });
    const renewed = await fetch(silent, { headers: { cookie: cookies.header(silent) } });
    expect(renewed.status).to.equal(200);
    expect(renewed.headers.get('x-frame-options')).to.equal(null);
    const message = await renewed.text();
    expect(message)
      .to.include('authorization_response')
      .and.match(/"code":"[\w-]+"/)
      .and.include('some-state');

    const out = new URL('v2/logout', standIn.url);
    out.search = new URLSearchParams({ client_id: 'spa', returnTo: 'http://localhost:4299' }).toString();
    const left = await fetch(out, { headers: { cookie: cookies.header(out) }, redirect: 'manual' });
    expect(left.headers.get('location')).to.equal('http://localhost:4299');
    const refused = await fetch(silent, { headers: { cookie: cookies.header(silent) } });
    expect(await refused.text()).to.include('login_required');
  });

  it('sends nobody away to an address that is not allowed', async () => {
    const out = await fetch(`${standIn.url}v2/logout?client_id=spa&returnTo=http://evil.example.com`);
    expect(out.status).to.equal(400);
    expect(await out.text()).to.include('Allowed Logout URLs');
  });

  it('answers /userinfo for JWTs and opaque tokens alike, by scope', async () => {
    const withApi = await tokensFor();
    const withoutApi = await tokensFor({ audience: '' });
    expect(String(withoutApi.body['access_token'])).to.not.include('.');
    for (const { body } of [withApi, withoutApi]) {
      const response = await fetch(`${standIn.url}userinfo`, {
        headers: { authorization: `Bearer ${String(body['access_token'])}` },
      });
      expect(response.status).to.equal(200);
      expect(await response.json()).to.include({
        sub: 'auth0|ann',
        email: 'ann@example.com',
        nickname: 'ann',
      });
    }
    const refused = await fetch(`${standIn.url}userinfo`, { headers: { authorization: 'Bearer nonsense' } });
    expect(refused.status).to.equal(401);
    expect(await refused.text()).to.equal('Unauthorized');
  });

  it('lets in users of enabled connections only, though addresses look alike', async () => {
    const gus = { email: 'gus@example.com', password: PASSWORD };
    const back = await signInByForm({ authorizeUrl: authorizeUrl(), ...gus });
    expect(back.searchParams.get('code')).to.be.a('string');
    const refused = await endOf(signInByForm({ authorizeUrl: authorizeUrl({ client_id: 'web' }), ...gus }));
    expect(refused.message).to.include('Wrong email or password');
    // Somebody's session at one application is none at another where they could not sign in.
    const cookies = new CookieJar();
    await signInByForm({ authorizeUrl: authorizeUrl(), ...gus, cookies });
    const other = authorizeUrl({ client_id: 'web', prompt: 'none' });
    const answer = await fetch(other, { headers: { cookie: cookies.header(other) }, redirect: 'manual' });
    expect(answer.headers.get('location')).to.include('error=login_required');
  });

  it('lets somebody else sign in over a session', async () => {
    const cookies = new CookieJar();
    await tokensFor({}, cookies);
    const back = await signInByForm({
      authorizeUrl: authorizeUrl({ prompt: 'login' }),
      email: 'gus@example.com',
      password: PASSWORD,
      cookies,
    });
    const { body } = await exchange(back, 'spa');
    expect(decodeJwt(String(body['access_token'])).sub).to.equal('auth0|gus');
  });

  it('refuses a blocked user with `unauthorized` (public reports), and stops refreshing', async () => {
    const operator = await operatorToken(standIn);
    const created = await callManagement<{ user_id: string }>(standIn, operator, 'POST', 'users', {
      connection: CONNECTION,
      email: 'blocked@example.com',
      password: PASSWORD,
    });
    const who = { email: 'blocked@example.com', password: PASSWORD };
    const back = await signInByForm({ authorizeUrl: authorizeUrl(), ...who });
    const { body } = await exchange(back, 'spa');
    await callManagement(standIn, operator, 'PATCH', `users/${encodeURIComponent(created.body.user_id)}`, {
      blocked: true,
    });
    const refused = await signInByForm({ authorizeUrl: authorizeUrl(), ...who });
    expect(refused.searchParams.get('error')).to.equal('unauthorized');
    expect(refused.searchParams.get('error_description')).to.equal('user is blocked');
    const refreshed = await postToken(standIn, {
      grant_type: 'refresh_token',
      client_id: 'spa',
      refresh_token: String(body['refresh_token']),
    });
    expect(refreshed).to.deep.include({ status: 403 });
  });

  it('shows a page, and redirects nowhere, for an unknown client or callback', async () => {
    const wrong: Record<string, string>[] = [
      { client_id: 'nobody' },
      { redirect_uri: 'http://localhost:1/elsewhere' },
    ];
    for (const parameters of wrong) {
      const response = await fetch(authorizeUrl(parameters), {
        redirect: 'manual',
        headers: { accept: '*/*' },
      });
      expect(response.status).to.be.within(400, 403);
      expect(response.headers.get('content-type')).to.include('text/html');
      expect(response.headers.get('location')).to.equal(null);
    }
  });

  it('tells the application of an unknown API (public reports: "Service not found")', async () => {
    const response = await fetch(authorizeUrl({ audience: 'https://nowhere.example.com' }), {
      redirect: 'manual',
    });
    const back = new URL(String(response.headers.get('location')));
    expect(back.searchParams.get('error')).to.equal('access_denied');
    expect(back.searchParams.get('error_description')).to.equal(
      'Service not found: https://nowhere.example.com',
    );
  });

  it('needs the right verifier', async () => {
    const back = await signInByForm({ authorizeUrl: authorizeUrl(), ...ann });
    const { status, body } = await exchange(back, 'spa', { code_verifier: 'x'.repeat(43) });
    expect(status).to.equal(403);
    expect(body).to.deep.equal({
      error: 'invalid_grant',
      error_description: 'Failed to verify code verifier',
    });
  });

  it('lets the origins of a client call the token endpoint from a browser, and no others', async () => {
    const parameters = { grant_type: 'refresh_token', client_id: 'spa', refresh_token: 'none' };
    const own = await postToken(standIn, parameters, { origin: 'http://localhost:4299' });
    expect(own.headers.get('access-control-allow-origin')).to.equal('http://localhost:4299');
    const other = await postToken(standIn, parameters, { origin: 'http://localhost:9999' });
    expect(other.headers.get('access-control-allow-origin')).to.equal(null);
  });

  it('describes itself for both kinds of discovery', async () => {
    for (const path of ['openid-configuration', 'oauth-authorization-server']) {
      const metadata = (await (await fetch(`${standIn.url}.well-known/${path}`)).json()) as Record<
        string,
        string
      >;
      expect(metadata).to.include({
        issuer: standIn.url,
        authorization_endpoint: `${standIn.url}authorize`,
        token_endpoint: `${standIn.url}oauth/token`,
        userinfo_endpoint: `${standIn.url}userinfo`,
        jwks_uri: `${standIn.url}.well-known/jwks.json`,
        revocation_endpoint: `${standIn.url}oauth/revoke`,
        registration_endpoint: `${standIn.url}oidc/register`,
      });
    }
  });

  it('logs sign-ins and exchanges, and nothing secret', async () => {
    await tokensFor();
    const { body: events } = await callManagement<{ type: string; user_id: string }[]>(
      standIn,
      await operatorToken(standIn),
      'GET',
      'logs?q=user_id:"auth0|ann"&per_page=100',
    );
    const types = new Set(events.map(({ type }) => type));
    expect([...types]).to.include.members(['s', 'seacft', 'slo']);
    expect(JSON.stringify([...standIn.store.logs.values()]))
      .to.not.include(PASSWORD)
      .and.not.include('web-secret');
  });

  it('makes tokens of the RFC 9068 profile for an API set to it', async () => {
    const { body } = await tokensFor({ audience: 'https://rfc9068.example.com', scope: 'read:things' });
    expect(body['expires_in']).to.equal(600);
    const token = String(body['access_token']);
    expect(decodeProtectedHeader(token).typ).to.equal('at+jwt');
    expect(decodeJwt(token)).to.include({ client_id: 'spa', sub: 'auth0|ann' }).and.to.have.property('jti');
    expect(decodeJwt(token)).to.not.have.any.keys('azp', 'gty');
  });
});

async function endOf(signIn: Promise<URL>): Promise<EndedOnPage> {
  const outcome = await signIn.catch((error: unknown) => error);
  expect(outcome).to.be.instanceOf(EndedOnPage);
  return outcome as EndedOnPage;
}
