/** How Auth0's SDK for single-page apps stays signed in at the stand-in, in a real browser: by frames, by refresh tokens, by consent. */
import type { Auth0Client } from '@auth0/auth0-spa-js';
import { expect } from 'chai';
import type { Page, Request } from 'playwright-core';
import type { StandIn } from '../../src/stand-in/stand-in.ts';
import {
  account,
  AUDIENCE,
  CONNECTION,
  loseRefreshTokens,
  PASSWORD,
  ROTATING,
  startStandIn,
} from '../stand-in/account.ts';
import { BROWSER_MS, browserOrSkip, type Browser } from './chromium.ts';
import { serveSpa, type SpaServer } from './spa-server.ts';

/** What the app's page holds; functions given to `evaluate` run there. */
declare const window: {
  auth0: { createAuth0Client(options: object): Promise<Auth0Client> };
  client: Auth0Client;
  location: { origin: string };
};

interface App {
  clientId: string;
  at: SpaServer;
}

/** What one request to the authority was. */
interface Asked {
  what: string;
  /** Whether a frame within the page asked, not the page itself. */
  inFrame: boolean;
  refreshToken: string | null;
}

const BY_FRAME = ['GET /authorize prompt=none', 'POST /oauth/token authorization_code'];
const BY_REFRESH_TOKEN = ['POST /oauth/token refresh_token'];
const WITH_REFRESH_TOKENS = { useRefreshTokens: true, useRefreshTokensFallback: false };

describe('a single-page app at the stand-in', () => {
  let browser: Browser;
  let standIn: StandIn;
  let own: App;
  let foreign: App;
  let page: Page;

  before(async function () {
    this.timeout(BROWSER_MS);
    browser = await browserOrSkip(this);
    own = { clientId: 'own-spa', at: await serveSpa() };
    foreign = { clientId: 'foreign-spa', at: await serveSpa() };
    const seed = account();
    seed.connections = [
      { name: CONNECTION, enabled_clients: [own.clientId], is_domain_connection: true },
      { name: 'globex' },
    ];
    seed.clients?.push(
      spaClient(own, {}),
      // Permissive: a strict one gets no id token, which this SDK cannot do without.
      spaClient(foreign, {
        is_first_party: false,
        third_party_security_mode: 'permissive',
        redirection_policy: 'allow_always',
      }),
    );
    standIn = await startStandIn({ seed });
  });

  after(async () => {
    await browser?.close();
    await Promise.all([standIn?.close(), own?.at.close(), foreign?.at.close()]);
  });

  beforeEach(async () => {
    await browser.context.clearCookies();
    for (const { id } of [...standIn.store.grants.values()]) standIn.store.grants.delete(id);
    page = await browser.context.newPage();
  });

  afterEach(() => page.close());

  const spaClient = ({ clientId, at }: App, more: object) => ({
    client_id: clientId,
    name: `The app ${clientId}`,
    app_type: 'spa' as const,
    token_endpoint_auth_method: 'none' as const,
    grant_types: ['authorization_code', 'refresh_token'],
    refresh_token: ROTATING,
    callbacks: [`${at.origin}/callback`],
    web_origins: [at.origin],
    allowed_logout_urls: [at.origin],
    ...more,
  });

  /** Gives the page a client, as the app's code would do on load. */
  async function createClient({ clientId, at }: App, options: object): Promise<void> {
    const settings = {
      domain: standIn.url.replace(/\/$/, ''),
      clientId,
      authorizationParams: {
        redirect_uri: `${at.origin}/callback`,
        audience: AUDIENCE,
        scope: 'openid profile email read:users',
      },
      ...options,
    };
    await page.evaluate(async (given) => {
      window.client = await window.auth0.createAuth0Client(given);
    }, settings);
  }

  /** Opens the app and follows its way to the authority, up to the first page that waits for somebody. */
  async function goToSignIn(app: App, options: object): Promise<void> {
    await page.goto(app.at.origin);
    await createClient(app, options);
    await Promise.all([
      page.waitForURL((url) => url.pathname === '/callback' || url.pathname.startsWith('/u/')),
      page.evaluate(() => window.client.loginWithRedirect()),
    ]);
  }

  async function typePassword(): Promise<void> {
    await page.getByLabel('Email address').fill('ann@example.com');
    await page.getByLabel('Password').fill(PASSWORD);
    await page.getByRole('button', { name: 'Continue' }).click();
  }

  /** @returns the OAuth error that the app gets to see, if there is one */
  async function comeBack(app: App, options: object): Promise<string | undefined> {
    await page.waitForURL(`${app.at.origin}/callback?*`);
    await createClient(app, options);
    return page.evaluate(() =>
      window.client.handleRedirectCallback().then(
        () => undefined,
        (reason: Error & { error?: string }) => reason.error ?? reason.message,
      ),
    );
  }

  async function signIn(app: App, options: object = {}): Promise<void> {
    await goToSignIn(app, options);
    await typePassword();
    expect(await comeBack(app, options)).to.equal(undefined);
  }

  /** A token that does not come out of the SDK's cache, or the OAuth error that came instead. */
  const renew = () =>
    page.evaluate(() =>
      window.client.getTokenSilently({ cacheMode: 'off' }).then(
        (token) => ({ token: token ?? '', error: undefined }),
        (reason: Error & { error?: string }) => ({ token: undefined, error: reason.error ?? reason.message }),
      ),
    );

  /** Runs something and tells what was asked of the authority meanwhile. */
  async function watching(work: () => Promise<unknown>): Promise<Asked[]> {
    const requests: Request[] = [];
    const keep = (request: Request) => {
      if (request.url().startsWith(standIn.url) && request.method() !== 'OPTIONS') requests.push(request);
    };
    browser.context.on('request', keep);
    await work();
    browser.context.off('request', keep);
    return requests.map((request) => {
      const { pathname, searchParams } = new URL(request.url());
      const form = new URLSearchParams(request.postData() ?? '');
      const prompt = searchParams.get('prompt');
      const what = prompt === null ? (form.get('grant_type') ?? '') : `prompt=${prompt}`;
      return {
        what: `${request.method()} ${pathname} ${what}`.trim(),
        inFrame: request.frame() !== page.mainFrame(),
        refreshToken: form.get('refresh_token'),
      };
    });
  }

  const claimsOf = (token: string | undefined) =>
    JSON.parse(Buffer.from(String(token).split('.')[1] ?? '', 'base64url').toString()) as object;

  describe('without refresh tokens', () => {
    it('renews its token by a hidden frame, from the session', async () => {
      await signIn(own);
      let renewed: Awaited<ReturnType<typeof renew>> | undefined;
      const asked = await watching(async () => (renewed = await renew()));
      expect(asked.map(({ what }) => what)).to.deep.equal(BY_FRAME);
      expect(asked[0]?.inFrame).to.equal(true);
      expect(claimsOf(renewed?.token)).to.deep.include({
        sub: 'auth0|ann',
        azp: own.clientId,
        aud: [AUDIENCE, `${standIn.url}userinfo`],
        scope: 'openid profile email read:users',
      });
    });

    it('cannot renew it when the session is gone', async () => {
      await signIn(own);
      await browser.context.clearCookies();
      expect(await renew()).to.deep.include({ error: 'login_required' });
    });

    it('is signed out by logout: login_required afterwards, and the password is asked for again', async () => {
      await signIn(own);
      // The control: there is a session up to here.
      expect((await renew()).error).to.equal(undefined);
      const cookies = await browser.context.cookies();
      await Promise.all([
        page.waitForURL(`${own.at.origin}/`),
        page.evaluate(() => window.client.logout({ logoutParams: { returnTo: window.location.origin } })),
      ]);
      await createClient(own, {});
      expect(await renew()).to.deep.include({ error: 'login_required' });
      // Over at the authority, too: a copy of the cookies opens nothing.
      await browser.context.addCookies(cookies);
      expect(await renew()).to.deep.include({ error: 'login_required' });
      await goToSignIn(own, {});
      await page.getByLabel('Password').waitFor();
    });
  });

  describe('with refresh tokens', () => {
    it('renews its token with a new one each time, whether there is a session or not', async () => {
      await signIn(own, WITH_REFRESH_TOKENS);
      await browser.context.clearCookies();
      const asked = await watching(async () => {
        expect((await renew()).error).to.equal(undefined);
        expect((await renew()).error).to.equal(undefined);
      });
      expect(asked.map(({ what }) => what)).to.deep.equal([...BY_REFRESH_TOKEN, ...BY_REFRESH_TOKEN]);
      expect(new Set(asked.map(({ refreshToken }) => refreshToken)).size).to.equal(2);
    });

    it('goes back to the frame when its refresh token is no longer good, if it was told to', async () => {
      await signIn(own, { ...WITH_REFRESH_TOKENS, useRefreshTokensFallback: true });
      loseRefreshTokens(standIn);
      const asked = await watching(async () => expect((await renew()).error).to.equal(undefined));
      // Auth0's wording is what the SDK looks for here: "invalid refresh token".
      expect(asked.map(({ what }) => what)).to.deep.equal([...BY_REFRESH_TOKEN, ...BY_FRAME]);
    });

    it('has nothing left when the refresh token is no longer good and no frame is allowed', async () => {
      await signIn(own, WITH_REFRESH_TOKENS);
      loseRefreshTokens(standIn);
      expect(await renew()).to.deep.include({ error: 'invalid_grant' });
    });
  });

  describe('of somebody else’s', () => {
    it('asks for consent once, and renews and signs in without asking from then on', async () => {
      await goToSignIn(foreign, {});
      await typePassword();
      await page.getByRole('heading', { name: 'Allow access?' }).waitFor();
      await page.getByText('read:users').waitFor();
      await page.getByRole('button', { name: 'Accept' }).click();
      expect(await comeBack(foreign, {})).to.equal(undefined);
      expect(claimsOf((await renew()).token)).to.include({ azp: foreign.clientId, sub: 'auth0|ann' });

      const asked = await watching(async () => {
        await goToSignIn(foreign, {});
        expect(await comeBack(foreign, {})).to.equal(undefined);
      });
      expect(asked.filter(({ what }) => what.includes('/u/'))).to.deep.equal([]);
      expect([...standIn.store.grants.values()].map(({ clientID }) => clientID)).to.deep.equal([
        foreign.clientId,
      ]);
    });

    it('is not let in silently by a session in which its user was never asked', async () => {
      await signIn(own);
      await page.goto(foreign.at.origin);
      await createClient(foreign, {});
      expect(await renew()).to.deep.include({ error: 'consent_required' });
    });

    it('is told when the user declines, and gets nothing silently afterwards either', async () => {
      await goToSignIn(foreign, {});
      await typePassword();
      await page.getByRole('button', { name: 'Decline' }).click();
      expect(await comeBack(foreign, {})).to.equal('access_denied');
      expect([...standIn.store.grants.values()]).to.deep.equal([]);
      expect(await renew()).to.deep.include({ error: 'consent_required' });
      // Asked anew, not refused for good.
      await goToSignIn(foreign, {});
      await page.getByRole('button', { name: 'Accept' }).waitFor();
    });
  });
});
