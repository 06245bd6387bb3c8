/** Somebody is signed in to one tenant, and a page of another one asks in the same browser session for a token, without asking the person. */
import type { Auth0Client } from '@auth0/auth0-spa-js';
import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { anyFreePort } from '../../src/start/ports.ts';
import {
  adminOf,
  anOrganization,
  aSharedTenant,
  aTenant,
  PASSWORD,
  type MadeTenant,
} from '../support/tenants.ts';
import { world, type World } from '../support/world.ts';
import { BROWSER_MS, browserOrSkip, type Browser } from './chromium.ts';
import { serveSpa, type SpaServer } from './spa-server.ts';

/** What the app's page holds; functions given to `evaluate` run there. */
declare const window: {
  auth0: { createAuth0Client(options: object): Promise<Auth0Client> };
  client: Auth0Client;
};

const kinds = ['own', 'shared', 'organization', 'organization with its web app'] as const;
type Kind = (typeof kinds)[number];
interface Place {
  tenant: MadeTenant;
  at: SpaServer;
}

/**
 * What the page of one tenant gets for a user of another. The shared database has one session at Auth0; that of another one is another.
 * `invalid_token`: the authority gives a token, and the API refuses it.
 */
const outcomes: Record<Kind, Record<Kind, string>> = {
  own: {
    own: 'itself',
    shared: 'login_required',
    organization: 'login_required',
    'organization with its web app': 'login_required',
  },
  shared: {
    own: 'login_required',
    shared: 'itself',
    organization: 'access_denied',
    'organization with its web app': 'access_denied',
  },
  organization: {
    own: 'login_required',
    // The SDK remembers the organization of the last sign-in with this client.
    shared: "the person's",
    organization: 'itself',
    'organization with its web app': 'access_denied',
  },
  'organization with its web app': {
    own: 'login_required',
    shared: 'invalid_token',
    organization: 'access_denied',
    'organization with its web app': 'itself',
  },
};

describe('a page of one tenant, in the session of a user of another', () => {
  let trivium: World;
  let browser: Browser;
  let page: Page;
  const places = {} as Record<Kind, Place>;

  before(async function () {
    this.timeout(BROWSER_MS);
    browser = await browserOrSkip(this);
    trivium = await world();
    const common = await serveSpa(Number(new URL(trivium.webApp.redirect_uri).port));
    places.shared = { tenant: await aSharedTenant(), at: common };
    places.organization = { tenant: await anOrganization(), at: common };
    places.own = await withApp((web_app) => aTenant({ web_app }));
    places['organization with its web app'] = await withApp((web_app) => anOrganization({ web_app }));
    for (const { tenant } of Object.values(places)) await adminOf(tenant);
  });
  after(async () => {
    await browser?.close();
    await Promise.all([...new Set(Object.values(places).map(({ at }) => at))].map((at) => at.close()));
  });
  beforeEach(async () => {
    await browser.context.clearCookies();
    page = await browser.context.newPage();
  });
  afterEach(() => page.close());

  async function withApp(make: (web_app: object) => Promise<MadeTenant>): Promise<Place> {
    const at = await serveSpa(await anyFreePort());
    return { at, tenant: await make({ origins: [at.origin], callback_urls: [`${at.origin}/callback`] }) };
  }

  async function createClient({ clientId, redirectUri, organization }: MadeTenant): Promise<void> {
    const settings = {
      domain: trivium.authority.replace(/\/$/, ''),
      clientId,
      authorizationParams: {
        redirect_uri: redirectUri,
        audience: trivium.audience,
        ...(organization !== undefined && { organization }),
      },
    };
    await page.evaluate(async (given) => {
      window.client = await window.auth0.createAuth0Client(given);
    }, settings);
  }

  async function open({ tenant, at }: Place): Promise<void> {
    await page.goto(at.origin);
    await createClient(tenant);
  }

  async function signIn(place: Place): Promise<void> {
    await open(place);
    await Promise.all([
      page.waitForURL(`${trivium.authority}**`),
      page.evaluate(() => window.client.loginWithRedirect()),
    ]);
    await page.getByLabel('Email address').fill(place.tenant.email);
    await page.getByLabel('Password').fill(PASSWORD);
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.waitForURL(`${place.tenant.redirectUri}?*`);
    await createClient(place.tenant);
    await page.evaluate(() => window.client.handleRedirectCallback());
  }

  /** The tenant that the API sees by a token that the page gets without asking anybody; or why there is none. */
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

  for (const of of kinds)
    it(`gets nothing of its own for one whose tenant is kept as: ${of}`, async () => {
      await signIn(places[of]);
      const seen: Partial<Record<Kind, string>> = {};
      for (const kind of kinds) {
        await open(places[kind]);
        const who = await whoAmI();
        const names = { [places[of].tenant.id]: "the person's", [places[kind].tenant.id]: 'itself' };
        seen[kind] = names[who] ?? who;
      }
      expect(seen).to.deep.equal(outcomes[of]);
      // The session is still what it was.
      await open(places[of]);
      expect(await whoAmI()).to.equal(places[of].tenant.id);
    }).timeout(60_000);
});
