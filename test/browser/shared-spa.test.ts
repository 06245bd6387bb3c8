/** The single-page app that tenants share, and one of a tenant's own beside it, with Auth0's own SDK, in one browser with one session. */
import type { Auth0Client } from '@auth0/auth0-spa-js';
import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { SHARED_DATABASE } from '../../src/start/demo-tenants.ts';
import { anyFreePort } from '../../src/start/ports.ts';
import { management } from '../support/authority.ts';
import { adminOf, aSharedTenant, aTenant, PASSWORD, type MadeTenant } from '../support/tenants.ts';
import { world, type World } from '../support/world.ts';
import { BROWSER_MS, browserOrSkip, type Browser } from './chromium.ts';
import { serveSpa, type SpaServer } from './spa-server.ts';

/** What the app's page holds; functions given to `evaluate` run there. */
declare const window: {
  auth0: { createAuth0Client(options: object): Promise<Auth0Client> };
  client: Auth0Client;
};

/** A page, and the client that it signs in with. */
interface App {
  at: SpaServer;
  clientId: string;
  redirectUri: string;
}

describe('a single-page app that tenants share', () => {
  let trivium: World;
  let browser: Browser;
  let page: Page;
  let one: MadeTenant;
  let other: MadeTenant;
  /** Its users live in the shared database, and it has a web app of its own. */
  let mixed: MadeTenant;
  /** It shares nothing. */
  let own: MadeTenant;
  let shared: App;
  let mixedApp: App;
  let ownApp: App;

  before(async function () {
    this.timeout(BROWSER_MS);
    browser = await browserOrSkip(this);
    trivium = await world();
    const { client_id: clientId, redirect_uri: redirectUri } = trivium.webApp;
    shared = { at: await serveSpa(Number(new URL(redirectUri).port)), clientId, redirectUri };
    [one, other] = [await aSharedTenant(), await aSharedTenant()];
    [mixed, mixedApp] = await withApp({ database: 'shared' });
    [own, ownApp] = await withApp({});
    for (const tenant of [one, other, mixed, own]) await adminOf(tenant);
  });

  after(async () => {
    await browser?.close();
    await Promise.all([shared, mixedApp, ownApp].map((app) => app?.at.close()));
  });

  beforeEach(async () => {
    await browser.context.clearCookies();
    page = await browser.context.newPage();
  });

  afterEach(() => page.close());

  async function withApp(more: object): Promise<[MadeTenant, App]> {
    const at = await serveSpa(await anyFreePort());
    const web_app = { origins: [at.origin], callback_urls: [`${at.origin}/callback`] };
    const tenant = await aTenant({ ...more, web_app });
    return [tenant, { at, clientId: tenant.clientId, redirectUri: tenant.redirectUri }];
  }

  async function open({ at, clientId, redirectUri }: App, address = at.origin): Promise<void> {
    await page.goto(address);
    await createClient({ clientId, redirectUri });
  }

  async function createClient({ clientId, redirectUri }: Omit<App, 'at'>): Promise<void> {
    const settings = {
      domain: trivium.authority.replace(/\/$/, ''),
      clientId,
      authorizationParams: { redirect_uri: redirectUri, audience: trivium.audience },
    };
    await page.evaluate(async (given) => {
      window.client = await window.auth0.createAuth0Client(given);
    }, settings);
  }

  /** @returns where the authority sent the browser back to */
  async function signIn(app: App, email: string, password = PASSWORD): Promise<URL> {
    await open(app);
    await Promise.all([
      page.waitForURL(`${trivium.authority}**`),
      page.evaluate(() => window.client.loginWithRedirect({ authorizationParams: { prompt: 'login' } })),
    ]);
    await page.getByLabel('Email address').fill(email);
    await page.getByLabel('Password').fill(password);
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.waitForURL(`${app.redirectUri}?*`);
    const back = new URL(page.url());
    await createClient(app);
    if (back.searchParams.has('code')) await page.evaluate(() => window.client.handleRedirectCallback());
    return back;
  }

  /** What the API makes of the token that the page gets without asking anybody: the tenant, or why there is none. */
  async function whoAmI(): Promise<string> {
    return page.evaluate(async (api) => {
      try {
        const token = await window.client.getTokenSilently({ cacheMode: 'off' });
        const response = await fetch(`${api}/v1/me`, { headers: { authorization: `Bearer ${token}` } });
        const { tenant_id, code } = (await response.json()) as { tenant_id?: string; code?: string };
        return tenant_id ?? code ?? 'nothing';
      } catch (error) {
        return (error as { error?: string }).error ?? (error as Error).name;
      }
    }, trivium.api);
  }

  it('knows each user as one of their tenant, also after another in the same browser', async () => {
    await signIn(shared, one.email);
    expect(await whoAmI()).to.equal(one.id);
    await signIn(shared, other.email);
    expect(await whoAmI()).to.equal(other.id);
    // As a page that was opened for the first one's tenant would ask: the session is the second one's, and so is the token.
    await open(shared, `${shared.at.origin}/?tenant=${one.id}`);
    expect(await whoAmI()).to.equal(other.id);
  });

  it('gives a signed-in user nothing at the web app of a tenant that shares the database', async () => {
    await signIn(shared, one.email);
    await open(mixedApp);
    expect(await whoAmI()).to.equal('invalid_token');
    // It is still the same user at the shared one.
    await open(shared);
    expect(await whoAmI()).to.equal(one.id);
  });

  it('takes no user of such a tenant, signed in there', async () => {
    await signIn(mixedApp, mixed.email);
    expect(await whoAmI()).to.equal(mixed.id);
    await open(shared);
    expect(await whoAmI()).to.equal('invalid_token');
  });

  it('has no session in common with a tenant that has a database of its own', async () => {
    await signIn(ownApp, own.email);
    expect(await whoAmI()).to.equal(own.id);
    await open(shared);
    expect(await whoAmI()).to.equal('login_required');
    await signIn(shared, one.email);
    await open(ownApp);
    expect(await whoAmI()).to.equal('login_required');
  });

  it('says why it lets in nobody who belongs to no tenant, also silently', async () => {
    const email = `nobody-${one.id}@x.example`;
    await (
      await management()
    ).users.create({
      connection: SHARED_DATABASE,
      email,
      password: PASSWORD,
    });
    const back = await signIn(shared, email);
    expect(back.searchParams.get('error')).to.equal('access_denied');
    expect(back.searchParams.get('error_description')).to.contain('belongs to no company here');
    await open(shared);
    expect(await whoAmI()).to.be.oneOf(['access_denied', 'login_required']);
  });
});
