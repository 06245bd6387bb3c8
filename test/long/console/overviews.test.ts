/** What deserves a look, for a tenant's administrator and for an operator, in the console. */
import { expect } from 'chai';
import { BROWSER_MS, browserOrSkip, type Browser } from '../../browser/chromium.ts';
import { apiKey, demoUser, user } from '../../support/callers.ts';
import { call } from '../../support/client.ts';
import { world } from '../../support/world.ts';
import { expectAccessible, openConsole } from './console-page.ts';

describe('overviews in the console', () => {
  let browser: Browser;

  before(async function () {
    this.timeout(BROWSER_MS);
    browser = await browserOrSkip(this);
    await world();
    await call('GET', '/v1/tenant', { as: await apiKey('acme') });
    // Refused: a member may not.
    await call('GET', '/v1/users', { as: await user('acme', 'member') });
  });

  after(async () => {
    await browser?.close();
  });

  it('show a tenant what deserves a look, and begin there', async () => {
    const open = await openConsole(browser, await demoUser('acme', 'admin'));
    const { page } = open;
    await page.getByRole('heading', { name: 'Acme', level: 1 }).waitFor();
    await page.getByRole('link', { name: 'API keys' }).last().waitFor();
    await expectAccessible(open, 'overview');
    expect(open.faults).to.deep.equal([]);
    await page.close();
  });

  it('show the audit log, filtered as the address says', async () => {
    const open = await openConsole(browser, await demoUser('acme', 'admin'), '#/audit');
    const { page } = open;
    await page.getByLabel('Outcome').selectOption('refused');
    await page.getByRole('button', { name: 'Show', exact: true }).click();
    await page.getByRole('row').filter({ hasText: 'insufficient_role' }).first().waitFor();
    expect(page.url()).to.match(/#\/audit\?outcome=refused$/);
    expect(await page.getByRole('row').filter({ hasText: 'succeeded' }).count()).to.equal(0);
    await expectAccessible(open, 'audit');
    await page.reload();
    await page.getByRole('row').filter({ hasText: 'insufficient_role' }).first().waitFor();
    await page.getByLabel('What happened').fill('nothing.like_this');
    await page.getByRole('button', { name: 'Show', exact: true }).click();
    await page.getByText('No such events').waitFor();
    expect(open.faults).to.deep.equal([]);
    await page.close();
  });

  it('show an operator the deployment live, and why something was refused', async () => {
    const { console, startWorker } = await world();
    const open = await openConsole(browser, console.operator);
    const { page } = open;
    const workers = page.getByText(/Workers alive: \d+/);
    await workers.waitFor();
    const before = Number(/\d+/.exec((await workers.textContent())!)![0]);
    const more = await startWorker('worker-for-the-console');
    try {
      await page.getByText(`Workers alive: ${before + 1}`).waitFor();
    } finally {
      await more.stop();
    }
    await page.getByText(`Workers alive: ${before}`).waitFor();
    await page.getByRole('button', { name: 'Read again' }).click();
    await page.getByRole('row').filter({ hasText: 'insufficient_role' }).first().waitFor();
    await expectAccessible(open, 'operations');
    expect(open.faults).to.deep.equal([]);
    await page.close();
  });
});
