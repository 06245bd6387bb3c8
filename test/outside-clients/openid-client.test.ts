/** openid-client, certified and unmodified, as a third-party application that registers itself. */
import { expect } from 'chai';
import { decodeJwt } from 'jose';
import * as client from 'openid-client';
import type { StandIn } from '../../src/stand-in/stand-in.ts';
import { AUDIENCE, PASSWORD, startStandIn } from '../stand-in/account.ts';
import { CookieJar, EndedOnPage, signInByForm } from '../stand-in/sign-in-by-form.ts';

const REDIRECT = 'http://localhost:4297/done';
const ANN = { email: 'ann@example.com', password: PASSWORD };
const INSECURE = { execute: [client.allowInsecureRequests] };

interface Begun {
  url: URL;
  checks: { pkceCodeVerifier: string; expectedState: string };
}

describe('openid-client at the stand-in', () => {
  let standIn: StandIn;
  let config: client.Configuration;

  before(async () => {
    standIn = await startStandIn();
    config = await register('none', client.None());
  });
  after(() => standIn.close());

  const register = (method: string, authentication?: client.ClientAuth) =>
    client.dynamicClientRegistration(
      new URL(standIn.url),
      {
        client_name: 'Somebody else’s application',
        redirect_uris: [REDIRECT],
        grant_types: ['authorization_code', 'refresh_token'],
        token_endpoint_auth_method: method,
      },
      authentication,
      INSECURE,
    );

  async function begin(as = config): Promise<Begun> {
    const pkceCodeVerifier = client.randomPKCECodeVerifier();
    const expectedState = client.randomState();
    const url = client.buildAuthorizationUrl(as, {
      redirect_uri: REDIRECT,
      audience: AUDIENCE,
      scope: 'offline_access read:users',
      code_challenge: await client.calculatePKCECodeChallenge(pkceCodeVerifier),
      code_challenge_method: 'S256',
      state: expectedState,
    });
    return { url, checks: { pkceCodeVerifier, expectedState } };
  }

  /** @returns the tokens, and the way back to the application with the code that they were made of */
  async function signIn(as = config) {
    const begun = await begin(as);
    const back = await signInByForm({ authorizeUrl: begun.url, ...ANN, consent: 'accept' });
    const tokens = await client.authorizationCodeGrant(as, back, begun.checks);
    return { tokens, back, checks: begun.checks };
  }

  const refresh = (token: string | undefined, as = config) =>
    client.refreshTokenGrant(as, String(token), { audience: AUDIENCE });

  it('finds out all it needs, and registers itself without a secret', () => {
    const server = config.serverMetadata();
    expect(server).to.include({ issuer: standIn.url, registration_endpoint: `${standIn.url}oidc/register` });
    expect(server.supportsPKCE()).to.equal(true);
    const metadata = config.clientMetadata();
    expect(metadata.client_id).to.match(/^tpc_/);
    expect(metadata).to.not.have.property('client_secret');
  });

  it('gets the user’s consent, then a token for the API with what was consented to', async () => {
    const { tokens } = await signIn();
    expect(tokens).to.include({ token_type: 'bearer', expires_in: 86_400 });
    expect(decodeJwt(tokens.access_token)).to.deep.include({
      iss: standIn.url,
      aud: AUDIENCE,
      sub: 'auth0|ann',
      azp: config.clientMetadata().client_id,
      scope: 'read:users offline_access',
    });
  });

  it('with a secret in the Authorization header or in the form gets tokens, with a wrong one nothing', async () => {
    for (const [method, authentication, wrong] of [
      ['client_secret_post', undefined, client.ClientSecretPost('wrong')],
      ['client_secret_basic', client.ClientSecretBasic(), client.ClientSecretBasic('wrong')],
    ] as const) {
      const registered = await register(method, authentication);
      const { client_secret: secret, client_id: id } = registered.clientMetadata();
      expect(secret).to.be.a('string');
      const { tokens } = await signIn(registered);
      expect((await refresh(tokens.refresh_token, registered)).access_token).to.be.a('string');

      const impostor = await client.discovery(new URL(standIn.url), id, undefined, wrong, INSECURE);
      const begun = await begin(impostor);
      const back = await signInByForm({ authorizeUrl: begun.url, ...ANN, consent: 'accept' });
      const failure = await failureOf(client.authorizationCodeGrant(impostor, back, begun.checks));
      expect(failure).to.deep.include({ status: 401, error: 'access_denied' });
    }
  });

  it('asks once: the same browser is sent straight back the second time', async () => {
    const cookies = new CookieJar();
    const as = await register('none', client.None());
    const first = await begin(as);
    await signInByForm({ authorizeUrl: first.url, ...ANN, consent: 'accept', cookies });
    const second = await begin(as);
    // No password and no answer to a question: either page would end this.
    const back = await signInByForm({ authorizeUrl: second.url, email: '', password: '', cookies });
    expect((await client.authorizationCodeGrant(as, back, second.checks)).access_token).to.be.a('string');
  });

  it('gets a new refresh token with each use of the last', async () => {
    const { tokens } = await signIn();
    const second = await refresh(tokens.refresh_token);
    const third = await refresh(second.refresh_token);
    const family = [tokens, second, third].map(({ refresh_token: token }) => token);
    expect(new Set(family).size).to.equal(3);
    expect(decodeJwt(third.access_token)).to.deep.include({ aud: AUDIENCE, sub: 'auth0|ann' });
  });

  it('loses the whole family when a used refresh token comes back', async () => {
    const { tokens } = await signIn();
    const { refresh_token: second } = await refresh(tokens.refresh_token);
    expect(await failureOf(refresh(tokens.refresh_token))).to.include({ error: 'invalid_grant' });
    expect(await failureOf(refresh(second))).to.include({ error: 'invalid_grant' });
    // Another sign-in of the same user is another family.
    const { tokens: others } = await signIn();
    expect((await refresh(others.refresh_token)).access_token).to.be.a('string');
  });

  it('has nothing left to refresh after a revocation', async () => {
    const { tokens } = await signIn();
    await client.tokenRevocation(config, String(tokens.refresh_token));
    expect(await failureOf(refresh(tokens.refresh_token))).to.include({ error: 'invalid_grant' });
  });

  it('cannot revoke what is not its own', async () => {
    const { tokens } = await signIn();
    const stranger = await register('none', client.None());
    await client.tokenRevocation(stranger, String(tokens.refresh_token)).catch(() => undefined);
    expect((await refresh(tokens.refresh_token)).access_token).to.be.a('string');
  });

  it('gets nothing for a code that was used, nor for one with another’s verifier', async () => {
    const { back, checks } = await signIn();
    expect(await failureOf(client.authorizationCodeGrant(config, back, checks))).to.deep.include({
      status: 403,
      error: 'invalid_grant',
    });
    const begun = await begin();
    const code = await signInByForm({ authorizeUrl: begun.url, ...ANN, consent: 'accept' });
    const stolen = { ...begun.checks, pkceCodeVerifier: client.randomPKCECodeVerifier() };
    expect(await failureOf(client.authorizationCodeGrant(config, code, stolen))).to.include({
      error: 'invalid_grant',
    });
  });

  it('hears nothing of a user who declines: that ends on a page of the authority’s', async () => {
    const as = await register('none', client.None());
    const begun = await begin(as);
    const outcome = await signInByForm({ authorizeUrl: begun.url, ...ANN, consent: 'decline' }).catch(
      (error: unknown) => error,
    );
    expect(outcome).to.be.instanceOf(EndedOnPage);
    const page = outcome as EndedOnPage;
    expect(page.status).to.equal(403);
    expect(page.html).to.include('User did not authorize the request');
    // Nothing was remembered as allowed.
    expect([...standIn.store.grants.values()].map(({ clientID }) => clientID)).to.not.include(
      as.clientMetadata().client_id,
    );
  });
});

async function failureOf(grant: Promise<unknown>): Promise<client.ResponseBodyError> {
  const outcome = await grant.catch((error: unknown) => error);
  expect(outcome).to.be.instanceOf(client.ResponseBodyError);
  return outcome as client.ResponseBodyError;
}
