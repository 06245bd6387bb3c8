/** Apps that prove themselves by a key: it is known by its own `kid`, at the authority too. */
import { expect } from 'chai';
import { exportJWK, generateKeyPair } from 'jose';
import * as oauth from 'oauth4webapi';
import { APP_REDIRECT, appMetadata, registerApp, toApp, type RegisteredApp } from '../../support/apps.ts';
import { management } from '../../support/authority.ts';
import { demoUser } from '../../support/callers.ts';
import { call } from '../../support/client.ts';
import { world, WORLD_MS } from '../../support/world.ts';
import { walk } from '../../../src/start/sign-in.ts';

const INSECURE = { [oauth.allowInsecureRequests]: true };
const METHOD = { token_endpoint_auth_method: 'private_key_jwt' };

interface Key {
  kid: string | undefined;
  jwk: Record<string, unknown>;
  key: Awaited<ReturnType<typeof generateKeyPair>>['privateKey'];
}

describe('private_key_jwt', () => {
  let ours: oauth.AuthorizationServer;
  let theirs: oauth.AuthorizationServer;
  before(async function () {
    this.timeout(WORLD_MS);
    const { api, authority } = await world();
    const discover = async (issuer: URL) =>
      oauth.processDiscoveryResponse(
        issuer,
        await oauth.discoveryRequest(issuer, { algorithm: 'oauth2', ...INSECURE }),
      );
    ours = await discover(new URL(api));
    theirs = await discover(new URL(authority));
  });

  async function newKey(kid?: string): Promise<Key> {
    const { publicKey, privateKey } = await generateKeyPair('RS256', { extractable: true });
    const jwk = { ...(await exportJWK(publicKey)), alg: 'RS256', ...(kid !== undefined && { kid }) };
    return { kid, jwk: jwk, key: privateKey };
  }

  /** As an unmodified client does it, which names that server in its assertion. */
  async function tokenFor({ clientId }: RegisteredApp, { key, kid }: Key, server: oauth.AuthorizationServer) {
    const client: oauth.Client = { client_id: clientId };
    const verifier = oauth.generateRandomCodeVerifier();
    const start = new URL(ours.authorization_endpoint!);
    start.search = new URLSearchParams({
      client_id: clientId,
      redirect_uri: APP_REDIRECT,
      response_type: 'code',
      scope: 'read:users',
      code_challenge_method: 'S256',
      code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
    }).toString();
    const { email: username, password } = await demoUser('acme', 'admin');
    const back = oauth.validateAuthResponse(
      ours,
      client,
      await walk(start, APP_REDIRECT, { username, password }),
    );
    const proof = oauth.PrivateKeyJwt(kid === undefined ? key : { key, kid });
    const response = await oauth.authorizationCodeGrantRequest(
      { ...server, token_endpoint: ours.token_endpoint! },
      ...([client, proof, back, APP_REDIRECT, verifier, INSECURE] as const),
    );
    const { access_token } = (await response.json()) as { access_token?: string };
    return access_token;
  }

  const kids = async ({ clientId }: RegisteredApp) =>
    (await (await management()).clients.credentials.list(clientId)).map(({ id, kid }) => ({ id, kid }));
  const put = async (app: RegisteredApp, ...keys: Key[]) => {
    const body = {
      ...appMetadata({ ...METHOD, jwks: { keys: keys.map(({ jwk }) => jwk) } }),
      client_id: app.clientId,
    };
    return call('PUT', app.path, { as: app.manages, body });
  };

  it('gets an app its tokens by a key with a kid, and by one without', async () => {
    for (const kid of ['key-of-november', undefined]) {
      const key = await newKey(kid);
      const app = await registerApp({ ...METHOD, jwks: { keys: [key.jwk] } });
      const token = await tokenFor(app, key, theirs);
      expect((await call('GET', '/v1/me', { as: `Bearer ${token}` })).status).to.equal(200);
    }
  });

  it('is not announced, because our name in an assertion is not the authority’s', async () => {
    const key = await newKey('key-of-november');
    const app = await registerApp({ ...METHOD, jwks: { keys: [key.jwk] } });
    expect(await tokenFor(app, key, ours)).to.equal(undefined);
    expect(ours.token_endpoint_auth_methods_supported).to.not.include('private_key_jwt');
  });

  it('keeps a key that stays when another is replaced, with its credential', async () => {
    const [stays, goes, comes] = [
      await newKey('the-one-that-stays'),
      await newKey('one-that-goes'),
      await newKey('one-that-comes'),
    ];
    const app = await registerApp({ ...METHOD, jwks: { keys: [stays.jwk, goes.jwk] } });
    const [before] = await kids(app);
    const changed = await put(app, stays, comes);
    expect(changed.status).to.equal(200);
    const after = await kids(app);
    expect(after.map(({ kid }) => kid)).to.have.members([stays.kid, comes.kid]);
    expect(after).to.deep.include(before);
    for (const key of [stays, comes]) expect(await tokenFor(app, key, theirs)).to.be.a('string');
    expect(await tokenFor(app, goes, theirs)).to.equal(undefined);
  });

  it('refuses another key under the kid of one that it knows', async () => {
    const first = await newKey('key-of-november');
    const app = await registerApp({ ...METHOD, jwks: { keys: [first.jwk] } });
    const { status, body } = await put(app, await newKey('key-of-november'));
    expect([status, body.error]).to.deep.equal([400, 'invalid_client_metadata']);
    expect(body.error_description).to.match(/jwks\.keys\[0\] has the kid/);
    expect(await tokenFor(app, first, theirs)).to.be.a('string');
  });

  it('leaves no key behind that an app has given up, so that its kid may come again', async () => {
    const first = await newKey('key-of-november');
    const app = await registerApp({ ...METHOD, jwks: { keys: [first.jwk] } });
    const body = { ...appMetadata(), client_id: app.clientId };
    const without = toApp(await call('PUT', app.path, { as: app.manages, body }));
    expect(await kids(app)).to.deep.equal([]);
    const second = await newKey('key-of-november');
    expect((await put(without, second)).status).to.equal(200);
    expect(await tokenFor(app, second, theirs)).to.be.a('string');
    expect(await tokenFor(app, first, theirs)).to.equal(undefined);
  });
});
