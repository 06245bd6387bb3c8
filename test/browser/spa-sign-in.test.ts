/** A tenant's single-page app with Auth0's own SDK, in a real browser. */
import type { Auth0Client } from '@auth0/auth0-spa-js';
import { expect } from 'chai';
import type { Page, Request } from 'playwright-core';
import { demoTenant, demoUser } from '../support/callers.ts';
import { world, type World } from '../support/world.ts';
import { BROWSER_MS, browserOrSkip, type Browser } from './chromium.ts';
import { serveSpa, type SpaServer } from './spa-server.ts';

/** What the app's page holds; functions given to `evaluate` run there. */
declare const window: {
  auth0: { createAuth0Client(options: object): Promise<Auth0Client> };
  client: Auth0Client;
  location: { origin: string };
};

describe('a single-page app', () => {
  let trivium: World;
  let browser: Browser;
  let spa: SpaServer;
  let stranger: SpaServer;
  let page: Page;
  let tenant: Awaited<ReturnType<typeof demoTenant>>;

  before(async function () {
    this.timeout(BROWSER_MS);
    browser = await browserOrSkip(this);
    trivium = await world();
    tenant = await demoTenant('acme');
    spa = await serveSpa(Number(new URL(tenant.spa_redirect_uri).port));
    stranger = await serveSpa();
  });

  after(async () => {
    await browser?.close();
    await Promise.all([spa?.close(), stranger?.close()]);
  });

  beforeEach(async () => {
    await browser.context.clearCookies();
    page = await browser.context.newPage();
  });

  afterEach(() => page.close());

  /** Opens a page of the app and gives it a client, as the app's code would do on load. */
  async function open(address: string, options: object = {}): Promise<void> {
    await page.goto(address);
    await createClient(options);
  }

  async function createClient(options: object): Promise<void> {
    const settings = {
      domain: trivium.authority.replace(/\/$/, ''),
      clientId: tenant.spa_client_id,
      authorizationParams: { redirect_uri: tenant.spa_redirect_uri, audience: trivium.audience },
      ...options,
    };
    await page.evaluate(async (given) => {
      window.client = await window.auth0.createAuth0Client(given);
    }, settings);
  }

  async function signIn(options: object = {}): Promise<void> {
    const { email, password } = await demoUser('acme', 'admin');
    await open(spa.origin, options);
    await Promise.all([
      page.waitForURL(`${trivium.authority}**`),
      page.evaluate(() => window.client.loginWithRedirect()),
    ]);
    await page.getByLabel('Email address').fill(email);
    await page.getByLabel('Password').fill(password);
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.waitForURL(`${tenant.spa_redirect_uri}?*`);
    await createClient(options);
    await page.evaluate(() => window.client.handleRedirectCallback());
  }

  const getToken = (cacheMode: 'on' | 'off' = 'on') =>
    page.evaluate(
      async (mode) => (await window.client.getTokenSilently({ cacheMode: mode })) ?? '',
      cacheMode,
    );

  /** What the page asks of the authority from now on. */
  function watchAuthority(): () => string[] {
    const requests: Request[] = [];
    browser.context.on('request', (request) => {
      if (request.url().startsWith(trivium.authority)) requests.push(request);
    });
    return () =>
      requests.map((request) => {
        const { pathname, searchParams } = new URL(request.url());
        const prompt = searchParams.get('prompt');
        const form = new URLSearchParams(request.postData() ?? '');
        const what = prompt ? `prompt=${prompt}` : (form.get('grant_type') ?? '');
        return `${request.method()} ${pathname} ${what}`.trim();
      });
  }

  /** What the page's own `fetch` makes of it: no CORS, no answer. */
  const me = (token: string) =>
    page.evaluate(
      async ([url, authorization]) => {
        try {
          const response = await fetch(url!, { headers: { authorization: authorization! } });
          return { status: response.status, body: await response.json() };
        } catch (error) {
          return { refused: (error as Error).name };
        }
      },
      [`${trivium.api}/v1/me`, `Bearer ${token}`],
    );

  it('signs a user in, whose token the API knows', async () => {
    await signIn();
    const { email, user_id } = await demoUser('acme', 'admin');
    expect(await page.evaluate(() => window.client.getUser())).to.include({ email, sub: user_id });
    const answer = await me(await getToken());
    expect(answer.status).to.equal(200);
    expect(answer.body).to.deep.include({
      kind: 'user',
      tenant_id: 'acme',
      client_id: tenant.spa_client_id,
      user_id,
      roles: ['admin'],
    });
  });

  it('says what was wrong with a password, and signs nobody in', async () => {
    const { email } = await demoUser('acme', 'admin');
    await open(spa.origin);
    await Promise.all([
      page.waitForURL(`${trivium.authority}**`),
      page.evaluate(() => window.client.loginWithRedirect()),
    ]);
    await page.getByLabel('Email address').fill(email);
    await page.getByLabel('Password').fill('not the password');
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByRole('alert').waitFor();
    expect(page.url()).to.match(new RegExp(`^${trivium.authority}`));
  });

  it('keeps its session over a reload, by a silent sign-in in a frame', async () => {
    await signIn();
    // Its tokens lived in the page's memory only; a new client asks the authority as soon as it is made.
    const asked = watchAuthority();
    await open(spa.origin);
    expect(asked()).to.deep.equal(['GET /authorize prompt=none', 'POST /oauth/token authorization_code']);
    expect((await me(await getToken())).status).to.equal(200);
  });

  it('renews its token with a refresh token, without asking the session', async () => {
    const options = {
      useRefreshTokens: true,
      useRefreshTokensFallback: false,
      authorizationParams: {
        redirect_uri: tenant.spa_redirect_uri,
        audience: trivium.audience,
        scope: 'openid profile email offline_access',
      },
    };
    await signIn(options);
    const asked = watchAuthority();
    const token = await getToken('off');
    expect(asked()).to.deep.equal(['POST /oauth/token refresh_token']);
    expect((await me(token)).status).to.equal(200);
  });

  it('signs out: no silent sign-in afterwards', async () => {
    await signIn();
    await Promise.all([
      page.waitForURL((url) => url.origin === spa.origin && url.pathname === '/'),
      page.evaluate(() => window.client.logout({ logoutParams: { returnTo: window.location.origin } })),
    ]);
    await createClient({});
    const error = await page.evaluate(() =>
      window.client.getTokenSilently().then(
        () => 'signed in',
        (reason: { error?: string }) => reason.error,
      ),
    );
    expect(error).to.equal('login_required');
  });

  it('alone may read the API: a page of another origin may not, with the same token', async () => {
    await signIn();
    const token = await getToken();
    expect((await me(token)).status).to.equal(200);
    await page.goto(stranger.origin);
    expect(await me(token)).to.deep.equal({ refused: 'TypeError' });
  });
});
