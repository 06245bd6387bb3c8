/** README.md and the guides against the code: settings that they name, their defaults, bounds. */
import { expect } from 'chai';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { settings } from '../../src/config.ts';
import type { Setting } from '../../src/settings/setting.ts';
import { WORKER_SEEN_MS } from '../../src/redis/keys/process.ts';
import { MAX_ASKED_MS } from '../../src/webhooks/deliver.ts';
import { MAX_DUE } from '../../src/webhooks/due.ts';
import { LOG_LENGTH, VERIFICATION_MS } from '../../src/webhooks/webhook-store.ts';
import { FILE_BYTES } from '../../workers/imports/import-jobs/batch-file.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const read = (page: string) => readFileSync(join(root, page), 'utf8');
const namesIn = (folder: string) => readdirSync(join(root, folder)).map((name) => `${folder}/${name}`);
const pages = ['README.md', 'CONTRIBUTING.md', 'SECURITY.md', ...namesIn('docs')].filter((page) =>
  page.endsWith('.md'),
);
/** The pages for users; each fact is in one of them. */
const guides = pages.map(read).join('\n');
/** Maximum length, so that a newcomer reads it before trying. */
const README_WORDS = 1_500;

const secretFiles = new Set(
  Object.values(settings).flatMap((group) =>
    Object.entries<Setting<unknown>>(group).flatMap(([name, { isSecret }]) =>
      isSecret ? [`${name}_FILE`] : [],
    ),
  ),
);
const defaults = new Map(
  Object.values(settings).flatMap((group) =>
    Object.entries(group as Record<string, { default?: string }>).map(([name, one]) => [name, one.default]),
  ),
);
const given = (name: string): string => defaults.get(name) ?? `no default of ${name}`;
/** Variables of tools, not of a deployment. */
const OF_TOOLS = new Set([
  'CONSOLE_SCREENSHOTS',
  'BENCH_IMPORTS',
  'TEST_API_URL',
  'AUTH0_ACCESS_TOKEN',
  'AUTH0_SETUP_CLIENT_ID',
  'AUTH0_SETUP_CLIENT_SECRET',
  'AUTH0_ALLOW_DELETE',
  'OPERATOR_CLIENT_ID',
  'OPERATOR_CLIENT_SECRET',
  'TRIVIUM_CLIENT_ID',
  'TRIVIUM_CLIENT_SECRET',
  'AUTH0_EXCLUDED',
  'AUTH0_EXCLUDE_THIRD_PARTY_CLIENTS',
  'TRIVIUM_OPERATOR_TOKEN',
]);
const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;

describe('what people read', () => {
  const numbers: [sentence: RegExp, values: (string | number)[]][] = [
    [/at most ([\d,]+) events of a webhook are pending/, [MAX_DUE.toLocaleString('en')]],
    [/shows the last (\d+) attempts/, [LOG_LENGTH]],
    [/`WEBHOOK_REQUESTS_PER_SECOND_PER_HOST` \((\d+)\)/, [given('WEBHOOK_REQUESTS_PER_SECOND_PER_HOST')]],
    [/has (\d+) seconds to answer \(`WEBHOOK_TIMEOUT_SECONDS`\)/, [given('WEBHOOK_TIMEOUT_SECONDS')]],
    [/sends files of (\d+) KB/, [FILE_BYTES / 1000]],
  ];
  for (const [sentence, values] of numbers)
    it(`numbers are those of the code: ${sentence.source}`, () => {
      expect(sentence.exec(guides)?.slice(1)).to.deep.equal(values.map(String));
    });

  it('numbers in words are those of the code, too', () => {
    expect([guides.includes('before that time, for a day at most'), MAX_ASKED_MS]).to.deep.equal([
      true,
      DAY_MS,
    ]);
    expect([
      guides.includes('Events of the first hour are kept until the verification'),
      VERIFICATION_MS,
    ]).to.deep.equal([true, HOUR_MS]);
    expect([
      guides.includes('three days without a successful delivery (`WEBHOOK_DISABLE_AFTER_HOURS`)'),
      given('WEBHOOK_DISABLE_AFTER_HOURS'),
    ]).to.deep.equal([true, '72']);
    expect([guides.includes('after `WORKER_LOCK_SECONDS` (10)'), given('WORKER_LOCK_SECONDS')]).to.deep.equal(
      [true, '10'],
    );
    // A stopped worker is detected when its last heartbeat has expired.
    expect(guides).to.match(/within 15 seconds whether a worker runs/);
    expect(WORKER_SEEN_MS).to.be.below(15_000);
  });

  it('the attempts of a webhook are those of the settings', () => {
    const waits = given('WEBHOOK_RETRY_SECONDS').split(',').map(Number);
    const inWords = (seconds: number) =>
      seconds < 60
        ? `${seconds} s`
        : seconds < 3_600
          ? `${Math.round(seconds / 60)} min`
          : `${+(seconds / 3_600).toFixed(1)} h`;
    const since = waits.map((_, i) => waits.slice(0, i + 1).reduce((a, b) => a + b));
    const row = (begin: string) =>
      new RegExp(`^\\| ${begin}.*$`, 'm')
        .exec(guides)![0]
        .split('|')
        .slice(2, -1)
        .map((cell) => cell.trim());
    expect(row('attempt')).to.deep.equal(['0', ...waits].map((_, i) => String(i + 1)));
    expect(row('after the previous one')).to.deep.equal(['0', ...waits.map(inWords)]);
    expect(row('since the event')).to.deep.equal(['0', ...since.map(inWords)]);
  });

  it('README.md is short', () => {
    expect(read('README.md').split(/\s+/).length).to.be.at.most(README_WORDS);
  });

  /** Each secret can be a file. */
  const isSetting = (name: string) => defaults.has(name) || secretFiles.has(name);
  for (const page of pages) {
    it(`${page} names settings that there are`, () => {
      const named = [...read(page).matchAll(/`([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+)(?:=[^`]*)?`/g)].map(
        ([, name]) => name!,
      );
      expect(named.filter((name) => !isSetting(name) && !OF_TOOLS.has(name))).to.deep.equal([]);
    });
  }

  for (const page of [...pages, ...namesIn('docs/decisions')]) {
    it(`${page} leads to files that there are`, () => {
      const links = [...read(page).matchAll(/\]\((?!https?:|mailto:|#)([^)#\s]+)/g)].map(([, link]) => link!);
      expect(links.filter((link) => !existsSync(join(root, dirname(page), link)))).to.deep.equal([]);
    });
  }
});
