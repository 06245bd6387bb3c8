/** What becomes of a standard client that knows our address when Auth0's two switches of this matter stand one way or the other. */
import { expect } from 'chai';
import * as oauth from 'oauth4webapi';
import { APP_REDIRECT, registerApp } from '../support/apps.ts';
import { management } from '../support/authority.ts';
import { demoUser } from '../support/callers.ts';
import { call } from '../support/client.ts';
import { world, WORLD_MS } from '../support/world.ts';
import { walk } from '../../src/start/sign-in.ts';

const NO_ISSUER = { authorization_response_iss_parameter_supported: false };
const INSECURE = { [oauth.allowInsecureRequests]: true };

describe('the authority’s switches', () => {
  let api: string;
  let server: oauth.AuthorizationServer;
  before(async function () {
    this.timeout(WORLD_MS);
    ({ api } = await world());
    server = await discover(api);
  });
  afterEach(async () => {
    await change({ resource_parameter_profile: 'compatibility', ...NO_ISSUER });
  });

  async function change(settings: object) {
    return (await management()).tenants.settings.update(settings);
  }

  async function discover(address: string): Promise<oauth.AuthorizationServer> {
    const issuer = new URL(address);
    const request = oauth.discoveryRequest(issuer, { algorithm: 'oauth2', ...INSECURE });
    return oauth.processDiscoveryResponse(issuer, await request);
  }

  /** @returns where the browser came back to, and what the client makes a token of it with */
  async function letIn(endpoint: string, more: Record<string, string>) {
    const { clientId } = await registerApp();
    const verifier = oauth.generateRandomCodeVerifier();
    const start = new URL(endpoint);
    start.search = new URLSearchParams({
      client_id: clientId,
      redirect_uri: APP_REDIRECT,
      response_type: 'code',
      scope: 'read:users',
      code_challenge_method: 'S256',
      code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
      ...more,
    }).toString();
    const { email: username, password } = await demoUser('acme', 'admin');
    const back = await walk(start, APP_REDIRECT, { username, password });
    return { client: { client_id: clientId }, verifier, back };
  }

  async function callAs({ client, verifier, back }: Awaited<ReturnType<typeof letIn>>): Promise<number> {
    const parameters = oauth.validateAuthResponse(server, client, back);
    const options = { ...INSECURE, additionalParameters: { resource: api } };
    const response = await oauth.authorizationCodeGrantRequest(
      ...([server, client, oauth.None(), parameters, APP_REDIRECT, verifier, options] as const),
    );
    const { access_token } = await oauth.processAuthorizationCodeResponse(server, client, response);
    return (await call('GET', '/v1/users', { as: `Bearer ${access_token}` })).status;
  }

  for (const resource_parameter_profile of ['audience', 'compatibility'] as const) {
    it(`"Resource Parameter Compatibility Profile" is the same to us: ${resource_parameter_profile}`, async () => {
      expect(await change({ resource_parameter_profile })).to.include({ resource_parameter_profile });
      const asked: Record<string, string>[] = [
        {},
        { resource: api },
        { resource: `${api}/` },
        { audience: api },
      ];
      for (const more of asked)
        expect(await callAs(await letIn(server.authorization_endpoint!, more))).to.equal(200);
    });
  }

  it('…but not to a client that goes to the authority itself: the control', async () => {
    const { authority } = await world();
    const itself = `${authority}authorize`;
    expect(await callAs(await letIn(itself, { resource: api }))).to.equal(200);
    await change({ resource_parameter_profile: 'audience' });
    const end = await letIn(itself, { resource: api }).catch((error: Error) => error);
    expect(end).to.be.instanceOf(Error);
  });

  it('"Include Issuer in Authorization Responses" stops strict clients, as decision 3 says', async () => {
    const { authority } = await world();
    await change({ authorization_response_iss_parameter_supported: true });
    const theirs = await discover(authority);
    expect(theirs.authorization_response_iss_parameter_supported).to.equal(true);
    const signedIn = await letIn(server.authorization_endpoint!, {});
    expect(signedIn.back.searchParams.get('iss')).to.equal(authority);
    expect(() => oauth.validateAuthResponse(server, signedIn.client, signedIn.back)).to.throw(/iss/);
    await change(NO_ISSUER);
    const usual = await letIn(server.authorization_endpoint!, {});
    expect(usual.back.searchParams.has('iss')).to.equal(false);
    expect(await callAs(usual)).to.equal(200);
    expect(await discover(authority)).to.not.have.property('authorization_response_iss_parameter_supported');
  });

  it('refuse what is no value of theirs, and keep the others', async () => {
    const sdk = await management();
    const before = await sdk.tenants.settings.get();
    for (const wrong of [
      { resource_parameter_profile: 'on' },
      { authorization_response_iss_parameter_supported: 'yes' },
    ]) {
      const refused = await change(wrong).then(
        () => undefined,
        ({ statusCode }: { statusCode?: number }) => statusCode,
      );
      expect(refused, JSON.stringify(wrong)).to.equal(400);
    }
    expect(await sdk.tenants.settings.get()).to.deep.equal(before);
  });
});
