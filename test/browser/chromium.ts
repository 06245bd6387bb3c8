/** A headless browser: the system's own Chromium or Chrome. */
import { spawnSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { chromium, type BrowserContext } from 'playwright-core';

/** In a `before` hook that launches a browser, allow for its installation. */
export const BROWSER_MS = 300_000;

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const ELSEWHERE = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

export interface Browser {
  context: BrowserContext;
  close(): Promise<void>;
}

/** Skips the tests of the suite, naming what to install, where there is no browser; in CI that is a failure. */
export async function browserOrSkip(test: Mocha.Context): Promise<Browser> {
  const command = findBrowser() ?? installBrowser();
  if (command) return launch(command);
  const missing = `No Chromium or Chrome found: ${howToInstall()}`;
  if (process.env['CI'] === 'true') throw new Error(missing);
  console.error(`    ${missing}`);
  return test.skip();
}

function findBrowser(): string | undefined {
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter(Boolean);
  const files = folders.flatMap((folder) => NAMES.map((name) => join(folder, name)));
  return [...files, ...ELSEWHERE].find(isExecutable);
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** By the system's package manager, when it asks nothing. */
function installBrowser(): string | undefined {
  if (!findOnPath('apt-get')) return undefined;
  const isRoot = process.getuid?.() === 0;
  const mayBecomeRoot = isRoot || spawnSync('sudo', ['-n', 'true'], { stdio: 'ignore' }).status === 0;
  if (!mayBecomeRoot) return undefined;
  console.error('    Installing chromium …');
  const aptGet = (...words: string[]) => {
    const [command, ...rest] = [...(isRoot ? [] : ['sudo', '-n']), 'apt-get', '-qq', ...words];
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    return spawnSync(command!, rest, { stdio: 'ignore', env }).status === 0;
  };
  const install = () => aptGet('install', '-y', '--no-install-recommends', 'chromium');
  // The lists of packages may be missing or too old to name a file that is still there.
  if (!install() && aptGet('update')) install();
  return findBrowser();
}

const findOnPath = (name: string) =>
  (process.env['PATH'] ?? '').split(delimiter).some((folder) => isExecutable(join(folder, name)));

function howToInstall(): string {
  return process.platform === 'darwin'
    ? 'brew install --cask chromium'
    : 'apt-get install chromium (as root)';
}

async function launch(executablePath: string): Promise<Browser> {
  const profile = await mkdtemp(join(tmpdir(), 'trivium-browser-'));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath,
    timeout: BROWSER_MS,
    headless: true,
    args: [
      // Chromium refuses to run sandboxed as root.
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      // Nothing but the pages under test: no calls home, no updates.
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
  // Of its steps: pages are slow on a busy machine.
  context.setDefaultTimeout(BROWSER_MS / 2);
  return {
    context,
    close: async () => {
      await context.close();
      await rm(profile, { recursive: true, force: true, maxRetries: 3 });
    },
  };
}
