/** Third-party apps in the console: a tenant decides while an app calls, and its user withdraws. */
import { expect } from 'chai';
import { BROWSER_MS, browserOrSkip, type Browser } from '../../browser/chromium.ts';
import { until } from '../../support/api-keys.ts';
import { letIn, registerApp, type AppTokens } from '../../support/apps.ts';
import { demoUser } from '../../support/callers.ts';
import { call } from '../../support/client.ts';
import { world } from '../../support/world.ts';
import { expectAccessible, openConsole } from './console-page.ts';

const NAME = 'Quarterly Reports';

describe('apps in the console', () => {
  let browser: Browser;
  let app: AppTokens;

  before(async function () {
    this.timeout(BROWSER_MS);
    browser = await browserOrSkip(this);
    await world();
    app = await letIn(await registerApp({ client_name: NAME }), 'acme', { scope: 'read:tenant' });
    expect(await codeOf()).to.equal('in');
  });

  after(async () => {
    await browser?.close();
  });

  async function codeOf(): Promise<string> {
    const { status, body } = await call('GET', '/v1/me', { as: app.as });
    return status === 200 ? 'in' : String(body.code);
  }

  it('are denied and allowed while they call', async () => {
    const open = await openConsole(browser, await demoUser('acme', 'admin'), '#/apps');
    const { page } = open;
    const card = page.getByRole('region', { name: NAME });
    await card.waitFor();
    await expectAccessible(open, 'apps');
    for (const [action, code] of [
      ['Deny', 'app_not_allowed'],
      ['Allow', 'in'],
    ] as const) {
      await card.getByRole('button', { name: action }).click();
      const dialog = page.getByRole('dialog');
      await dialog.waitFor();
      await expectAccessible(open, `apps-${action.toLowerCase()}`);
      await dialog.getByRole('button', { name: action }).click();
      await dialog.waitFor({ state: 'detached' });
      await until(async () => (await codeOf()) === code);
    }
    expect(open.faults).to.deep.equal([]);
    await page.close();
  });

  it('are refused once their user has withdrawn the consent', async () => {
    const open = await openConsole(browser, await demoUser('acme', 'admin'), '#/consents');
    const { page } = open;
    const card = page.getByRole('region', { name: NAME });
    await card.waitFor();
    await expectAccessible(open, 'consents');
    await card.getByRole('button', { name: 'Withdraw' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Withdraw' }).click();
    await card.waitFor({ state: 'detached' });
    await until(async () => (await codeOf()) !== 'in');
    expect(open.faults).to.deep.equal([]);
    await page.close();
  });

  it('are nothing that an operator decides here: people of the operator see no tenant', async () => {
    const { console } = await world();
    const open = await openConsole(browser, console.operator, '#/apps');
    await open.page.getByText('There is no such page').waitFor();
    expect(open.faults).to.deep.equal([]);
    await open.page.close();
  });
});
