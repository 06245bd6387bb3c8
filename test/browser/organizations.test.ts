/** Tenants that are organizations, with Auth0's own SDK and with somebody else's app, in one browser with one session. */
import type { Auth0Client } from '@auth0/auth0-spa-js';
import { expect } from 'chai';
import { randomBytes } from 'node:crypto';
import type { Redis } from 'ioredis';
import type { Page } from 'playwright-core';
import { connectForWaiting } from '../../src/redis/connections.ts';
import { saveTenant } from '../../src/registry/tenants.ts';
import { SHARED_DATABASE } from '../../src/start/demo-tenants.ts';
import { management } from '../support/authority.ts';
import { PASSWORD } from '../support/tenants.ts';
import { world, type World } from '../support/world.ts';
import { BROWSER_MS, browserOrSkip, type Browser } from './chromium.ts';
import { serveSpa, type SpaServer } from './spa-server.ts';

/** What the app's page holds; functions given to `evaluate` run there. */
declare const window: {
  auth0: { createAuth0Client(options: object): Promise<Auth0Client> };
  client: Auth0Client;
};

interface Organized {
  id: string;
  organization: string;
}

describe('tenants that are organizations, in a browser', () => {
  let trivium: World;
  let browser: Browser;
  let page: Page;
  let redis: Redis;
  let spa: SpaServer;
  let one: Organized;
  let other: Organized;
  /** At home in `one`, a guest of `other`. */
  let email: string;
  let userId: string;

  before(async function () {
    this.timeout(BROWSER_MS);
    browser = await browserOrSkip(this);
    trivium = await world();
    redis = connectForWaiting(trivium.redis);
    spa = await serveSpa(Number(new URL(trivium.webApp.redirect_uri).port));
    const sdk = await management();
    await sdk.clients.update(trivium.webApp.client_id, { organization_usage: 'allow' });
    [one, other] = [await anOrganization(), await anOrganization()];
    email = `ann@${one.id}.example`;
    const created = await sdk.users.create({
      connection: SHARED_DATABASE,
      email,
      password: PASSWORD,
      app_metadata: { tenant_id: one.id, roles: ['admin'] },
    });
    userId = created.user_id!;
    for (const { organization } of [one, other])
      await sdk.organizations.members.create(organization, { members: [userId] });
  });

  after(async () => {
    await Promise.all([browser?.close(), spa?.close()]);
    redis?.disconnect();
  });

  beforeEach(async () => {
    await browser.context.clearCookies();
    page = await browser.context.newPage();
  });
  afterEach(() => page.close());

  async function anOrganization(): Promise<Organized> {
    const id = `org-${randomBytes(6).toString('hex')}`;
    const sdk = await management();
    const { data } = await sdk.connections.list({ name: SHARED_DATABASE });
    const made = await sdk.organizations.create({
      name: id,
      metadata: { tenant_id: id },
      third_party_client_access: 'allow',
      enabled_connections: [{ connection_id: data[0]!.id! }],
    });
    await saveTenant(redis, {
      id,
      name: id,
      status: 'active',
      connection: SHARED_DATABASE,
      database: 'shared',
      shared_web_app: true,
      organization: made.id!,
      created_at: new Date().toISOString(),
    });
    return { id, organization: made.id! };
  }

  async function createClient(organization?: string): Promise<void> {
    const settings = {
      domain: trivium.authority.replace(/\/$/, ''),
      clientId: trivium.webApp.client_id,
      authorizationParams: {
        redirect_uri: trivium.webApp.redirect_uri,
        audience: trivium.audience,
        ...(organization !== undefined && { organization }),
      },
    };
    await page.evaluate(async (given) => {
      window.client = await window.auth0.createAuth0Client(given);
    }, settings);
  }

  async function signIn(organization?: string): Promise<URL> {
    await page.goto(spa.origin);
    await createClient(organization);
    await Promise.all([
      page.waitForURL(`${trivium.authority}**`),
      page.evaluate(() => window.client.loginWithRedirect({ authorizationParams: { prompt: 'login' } })),
    ]);
    await page.getByLabel('Email address').fill(email);
    await page.getByLabel('Password').fill(PASSWORD);
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.waitForURL(`${trivium.webApp.redirect_uri}?*`);
    const back = new URL(page.url());
    await createClient(organization);
    if (back.searchParams.has('code')) await page.evaluate(() => window.client.handleRedirectCallback());
    return back;
  }

  /** The tenant and the roles that the API sees, by a token that the page gets without asking anybody; or why there are none. */
  async function whoAmI(): Promise<string> {
    return page.evaluate(async (api) => {
      try {
        const token = await window.client.getTokenSilently({ cacheMode: 'off' });
        const response = await fetch(`${api}/v1/me`, { headers: { authorization: `Bearer ${token}` } });
        const { tenant_id, roles, code } = (await response.json()) as Record<string, string & string[]>;
        return tenant_id === undefined ? (code ?? 'nothing') : `${tenant_id} ${(roles ?? []).join()}`;
      } catch (error) {
        return (error as { error?: string }).error ?? (error as Error).name;
      }
    }, trivium.api);
  }

  it('know one person in each of two, in one session, with the roles of each', async function () {
    this.timeout(60_000);
    await signIn(one.organization);
    expect(await whoAmI()).to.equal(`${one.id} admin`);
    await page.goto(spa.origin);
    await createClient(other.organization);
    expect(await whoAmI()).to.equal(`${other.id} `);
    const { app_metadata } = await (await management()).users.get(userId);
    expect(app_metadata![other.organization]).to.deep.equal({ roles: [] });
  });

  it('take no token without an organization, though it names the person’s home', async function () {
    this.timeout(60_000);
    await signIn();
    expect(await whoAmI()).to.equal('invalid_token');
  });

  it('let in nobody who is no member', async function () {
    this.timeout(60_000);
    const stranger = await anOrganization();
    const back = await signIn(stranger.organization);
    expect(back.searchParams.get('error')).to.equal('access_denied');
  });
});
