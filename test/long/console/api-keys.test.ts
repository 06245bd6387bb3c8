/** API keys in the console, with real parts: make one, use it, rotate it while the old one is in use, finish, delete it. */
import { expect } from 'chai';
import { BROWSER_MS, browserOrSkip, type Browser } from '../../browser/chromium.ts';
import { basic, demoUser } from '../../support/callers.ts';
import { until } from '../../support/api-keys.ts';
import { call } from '../../support/client.ts';
import { world } from '../../support/world.ts';
import { expectAccessible, openConsole, type ConsolePage } from './console-page.ts';

describe('API keys in the console', () => {
  let browser: Browser;
  let open: ConsolePage;

  before(async function () {
    this.timeout(BROWSER_MS);
    browser = await browserOrSkip(this);
    await world();
    open = await openConsole(browser, await demoUser('acme', 'admin'), '#/api-keys');
  });

  after(async () => {
    await browser?.close();
  });

  /** The key that is shown this once. @returns value of `Authorization` */
  async function shownKey(): Promise<string> {
    const dialog = open.page.getByRole('dialog', { name: 'Copy the key now' });
    await dialog.waitFor();
    const [id, secret] = await dialog.locator('pre').allTextContents();
    expect(await dialog.locator('pre').nth(2).textContent()).to.contain(`curl -u '${id}:${secret}'`);
    await expectAccessible(open, 'api-keys-secret');
    await dialog.getByRole('button', { name: 'I have copied it' }).click();
    expect(await open.page.content()).to.not.contain(secret);
    return basic(id!, secret!);
  }

  const use = async (key: string) => (await call('GET', '/v1/me', { as: key })).status;
  const row = (text: string) => open.page.getByRole('row').filter({ hasText: text });

  it('are listed', async () => {
    await row('Acme API key').waitFor();
    await expectAccessible(open, 'api-keys');
  });

  let key: string;

  it('are created with what I choose, and shown once', async () => {
    const { page } = open;
    await page.getByRole('button', { name: 'Create a key' }).click();
    await page.getByLabel('Name').fill('Nightly sync');
    await page.getByLabel('Choose').check();
    await page.getByRole('checkbox', { name: /read:tenant/ }).check();
    await page.getByRole('checkbox', { name: /read:users/ }).check();
    await expectAccessible(open, 'api-keys-new');
    await page.getByRole('button', { name: 'Create', exact: true }).click();
    key = await shownKey();
    expect(await use(key)).to.equal(200);
    const { body } = await call('GET', '/v1/me', { as: key });
    expect(body.scopes).to.have.members(['read:tenant', 'read:users']);
  });

  it('get further scopes', async () => {
    const { page } = open;
    await page.getByRole('link', { name: 'Change Nightly sync' }).click();
    await page.getByRole('checkbox', { name: /read:usage/ }).check();
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    const { body } = await call('GET', '/v1/me', { as: key });
    expect(body.scopes).to.include('read:usage');
  });

  it('are rotated while the old one is in use, and the page says when it is safe to finish', async () => {
    const { page } = open;
    await page.getByRole('link', { name: 'Rotate Nightly sync' }).click();
    await expectAccessible(open, 'api-keys-rotate');
    await page.getByRole('button', { name: 'Create the new key' }).click();
    const successor = await shownKey();
    expect([await use(key), await use(successor)]).to.deep.equal([200, 200]);
    const state = page.getByRole('region', { name: 'Rotation under way: Nightly sync' });
    await until(async () => {
      await use(successor);
      await page.reload();
      await state.waitFor();
      return (await state.textContent())!.includes('it is safe to finish');
    });
    await expectAccessible(open, 'api-keys-rotation');
    await state.getByRole('button', { name: 'Finish now' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Finish now' }).click();
    await state.waitFor({ state: 'detached' });
    await until(async () => (await use(key)) === 401);
    expect(await use(successor)).to.equal(200);
    key = successor;
  });

  it('are deleted once the name is typed', async () => {
    const { page } = open;
    await page.getByRole('link', { name: 'Delete Nightly sync' }).click();
    const dialog = page.getByRole('dialog');
    const remove = dialog.getByRole('button', { name: 'Delete' });
    expect(await remove.isDisabled()).to.equal(true);
    await dialog.getByLabel('Type Nightly sync to confirm').fill('Nightly sync');
    await expectAccessible(open, 'api-keys-delete');
    await remove.click();
    await dialog.waitFor({ state: 'detached' });
    await row('Nightly sync').waitFor({ state: 'detached' });
    await until(async () => (await use(key)) === 401);
  });

  it('show the refusal of the API with what to quote', async () => {
    const { page } = open;
    await page.getByRole('button', { name: 'Create a key' }).click();
    await page.getByLabel('Name').fill('Elsewhere');
    await page.getByLabel(/^Addresses/).fill('not-an-address');
    await page.getByRole('button', { name: 'Create', exact: true }).click();
    const alert = page.getByRole('dialog').getByRole('alert');
    await alert.waitFor();
    expect(await alert.textContent()).to.match(/Request id: [0-9a-f-]{36}/);
    await expectAccessible(open, 'api-keys-refused');
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
  });

  it('have links that are kept by the back button and by a reload', async () => {
    const { page } = open;
    await page.getByRole('link', { name: 'Rotate Acme API key' }).click();
    await page.getByRole('dialog').waitFor();
    await page.goBack();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.goForward();
    await page.getByRole('dialog').waitFor();
    await page.reload();
    await page.getByRole('dialog', { name: 'Rotate Acme API key' }).waitFor();
    await page.getByRole('button', { name: 'Cancel' }).click();
  });

  it('leave no secret in the address, the storage or the page, and break no policy', async () => {
    const { page, faults } = open;
    const stored = await page.evaluate(
      'JSON.stringify([{ ...localStorage }, { ...sessionStorage }, location.href])',
    );
    expect(stored).to.not.match(/eyJ|refresh|access_token|client_secret/);
    expect(faults).to.deep.equal([]);
  });

  it('are nothing for a member, who sees only what members may', async () => {
    const member = await openConsole(browser, await demoUser('acme', 'member'), '#/api-keys');
    await member.page.getByText('There is no such page').waitFor();
    await expectAccessible(member, 'member');
    expect(await member.page.getByRole('navigation').getByRole('link').allTextContents()).to.deep.equal([
      'Overview',
      'My consents',
    ]);
    expect(member.faults).to.deep.equal([]);
  });

  it('are gone after signing out', async () => {
    const { page } = open;
    const { api } = await world();
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.waitForURL(`${api}/docs`);
    await page.goto(`${api}/console#/api-keys`);
    await page.getByRole('main').getByRole('button', { name: 'Sign in' }).waitFor();
    await expectAccessible(open, 'signed-out');
  });
});
