import { expect } from 'chai';
import { decodeJwt } from 'jose';
import * as client from 'openid-client';
import type { StandIn } from '../../src/stand-in/stand-in.ts';
import { AUDIENCE, CALLBACK, callManagement, operatorToken, PASSWORD, startStandIn } from './account.ts';
import { CookieJar, EndedOnPage, signInByForm } from './sign-in-by-form.ts';

const REDIRECT = 'http://localhost:4298/done';

interface Begun {
  url: URL;
  verifier: string;
  state: string;
}

/** A third-party application that registers itself, driven by openid-client. */
describe('stand-in: third parties', () => {
  let standIn: StandIn;
  let config: client.Configuration;
  let operator: string;

  before(async () => {
    standIn = await startStandIn();
    operator = await operatorToken(standIn);
    config = await register();
  });
  after(() => standIn.close());

  async function register(): Promise<client.Configuration> {
    return client.dynamicClientRegistration(
      new URL(standIn.url),
      {
        client_name: 'Somebody else’s application',
        redirect_uris: [REDIRECT],
        grant_types: ['authorization_code', 'refresh_token', 'client_credentials'],
        token_endpoint_auth_method: 'none',
      },
      client.None(),
      { execute: [client.allowInsecureRequests] },
    );
  }

  async function begin(parameters: Record<string, string> = {}): Promise<Begun> {
    const verifier = client.randomPKCECodeVerifier();
    const state = client.randomState();
    const url = client.buildAuthorizationUrl(config, {
      redirect_uri: REDIRECT,
      audience: AUDIENCE,
      scope: 'openid offline_access read:users create:users',
      code_challenge: await client.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
      state,
      ...parameters,
    });
    return { url, verifier, state };
  }

  async function finish(begun: Begun, back: URL): Promise<client.TokenEndpointResponse> {
    return client.authorizationCodeGrant(config, back, {
      pkceCodeVerifier: begun.verifier,
      expectedState: begun.state,
    });
  }

  const ann = { email: 'ann@example.com', password: PASSWORD };

  it('get an id of their own kind and no more grants than they may have (Auth0 docs, "Dynamic client registration")', () => {
    const metadata = config.clientMetadata();
    expect(metadata.client_id).to.match(/^tpc_[A-Za-z0-9]{22}$/);
    expect(metadata).to.not.have.any.keys('client_secret', 'registration_access_token');
    expect(metadata['grant_types']).to.deep.equal(['authorization_code', 'refresh_token']);
  });

  it('ask once, get what is asked for ∩ their client grant, without OpenID Connect', async () => {
    const cookies = new CookieJar();
    const first = await begin();
    const back = await signInByForm({ authorizeUrl: first.url, ...ann, consent: 'accept', cookies });
    expect(back.href.startsWith(REDIRECT)).to.equal(true);
    const tokens = await finish(first, back);
    expect(tokens).to.not.have.property('id_token');
    expect(tokens.refresh_token).to.be.a('string');
    expect(tokens.token_type).to.equal('bearer');
    const claims = decodeJwt(tokens.access_token);
    expect(claims).to.deep.include({
      iss: standIn.url,
      sub: 'auth0|ann',
      aud: AUDIENCE,
      azp: config.clientMetadata().client_id,
      scope: 'read:users offline_access',
      [`${AUDIENCE}/tenant_id`]: 'acme',
      [`${AUDIENCE}/user_id`]: 'auth0|ann',
      [`${AUDIENCE}/roles`]: ['admin'],
    });
    expect(claims).to.not.have.property('gty');

    // Asked once: the second time, with the same browser, nothing at all is shown.
    const second = await begin();
    const again = await signInByForm({ authorizeUrl: second.url, email: '', password: '', cookies });
    expect((await finish(second, again)).access_token).to.be.a('string');
  });

  it('lose refresh tokens, and have to ask again, when the grant is deleted', async () => {
    const begun = await begin();
    const back = await signInByForm({ authorizeUrl: begun.url, ...ann, consent: 'accept' });
    const { refresh_token: refresh } = await finish(begun, back);
    // The control: it works before.
    const refreshed = await client.refreshTokenGrant(config, String(refresh));
    expect(refreshed.access_token).to.be.a('string');
    expect(refreshed.refresh_token).to.be.a('string').and.not.equal(refresh);

    const { body: grants } = await callManagement<
      { id: string; clientID: string; audience: string; scope: string[] }[]
    >(
      standIn,
      operator,
      'GET',
      `grants?user_id=${encodeURIComponent('auth0|ann')}&client_id=${config.clientMetadata().client_id}`,
    );
    expect(grants).to.have.length(1);
    expect(grants[0]).to.have.all.keys('id', 'clientID', 'user_id', 'audience', 'scope');
    expect((await callManagement(standIn, operator, 'DELETE', `grants/${grants[0]?.id}`)).status).to.equal(
      204,
    );

    const failure = await failureOf(client.refreshTokenGrant(config, String(refreshed.refresh_token)));
    expect(failure).to.deep.include({ status: 403, error: 'invalid_grant' });
    const next = await begin();
    const page = await pageOf(signInByForm({ authorizeUrl: next.url, ...ann }));
    expect(new URL(page.url).pathname).to.equal('/u/consent');
  });

  it('a rotated refresh token that comes back ends the whole family (Auth0 docs, "Refresh token rotation")', async () => {
    const begun = await begin();
    const back = await signInByForm({ authorizeUrl: begun.url, ...ann, consent: 'accept' });
    const { refresh_token: first } = await finish(begun, back);
    const { refresh_token: second } = await client.refreshTokenGrant(config, String(first));
    const reuse = await failureOf(client.refreshTokenGrant(config, String(first)));
    expect(reuse).to.deep.include({ error: 'invalid_grant' });
    const afterwards = await failureOf(client.refreshTokenGrant(config, String(second)));
    expect(afterwards).to.deep.include({
      error: 'invalid_grant',
      error_description: 'Unknown or invalid refresh token.',
    });
    const { body: events } = await callManagement<object[]>(standIn, operator, 'GET', 'logs?q=type:ferrt');
    expect(events).to.have.length(1);
  });

  it('revoke what they have', async () => {
    const begun = await begin();
    const back = await signInByForm({ authorizeUrl: begun.url, ...ann, consent: 'accept' });
    const { refresh_token: refresh } = await finish(begun, back);
    await client.tokenRevocation(config, String(refresh));
    expect(await failureOf(client.refreshTokenGrant(config, String(refresh)))).to.deep.include({
      error: 'invalid_grant',
    });
  });

  it('cannot use a code twice', async () => {
    const begun = await begin();
    const back = await signInByForm({ authorizeUrl: begun.url, ...ann, consent: 'accept' });
    await finish(begun, back);
    const failure = await failureOf(finish(begun, back));
    // Recorded.
    expect(failure).to.deep.include({
      status: 403,
      error: 'invalid_grant',
      error_description: 'Invalid authorization code',
    });
  });

  it('a declined consent stays on a page (Auth0 docs, "Security controls for third-party applications")', async () => {
    const begun = await begin({ scope: 'read:users', prompt: 'consent' });
    const page = await pageOf(signInByForm({ authorizeUrl: begun.url, ...ann, consent: 'decline' }));
    expect(page.status).to.equal(403);
    expect(page.html).to.include('User did not authorize the request').and.include('local stand-in');
  });

  it('cannot do without PKCE', async () => {
    const { url } = await begin();
    url.searchParams.delete('code_challenge');
    url.searchParams.delete('code_challenge_method');
    const outcome = await signInByForm({ authorizeUrl: url, ...ann, consent: 'accept' }).catch(
      (error: unknown) => error,
    );
    const refusal =
      outcome instanceof URL ? outcome.searchParams.get('error') : (outcome as EndedOnPage).html;
    expect(refusal).to.include('invalid_request');
  });

  it('get nothing at an API without a client grant', async () => {
    const begun = await begin({ audience: 'plain-name', scope: 'read:things' });
    const page = await pageOf(signInByForm({ authorizeUrl: begun.url, ...ann, consent: 'accept' }));
    expect(page.html)
      .to.include('unauthorized_client')
      .and.include('is not authorized to access resource server');
  });

  it('take `resource` for `audience`, with a slash more or less', async () => {
    const begun = await begin({ scope: 'read:users' });
    begun.url.searchParams.delete('audience');
    begun.url.searchParams.set('resource', `${AUDIENCE}/`);
    const back = await signInByForm({ authorizeUrl: begun.url, ...ann, consent: 'accept' });
    expect(decodeJwt((await finish(begun, back)).access_token).aud).to.equal(AUDIENCE);
  });

  it('that want no scope that they can have get a token without any', async () => {
    const begun = await begin({ scope: 'create:users' });
    const back = await signInByForm({ authorizeUrl: begun.url, ...ann, consent: 'accept' });
    const tokens = await finish(begun, back);
    expect(tokens).to.not.have.property('scope');
    expect(decodeJwt(tokens.access_token)).to.not.have.property('scope');
  });

  it('let in users of domain connections only', async () => {
    const begun = await begin();
    const page = await pageOf(
      signInByForm({
        authorizeUrl: begun.url,
        email: 'gus@example.com',
        password: PASSWORD,
        consent: 'accept',
      }),
    );
    expect(page.html).to.include('Wrong email or password');
  });

  it('in permissive mode get OpenID Connect, and are told of a refusal (Auth0 docs, "Permissive mode")', async () => {
    const { body } = await callManagement<{ client_id: string }>(standIn, operator, 'POST', 'clients', {
      name: 'An old third party',
      is_first_party: false,
      third_party_security_mode: 'permissive',
      redirection_policy: 'allow_always',
      token_endpoint_auth_method: 'none',
      callbacks: [REDIRECT],
      grant_types: ['authorization_code'],
    });
    expect(body.client_id).to.match(/^[A-Za-z0-9]{32}$/);
    const strict = config;
    config = await client.discovery(new URL(standIn.url), body.client_id, undefined, client.None(), {
      execute: [client.allowInsecureRequests],
    });
    try {
      const declined = await begin();
      const refusal = await signInByForm({ authorizeUrl: declined.url, ...ann, consent: 'decline' });
      expect(refusal.searchParams.get('error')).to.equal('access_denied');
      const begun = await begin();
      const back = await signInByForm({ authorizeUrl: begun.url, ...ann, consent: 'accept' });
      const tokens = await finish(begun, back);
      expect(tokens.id_token).to.be.a('string');
      expect(tokens.scope).to.equal('openid read:users');
    } finally {
      config = strict;
    }
  });

  it('say what is wrong with a registration', async () => {
    const response = await fetch(`${standIn.url}oidc/register`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ redirect_uris: [] }),
    });
    expect(response.status).to.equal(400);
    expect(await response.json()).to.deep.equal({
      error: 'invalid_redirect_uri',
      error_description: 'redirect_uris is required',
    });
    expect(CALLBACK).to.not.equal(REDIRECT);
  });
});

async function pageOf(signIn: Promise<URL>): Promise<EndedOnPage> {
  const outcome = await signIn.catch((error: unknown) => error);
  expect(outcome).to.be.instanceOf(EndedOnPage);
  return outcome as EndedOnPage;
}

async function failureOf(grant: Promise<unknown>): Promise<client.ResponseBodyError> {
  const outcome = await grant.catch((error: unknown) => error);
  expect(outcome).to.be.instanceOf(client.ResponseBodyError);
  return outcome as client.ResponseBodyError;
}
