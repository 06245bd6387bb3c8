/** The examples with pages: the team's own single-page app, and a third-party app, in a real browser. */
import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { anyFreePort } from '../../src/start/ports.ts';
import { BROWSER_MS, browserOrSkip, type Browser } from '../browser/chromium.ts';
import { demoTenant, demoUser, user } from '../support/callers.ts';
import { call } from '../support/client.ts';
import { examplesDeployment, type ExamplesDeployment } from './examples-deployment.ts';
import { startExample, type ExampleProgram } from './program.ts';

describe('the examples with pages', () => {
  let own: ExamplesDeployment;
  let orders: ExampleProgram;
  let browser: Browser;
  let page: Page;
  before(async function () {
    this.timeout(BROWSER_MS);
    browser = await browserOrSkip(this);
    own = await examplesDeployment();
    orders = await own.startOrders();
  });
  after(async () => {
    await browser?.close();
    await orders?.kill();
    await own?.end();
  });
  beforeEach(async () => {
    await browser.context.clearCookies();
    page = await browser.context.newPage();
  });
  afterEach(() => page.close());

  async function signInAs(role: 'admin' | 'member'): Promise<void> {
    const { email, password } = await demoUser('acme', role);
    await page.getByLabel('Email address').fill(email);
    await page.getByLabel('Password').fill(password);
    await page.getByRole('button', { name: 'Continue' }).click();
  }

  describe('(single-page app)', () => {
    let app: ExampleProgram;
    let origin: string;
    before(async () => {
      ({ origin } = new URL((await demoTenant('acme')).spa_redirect_uri));
      app = startExample([process.execPath, 'examples/spa/server.mjs'], {
        PORT: new URL(origin).port,
        TRIVIUM_DEV_JSON: own.devJson,
      });
      await app.says(/^Open /m);
    });
    after(() => app?.kill());

    it('signs in, lists orders, creates one, and signs out', async () => {
      await page.goto(origin);
      await page.getByRole('button', { name: 'Sign in' }).click();
      await signInAs('admin');
      await page.getByText(`Signed in as ${(await demoUser('acme', 'admin')).email}.`).waitFor();
      await page.getByLabel('Item').fill('Desk lamp');
      await page.getByLabel('Quantity').fill('3');
      await page.getByRole('button', { name: 'Create' }).click();
      await page.getByText('3 × Desk lamp').waitFor();
      // Sessions and orders outlive the page.
      await page.reload();
      await page.getByText('3 × Desk lamp').waitFor();
      await page.getByRole('button', { name: 'Sign out' }).click();
      await page.getByText('Not signed in.').waitFor();
      expect(await page.getByRole('listitem').count()).to.equal(0);
      await page.reload();
      await page.getByText('Not signed in.').waitFor();
    });

    it('shows why somebody is refused', async () => {
      await page.goto(origin);
      await page.getByRole('button', { name: 'Sign in' }).click();
      await signInAs('member');
      await page.getByRole('alert').filter({ hasText: /role/i }).waitFor();
      expect(await page.getByRole('listitem').count()).to.equal(0);
    });
  });

  describe('(third-party app)', () => {
    let app: ExampleProgram;
    let home: string;
    before(async () => {
      const port = await anyFreePort();
      home = `http://127.0.0.1:${port}/`;
      app = startExample([process.execPath, 'examples/third-party-app/app.mjs'], {
        PORT: String(port),
        API_URL: own.api,
      });
      await app.says(/^Open /m);
    });
    after(() => app?.kill());

    /** An app does not know whose company somebody is of: Trivium asks. */
    async function begin(): Promise<void> {
      await page.goto(home);
      await page.getByLabel('Your email address').fill((await demoUser('acme', 'admin')).email);
      await page.getByRole('button', { name: 'Continue' }).click();
      await signInAs('admin');
    }
    const shown = async (): Promise<unknown> => JSON.parse(await page.locator('body').innerText());

    it('is not let in by somebody who says no', async () => {
      await begin();
      await page.getByText('Order reports').first().waitFor();
      await page.getByRole('button', { name: 'Decline' }).click();
      await page.waitForLoadState();
      expect(await page.locator('body').innerText()).to.not.include('orders"');
    });

    it('lists orders once it has consent, and asks again when that was withdrawn', async () => {
      await begin();
      await page.getByText('See orders of your organization').waitFor();
      await page.getByRole('button', { name: 'Accept' }).click();
      await page.waitForURL(home);
      expect(await shown()).to.have.property('orders');

      const as = await user('acme');
      const { body } = await call('GET', '/v1/me/consents', { as });
      const [{ client_id, name, scopes }] = body.consents as [
        { client_id: string; name: string; scopes: string[] },
      ];
      expect([name, scopes]).to.deep.equal(['Order reports', ['read:orders']]);
      expect((await call('DELETE', `/v1/me/consents/${client_id}`, { as })).status).to.equal(204);
      await page.goto(home);
      await page.getByLabel('Your email address').fill((await demoUser('acme', 'admin')).email);
      await page.getByRole('button', { name: 'Continue' }).click();
      await page.getByText('See orders of your organization').waitFor();
      expect(await app.says(/withdrawn/)).to.not.match(/eyJ/);
      await page.getByRole('button', { name: 'Accept' }).click();
      await page.waitForURL(home);
      expect(await shown()).to.have.property('orders');
    });
  });
});
