/** A page of the console in a real browser: what its policy refused, what axe finds, and what it looks like. */
import { mkdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { expect } from 'chai';
import type { Page } from 'playwright-core';
import type { Browser } from '../../browser/chromium.ts';
import { world } from '../../support/world.ts';

const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
/** Screenshots are written where this names a folder. */
const SCREENSHOTS = process.env['CONSOLE_SCREENSHOTS'];
const LOOKS = [
  { name: 'light', colorScheme: 'light', width: 1_200 },
  { name: 'dark', colorScheme: 'dark', width: 1_200 },
  { name: 'narrow', colorScheme: 'light', width: 360 },
] as const;
const HEIGHT = 900;

export interface ConsolePage {
  page: Page;
  /** What the browser refused, and what was thrown, since it was opened. */
  faults: string[];
}

/** Opens the console in a new tab, and signs a person in. */
export async function openConsole(
  browser: Browser,
  { email, password }: { email: string; password: string },
  place = '',
): Promise<ConsolePage> {
  await browser.context.clearCookies();
  const page = await browser.context.newPage();
  page.setDefaultTimeout(60_000);
  const faults: string[] = [];
  page.on('console', (message) => {
    if (/Content Security Policy|Trusted/i.test(message.text())) faults.push(message.text());
  });
  page.on('pageerror', (error) => faults.push(error.message));
  const { api } = await world();
  await page.goto(`${api}/console${place}`);
  await page.getByRole('main').getByRole('button', { name: 'Sign in' }).click();
  await page.getByLabel('Email address').fill(email);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.waitForURL(`${api}/console**`);
  await page.getByRole('button', { name: 'Sign out' }).waitFor();
  return { page, faults };
}

/** Light, dark and narrow: no violation of accessibility rules, and nothing wider than the page. */
export async function expectAccessible({ page }: ConsolePage, name: string): Promise<void> {
  for (const look of LOOKS) {
    await page.emulateMedia({ colorScheme: look.colorScheme });
    await page.setViewportSize({ width: look.width, height: HEIGHT });
    if (SCREENSHOTS) {
      await mkdir(SCREENSHOTS, { recursive: true });
      await page.screenshot({ path: join(SCREENSHOTS, `${name}-${look.name}.png`) });
    }
    expect(await violations(page), `${name}, ${look.name}`).to.deep.equal([]);
    const overflow = await page.evaluate('document.documentElement.scrollWidth - innerWidth');
    expect(overflow, `${name}, ${look.name}: wider than the page`).to.be.at.most(0);
  }
  await page.emulateMedia({ colorScheme: 'light' });
  await page.setViewportSize({ width: LOOKS[0].width, height: HEIGHT });
}

/** By the browser's own protocol, which the page's policy does not hold. */
async function violations(page: Page): Promise<unknown[]> {
  const session = await page.context().newCDPSession(page);
  const { readFile } = await import('node:fs/promises');
  await session.send('Runtime.evaluate', { expression: await readFile(AXE, 'utf8') });
  const { result } = await session.send('Runtime.evaluate', {
    expression:
      'axe.run().then(({ violations }) => JSON.stringify(violations.map(({ id, nodes }) => [id, ...nodes.map(({ html }) => html)])))',
    awaitPromise: true,
    returnByValue: true,
  });
  await session.detach();
  return JSON.parse(String(result.value)) as unknown[];
}
