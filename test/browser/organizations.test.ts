/** Tenants that are organizations, with Auth0's own SDK and with somebody else's app, in one browser with one session. */
import type { Auth0Client } from '@auth0/auth0-spa-js';
import { expect } from 'chai';
import { randomBytes } from 'node:crypto';
import type { Redis } from 'ioredis';
import * as oauth from 'openid-client';
import type { Page } from 'playwright-core';
import { connectForWaiting } from '../../src/redis/connections.ts';
import { saveTenant } from '../../src/registry/tenants.ts';
import { SHARED_DATABASE } from '../../src/start/demo-tenants.ts';
import { management } from '../support/authority.ts';
import { call } from '../support/client.ts';
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
    expect(app_metadata![other.organization]).to.deep.equal({ tenant_id: other.id, roles: [] });
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

  describe('to somebody else’s app, which knows the API’s address only', () => {
    let app: oauth.Configuration;
    before(async () => {
      app = await oauth.dynamicClientRegistration(
        new URL(trivium.api),
        { client_name: 'Of others', redirect_uris: [redirectUrl()], token_endpoint_auth_method: 'none' },
        oauth.None(),
        { algorithm: 'oauth2', execute: [oauth.allowInsecureRequests] },
      );
      // As it is registered where TENANT_ORGANIZATIONS offers them.
      const { client_id } = app.clientMetadata();
      await (await management()).clients.update(client_id, { organization_usage: 'allow' });
    });
    const redirectUrl = () => `${spa.origin}/app`;

    /** @returns the token; the person says the tenant, signs in if asked, and consents if asked */
    async function tokenFor(tenantId: string): Promise<string> {
      const pkceCodeVerifier = oauth.randomPKCECodeVerifier();
      const url = oauth.buildAuthorizationUrl(app, {
        redirect_uri: redirectUrl(),
        scope: 'read:tenant',
        code_challenge: await oauth.calculatePKCECodeChallenge(pkceCodeVerifier),
        code_challenge_method: 'S256',
      });
      await page.goto(url.href);
      await page.getByLabel('Your email address, or the ID of your company').fill(tenantId);
      await page.getByRole('button', { name: 'Continue' }).click();
      const isDone = page.waitForURL(`${redirectUrl()}?*`);
      const [password, accept] = [page.getByLabel('Password'), page.getByRole('button', { name: 'Accept' })];
      await Promise.race([isDone, password.or(accept).waitFor()]).catch(() => undefined);
      if (await password.isVisible()) {
        await page.getByLabel('Email address').fill(email);
        await password.fill(PASSWORD);
        await page.getByRole('button', { name: 'Continue' }).click();
      }
      await Promise.race([isDone, accept.click().catch(() => undefined)]);
      await isDone;
      const tokens = await oauth.authorizationCodeGrant(app, new URL(page.url()), { pkceCodeVerifier });
      return `Bearer ${tokens.access_token}`;
    }

    it('consent for each, and withdraw from one without the other', async function () {
      this.timeout(60_000);
      const { client_id } = app.clientMetadata();
      const [inOne, inOther] = [await tokenFor(one.id), await tokenFor(other.id)];
      const me = async (as: string) => {
        const { body } = await call('GET', '/v1/me', { as });
        return (body.tenant_id ?? body.code) as string;
      };
      expect([await me(inOne), await me(inOther)]).to.deep.equal([one.id, other.id]);
      await signIn(one.organization);
      const own = await page.evaluate(() => window.client.getTokenSilently({ cacheMode: 'off' }));
      const path = `/v1/me/consents/${client_id}`;
      expect((await call('DELETE', path, { as: `Bearer ${own}` })).status).to.equal(204);
      expect([await me(inOne), await me(inOther)]).to.deep.equal(['consent_withdrawn', other.id]);
    });
  });
});
