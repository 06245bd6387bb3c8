/**
 * Other people's clients that know the API's address and nothing else: they are told how to get in, sign a user in and ask for
 * consent in a real browser, call for the user, refresh, and give up what they have.
 */
import {
  auth as auth2,
  DpopSession,
  extractWWWAuthenticateParams as challengeOf2,
  UnauthorizedError,
  withOAuth,
} from '@modelcontextprotocol/client';
import {
  auth as auth1,
  extractWWWAuthenticateParams as challengeOf1,
} from '@modelcontextprotocol/sdk/client/auth.js';
import { expect } from 'chai';
import { decodeJwt } from 'jose';
import * as oauth from 'openid-client';
import type { Page } from 'playwright-core';
import { BROWSER_MS, browserOrSkip, type Browser } from '../browser/chromium.ts';
import { json, serveMetadata, type MetadataServer } from '../stand-in/metadata-server.ts';
import { demoUser } from '../support/callers.ts';
import { call } from '../support/client.ts';
import { adminOf, aTenant, PASSWORD } from '../support/tenants.ts';
import { world } from '../support/world.ts';
import { McpTool } from './mcp-tool.ts';

const SECONDS = 1_000;

interface Person {
  tenantId: string;
  email: string;
  password: string;
}
async function adminOfNew(how: object): Promise<Person> {
  const tenant = await aTenant({ web_app: undefined, ...how });
  await adminOf(tenant);
  return { tenantId: tenant.id, email: tenant.email, password: PASSWORD };
}
/** Somebody of a tenant of each kind. */
const people: [tenancy: string, person: () => Promise<Person>][] = [
  ['a database of its own', async () => ({ tenantId: 'acme', ...(await demoUser('acme', 'admin')) })],
  ['the database of the deployment', () => adminOfNew({ database: 'shared' })],
  ['an organization', () => adminOfNew({ database: 'shared', organization: 'new' })],
  ['an organization with a database of its own', () => adminOfNew({ database: 'own', organization: 'new' })],
];

for (const [tenancy, person] of people)
  describe(`clients that know only the API’s address, for users in ${tenancy}`, () => {
    let someone: Person;
    let browser: Browser;
    let page: Page;
    let api: string;
    /** Where the browser comes back to. */
    let ownSite: MetadataServer;
    /** Where a client tells about itself. */
    let documents: MetadataServer;
    let redirectUrl: string;

    before(async function () {
      this.timeout(BROWSER_MS);
      browser = await browserOrSkip(this);
      const { certificate, api: address } = await world();
      someone = await person();
      api = address;
      ownSite = await serveMetadata();
      documents = await serveMetadata('localhost', certificate.tls);
      redirectUrl = `${ownSite.origin}/done`;
      ownSite.answers.set('/done', (_request, response) => response.end('Done'));
    });
    after(async () => {
      await Promise.all([browser?.close(), ownSite?.close(), documents?.close()]);
    });
    beforeEach(async () => {
      await browser.context.clearCookies();
      page = await browser.context.newPage();
    });
    afterEach(() => page.close());

    /** What a person does: say which tenant it is of, sign in, read what is asked for, say yes. */
    async function letIn(url: URL, scopes: string[]): Promise<URL> {
      const { tenantId, email, password } = someone;
      await page.goto(url.href);
      await page.getByLabel('Your email address, or the ID of your company').fill(tenantId);
      await page.getByRole('button', { name: 'Continue' }).click();
      await page.getByLabel('Email address', { exact: true }).fill(email);
      await page.getByLabel('Password').fill(password);
      await page.getByRole('button', { name: 'Continue' }).click();
      const accept = page.getByRole('button', { name: 'Accept' });
      await accept.waitFor();
      const asked = await page.locator('li code').allTextContents();
      expect(asked).to.include.members(scopes);
      await Promise.all([page.waitForURL(`${redirectUrl}?*`), accept.click()]);
      return new URL(page.url());
    }

    const users = (token: string | undefined) => call('GET', '/v1/users', { as: `Bearer ${token}` });
    const refused = () => fetch(`${api}/v1/users`);

    it('openid-client: discovery, registration, code with PKCE, refresh, revocation', async function () {
      this.timeout(60 * SECONDS);
      const challenge = (await refused()).headers.get('www-authenticate') ?? '';
      const [, metadataUrl = ''] = /resource_metadata="([^"]+)"/.exec(challenge) ?? [];
      const [, scope = ''] = /scope="([^"]+)"/.exec(challenge) ?? [];
      const resource = (await (await fetch(metadataUrl)).json()) as {
        resource: string;
        authorization_servers: string[];
      };
      expect(resource.resource).to.equal(api);
      const config = await oauth.dynamicClientRegistration(
        new URL(resource.authorization_servers[0]!),
        {
          client_name: 'Somebody else’s application',
          redirect_uris: [redirectUrl],
          grant_types: ['authorization_code', 'refresh_token'],
          token_endpoint_auth_method: 'none',
        },
        oauth.None(),
        { algorithm: 'oauth2', execute: [oauth.allowInsecureRequests] },
      );
      expect(config.serverMetadata().supportsPKCE()).to.equal(true);
      const pkceCodeVerifier = oauth.randomPKCECodeVerifier();
      const expectedState = oauth.randomState();
      const url = oauth.buildAuthorizationUrl(config, {
        redirect_uri: redirectUrl,
        resource: resource.resource,
        scope: `${scope} offline_access`,
        state: expectedState,
        code_challenge: await oauth.calculatePKCECodeChallenge(pkceCodeVerifier),
        code_challenge_method: 'S256',
      });
      const back = await letIn(url, ['read:users']);
      const tokens = await oauth.authorizationCodeGrant(config, back, { pkceCodeVerifier, expectedState });
      expect((await users(tokens.access_token)).status).to.equal(200);
      const refreshed = await oauth.refreshTokenGrant(config, tokens.refresh_token!);
      expect((await users(refreshed.access_token)).status).to.equal(200);
      await oauth.tokenRevocation(config, refreshed.refresh_token!);
      const failure = await oauth
        .refreshTokenGrant(config, refreshed.refresh_token!)
        .catch((error: unknown) => error);
      expect(failure).to.be.instanceOf(oauth.ResponseBodyError).and.include({ error: 'invalid_grant' });
      const replay = await oauth
        .authorizationCodeGrant(config, back, { pkceCodeVerifier, expectedState })
        .catch((error: unknown) => error);
      expect(replay).to.be.instanceOf(oauth.ResponseBodyError).and.include({ error: 'invalid_grant' });
    });

    const documentAt = (path: string): string => {
      const clientId = documents.origin + path;
      documents.answers.set(
        path,
        json({
          client_id: clientId,
          client_name: 'A tool with a document',
          redirect_uris: [redirectUrl],
          application_type: 'native',
          grant_types: ['authorization_code', 'refresh_token'],
          response_types: ['code'],
          token_endpoint_auth_method: 'none',
        }),
      );
      return clientId;
    };

    /** Version 1 and 2 of the SDK ask alike; each is handed its own parts. */
    const versions = [
      {
        name: 'the MCP SDK 1.x',
        challengeOf: challengeOf1,
        auth: (tool: McpTool, options: Parameters<typeof auth1>[1]) => auth1(tool, options),
      },
      {
        name: 'the MCP SDK 2.x',
        challengeOf: challengeOf2,
        auth: (tool: McpTool, options: Parameters<typeof auth1>[1]) => auth2(tool, options),
      },
    ];
    for (const { name, challengeOf, auth } of versions) {
      const doors: [string, () => string | undefined, RegExp][] = [
        ['registers itself', () => undefined, /^tpc_/],
        ['brings a metadata document', () => documentAt(`/${name.at(-3)}.json`), /^https:\/\/localhost:/],
      ];
      for (const [door, clientMetadataUrl, id] of doors) {
        it(`${name} ${door}, asks a user, calls, and refreshes`, async function () {
          this.timeout(60 * SECONDS);
          const address = clientMetadataUrl();
          const tool = new McpTool({
            redirectUrl,
            ...(address !== undefined && { clientMetadataUrl: address }),
          });
          const { resourceMetadataUrl, scope } = challengeOf(await refused());
          const options = {
            serverUrl: api,
            ...(resourceMetadataUrl && { resourceMetadataUrl }),
            scope: `${scope} offline_access`,
          };
          expect(await auth(tool, options)).to.equal('REDIRECT');
          expect(tool.registered?.client_id).to.match(id);
          const back = await letIn(tool.sentTo!, ['read:users']);
          expect(back.searchParams.get('state')).to.equal(tool.state());
          const authorizationCode = back.searchParams.get('code')!;
          expect(await auth(tool, { ...options, authorizationCode })).to.equal('AUTHORIZED');
          const first = tool.tokens()!;
          expect(decodeJwt(first.access_token)).to.include({ azp: tool.registered?.client_id });
          expect((await users(first.access_token)).status).to.equal(200);
          tool.sentTo = undefined;
          expect(await auth(tool, options)).to.equal('AUTHORIZED');
          expect(tool.sentTo).to.equal(undefined);
          expect(tool.tokens()?.refresh_token).to.not.equal(first.refresh_token);
          expect((await users(tool.tokens()?.access_token)).status).to.equal(200);
        });
      }
    }

    it('the MCP SDK 2.x with tokens bound to its key', async function () {
      this.timeout(60 * SECONDS);
      const dpop = await DpopSession.create({ alg: 'ES256' });
      const tool = new McpTool({ redirectUrl, dpop });
      const fetchAsTool = withOAuth(tool, api)(fetch);
      const sentAway = await fetchAsTool(`${api}/v1/users`).catch((error: unknown) => error);
      expect(sentAway).to.be.instanceOf(UnauthorizedError);
      const back = await letIn(tool.sentTo!, ['read:users']);
      const authorizationCode = back.searchParams.get('code')!;
      expect(await auth2(tool, { serverUrl: api, authorizationCode })).to.equal('AUTHORIZED');
      const token = tool.tokens()?.access_token;
      expect(decodeJwt(String(token))['cnf']).to.deep.equal({ jkt: dpop.thumbprint });
      for (let i = 0; i < 2; i += 1)
        expect((await fetchAsTool(`${api}/v1/users?limit=1`)).status).to.equal(200);
      // Without the key, the same token is nothing.
      expect((await users(token)).status).to.equal(401);
    });
  });
