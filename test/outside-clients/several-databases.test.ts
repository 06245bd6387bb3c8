/**
 * An authority whose sign-in page asks one database only, as Auth0's: clients that know the API's address sign in users of each tenant
 * all the same, in a real browser.
 */
import { expect } from 'chai';
import * as oauth from 'openid-client';
import type { Page } from 'playwright-core';
import { BROWSER_MS, browserOrSkip, type Browser } from '../browser/chromium.ts';
import { serveMetadata, type MetadataServer } from '../stand-in/metadata-server.ts';
import { demoUser, type TenantId } from '../support/callers.ts';
import { call } from '../support/client.ts';
import { world } from '../support/world.ts';

const SECONDS = 1_000;

describe('clients that know the API’s address only, where the sign-in page asks one database', () => {
  let browser: Browser;
  let page: Page;
  let ownSite: MetadataServer;
  let redirectUrl: string;
  let config: oauth.Configuration;
  /** What the browser refused to load, to run or to send. */
  let complaints: string[];

  before(async function () {
    this.timeout(BROWSER_MS);
    browser = await browserOrSkip(this);
    const { api, control } = await world();
    await control.change({ loginDatabases: 'one' });
    ownSite = await serveMetadata();
    redirectUrl = `${ownSite.origin}/done`;
    ownSite.answers.set('/done', (_request, response) => response.end('Done'));
    const answer = await fetch(`${api}/.well-known/oauth-protected-resource`);
    const { authorization_servers } = (await answer.json()) as { authorization_servers: [string] };
    config = await oauth.dynamicClientRegistration(
      new URL(authorization_servers[0]),
      { client_name: 'Somebody else’s', redirect_uris: [redirectUrl], token_endpoint_auth_method: 'none' },
      oauth.None(),
      { algorithm: 'oauth2', execute: [oauth.allowInsecureRequests] },
    );
  });
  after(async () => {
    await Promise.all([browser?.close(), ownSite?.close()]);
    await (await world()).control.change({ loginDatabases: 'all' });
  });
  beforeEach(async function () {
    this.timeout(60 * SECONDS);
    await browser.context.clearCookies();
    page = await browser.context.newPage();
    complaints = [];
    page.on('console', (message) => {
      if (/content security policy|refused to/i.test(message.text())) complaints.push(message.text());
    });
  });
  afterEach(() => page.close());

  interface SignIn {
    url: URL;
    checks: { pkceCodeVerifier: string; expectedState: string };
  }
  async function begin(more: Record<string, string> = {}): Promise<SignIn> {
    const checks = {
      pkceCodeVerifier: oauth.randomPKCECodeVerifier(),
      expectedState: oauth.randomState(),
    };
    const url = oauth.buildAuthorizationUrl(config, {
      redirect_uri: redirectUrl,
      scope: 'read:tenant',
      state: checks.expectedState,
      code_challenge: await oauth.calculatePKCECodeChallenge(checks.pkceCodeVerifier),
      code_challenge_method: 'S256',
      ...more,
    });
    return { url, checks };
  }

  const ours = () => page.getByLabel('Your email address, or the ID of your company');
  async function say(identifier: string, remember = false): Promise<void> {
    await ours().fill(identifier);
    if (remember) await page.getByLabel('Remember my company on this device').check();
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByLabel('Password').waitFor();
  }
  async function signIn(tenant: TenantId): Promise<void> {
    const { email, password } = await demoUser(tenant, 'admin');
    await page.getByLabel('Email address', { exact: true }).fill(email);
    await page.getByLabel('Password').fill(password);
    await page.getByRole('button', { name: 'Continue' }).click();
  }
  /** Consents if asked. @returns the tenant that the client's token is of */
  async function tenantOf({ checks }: SignIn): Promise<unknown> {
    const accept = page.getByRole('button', { name: 'Accept' });
    const isDone = page.waitForURL(`${redirectUrl}?*`);
    await Promise.race([isDone, accept.click().catch(() => undefined)]);
    await isDone;
    const tokens = await oauth.authorizationCodeGrant(config, new URL(page.url()), checks);
    const me = await call('GET', '/v1/me', { as: `Bearer ${tokens.access_token}` });
    expect(complaints).to.deep.equal([]);
    return me.body.tenant_id;
  }

  for (const tenant of ['acme', 'globex'] as const)
    it(`sign in a user of ${tenant}, who says so`, async function () {
      this.timeout(60 * SECONDS);
      const begun = await begin();
      await page.goto(begun.url.href);
      await say(tenant);
      await signIn(tenant);
      expect(await tenantOf(begun)).to.equal(tenant);
    });

  it('sign in a user whose browser remembers the tenant, without another question', async function () {
    this.timeout(60 * SECONDS);
    const { authority } = await world();
    await page.goto((await begin()).url.href);
    await say('globex', true);
    // Not signed in yet: it is not the authority's session that is remembered.
    const begun = await begin();
    await page.goto(begun.url.href);
    expect(page.url().startsWith(authority)).to.equal(true);
    await signIn('globex');
    expect(await tenantOf(begun)).to.equal('globex');
    await page.goto((await begin({ prompt: 'select_account' })).url.href);
    expect(await ours().isVisible()).to.equal(true);
  });

  it('send nobody in who names a tenant that is not theirs, and let them come back', async function () {
    this.timeout(60 * SECONDS);
    const begun = await begin();
    await page.goto(begun.url.href);
    await say('globex');
    await signIn('acme');
    await page.getByText(/wrong/i).first().waitFor();
    await page.goto(begun.url.href);
    await say('acme');
    await signIn('acme');
    expect(await tenantOf(begun)).to.equal('acme');
  });

  it('get the token of the user who is signed in or signs in, whatever tenant was named', async function () {
    this.timeout(60 * SECONDS);
    const first = await begin();
    await page.goto(first.url.href);
    await say('acme');
    await signIn('acme');
    expect(await tenantOf(first)).to.equal('acme');
    // The session at the authority goes first.
    const again = await begin();
    await page.goto(again.url.href);
    await ours().fill('globex');
    await page.getByRole('button', { name: 'Continue' }).click();
    expect(await tenantOf(again)).to.equal('acme');
    const anew = await begin({ prompt: 'login' });
    await page.goto(anew.url.href);
    await say('globex');
    await signIn('globex');
    expect(await tenantOf(anew)).to.equal('globex');
  });

  it('show the same for a name that no tenant has as for one that has', async function () {
    this.timeout(60 * SECONDS);
    const shown: string[] = [];
    for (const name of ['acme', 'nobody-has-this', '"><script>alert(1)</script>']) {
      await page.goto((await begin()).url.href);
      await say(name);
      shown.push(await page.locator('body').innerText());
    }
    expect(shown[1]).to.equal(shown[0]);
    expect(shown[2]).to.equal(shown[0]);
    expect(complaints).to.deep.equal([]);
  });

  it('cannot have a page of theirs say whose user somebody is', async function () {
    this.timeout(60 * SECONDS);
    const { api } = await world();
    const headers = { accept: 'text/html' };
    const text = await (await fetch((await begin()).url, { headers })).text();
    const [, request = ''] = /name="request" value="([^"]+)"/.exec(text) ?? [];
    ownSite.answers.set('/trap', (_request, response) => {
      response.setHeader('content-type', 'text/html');
      response.end(`<form method="post" action="${api}/oauth/authorize/tenant"><input name="request" value="${request}">
        <input name="identifier" value="globex"><input name="remember" value="yes"><button>Win</button></form>`);
    });
    await page.goto(`${ownSite.origin}/trap`);
    await page.getByRole('button', { name: 'Win' }).click();
    await page.getByRole('heading', { name: 'Form of another site' }).waitFor();
    expect(await browser.context.cookies(api)).to.deep.equal([]);
  });
});
