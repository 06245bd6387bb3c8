/** An import in the console: a file with bad rows is checked, started, followed live, corrected and dropped again. */
import { randomUUID } from 'node:crypto';
import { expect } from 'chai';
import { BROWSER_MS, browserOrSkip, type Browser } from '../../browser/chromium.ts';
import { demoUser } from '../../support/callers.ts';
import { world } from '../../support/world.ts';
import { expectAccessible, openConsole, type ConsolePage } from './console-page.ts';

describe('imports in the console', () => {
  let browser: Browser;
  let open: ConsolePage;
  const batch = randomUUID().slice(0, 8);
  const GOOD = 300;

  before(async function () {
    this.timeout(BROWSER_MS);
    browser = await browserOrSkip(this);
    await world();
    open = await openConsole(browser, await demoUser('acme', 'admin'), '#/imports');
  });

  after(async () => {
    await browser?.close();
  });

  const csv = (rows: string[]) => ({
    name: 'people.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from(['email,name', ...rows].join('\n')),
  });
  const good = Array.from({ length: GOOD }, (_, index) => `p${index}-${batch}@acme.example,Person ${index}`);

  async function check(rows: string[]): Promise<void> {
    const { page } = open;
    await page.getByLabel('File').setInputFiles(csv(rows));
    await page.getByRole('button', { name: 'Check' }).click();
  }

  it('are checked first: the faults are shown where they are', async () => {
    const { page } = open;
    await check([...good, 'not-an-address,Nobody']);
    await page.getByText(`${GOOD} of ${GOOD + 1} rows are valid.`).waitFor();
    const fault = page.getByRole('row').filter({ hasText: 'email' }).last();
    expect(await fault.textContent()).to.match(new RegExp(`${GOOD + 1}.*email`));
    await expectAccessible(open, 'imports-checked');
  });

  it('run live, and end with the result of each row', async () => {
    const { page } = open;
    await page.getByRole('button', { name: 'Start the import' }).click();
    await page.getByRole('progressbar').waitFor();
    await expectAccessible(open, 'imports-running');
    await page.getByRole('region', { name: 'completed' }).waitFor();
    await page.getByText(`created: ${GOOD}`).waitFor();
    await page.getByText('failed: 1', { exact: true }).waitFor();
    const more = page.getByRole('button', { name: 'Show more' });
    for (const shown of [200, 300, GOOD + 1]) {
      await more.click();
      await page.getByRole('rowheader', { name: String(shown), exact: true }).waitFor();
    }
    await more.waitFor({ state: 'detached' });
    await page.getByLabel('Show').selectOption('failed');
    await page
      .getByRole('row')
      .filter({ hasText: `${GOOD + 1}failed` })
      .waitFor();
    expect(await page.getByRole('row').count()).to.equal(2);
    await expectAccessible(open, 'imports-ended');
  });

  it('give their rows as a file', async () => {
    const { page } = open;
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Download as CSV' }).click(),
    ]);
    expect(download.suggestedFilename()).to.match(/^import-.*\.csv$/);
  });

  it('are listed, and what was corrected can be dropped again', async () => {
    const { page } = open;
    await page.getByRole('link', { name: 'All imports' }).click();
    await page.getByRole('row').filter({ hasText: 'completed' }).first().waitFor();
    await expectAccessible(open, 'imports');
    await check([`corrected-${batch}@acme.example,Somebody`]);
    await page.getByText('1 of 1 rows are valid.').waitFor();
    await page.getByRole('button', { name: 'Start the import' }).click();
    await page.getByRole('region', { name: 'completed' }).waitFor();
    await page.getByText('created: 1', { exact: true }).waitFor();
  });

  it('of another tenant are not there, and nothing of them is', async () => {
    const own = new URL(open.page.url()).hash;
    const other = await openConsole(browser, await demoUser('globex', 'admin'), own);
    const alert = other.page.getByRole('alert');
    await alert.waitFor();
    expect(await alert.textContent()).to.contain('not_found');
    expect(other.faults).to.deep.equal([]);
    await other.page.close();
  });

  it('break no policy', () => {
    expect(open.faults).to.deep.equal([]);
  });
});
