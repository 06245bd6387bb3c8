/**
 * Generates all derived files: from `openapi/` the bundled contract, its types, those that the command line includes, the problem codes
 * and their page, and the table of operations in the threat model; from `openapi/` and file names the tables of handlers, answers, relay
 * jobs and performers; from `src/config.ts` the example of an environment; from `src/redis/keys.ts` the page of keys in Redis; from the
 * contract and `src/auth0/worker-scopes.ts` the scopes in docs/auth0-account.md. Whatever the contract or an operation lacks is reported
 * with what to write and where. `--check` writes nothing, and fails when a file is stale.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { bundle, formatProblems, getTotals, lint, loadConfig } from '@redocly/openapi-core';
import openapiTS, { astToString } from 'openapi-typescript';
import { format, resolveConfig } from 'prettier';
import { parse } from 'yaml';
import { REFRESH_TOKENS } from '../auth0/refresh-tokens.ts';
import { WORKER_SCOPES } from '../auth0/worker-scopes.ts';
import { settings } from '../config.ts';
import { checkAnswers } from '../contract/answers.ts';
import type { ContractDocument } from '../contract/document.ts';
import { ContractFault, loadContract, type Contract } from '../contract/load-contract.ts';
import { operationTables } from './operation-tables.ts';
import { excerptOf, type Excerpt } from './contract-excerpt.ts';
import { nameRateLimitFields } from './rate-limit-fields.ts';
import { threatFaults, withThreatTable, type Threat } from './threat-table.ts';
import { withCode, withScopes } from './scope-lists.ts';
import { redisAclPage } from './redis-acl-page.ts';
import { redisKeysPage } from './redis-keys-page.ts';

const root = new URL('../../', import.meta.url);
const entry = new URL('openapi/trivium.yaml', root);
/** Schemas of the answers that the command line reads. */
const COMMAND_LINE_SCHEMAS = [
  'AccountDiagnosis',
  'Budget',
  'Diagnosis',
  'Problem',
  'Job',
  'UserImport',
  'UserImportRow',
  'UserImportRowList',
  'NewUserAdoption',
  'UserAdoption',
  'UserAdoptionRefusal',
  'AdoptedUser',
  'AdoptedUserList',
  'NewClientAdoption',
  'ClientAdoption',
];
const MARK = 'Made by `npm run generate` from openapi/. Do not edit.';
const MARK_TABLE = MARK.replace('openapi/', 'openapi/ and the names of files');

interface SettingText {
  about: string;
  default?: string;
  optional?: true;
  example?: string;
  isSecret?: true;
}

const SECTIONS: Record<keyof typeof settings, string> = {
  everywhere: 'API and workers',
  api: 'API',
  worker: 'Workers',
  start: '`npm start` and the stand-in',
};

const allSettings: Record<string, Record<string, SettingText>> = settings;

type Bundled = ContractDocument & Excerpt;

interface ProblemText {
  status: number;
  title: string;
  meaning: string;
  next: string;
}

const config = await loadConfig({ configPath: new URL('redocly.yaml', root).pathname });
const found = await lint({ ref: entry.pathname, config });
const totals = getTotals(found);
if (totals.errors + totals.warnings > 0) {
  formatProblems(found, { totals, format: 'codeframe', cwd: root.pathname });
  console.error(`The contract has ${totals.errors} errors and ${totals.warnings} warnings.`);
  process.exit(1);
}

const contract = (await bundle({ ref: entry.pathname, config })).bundle.parsed as Bundled;
nameRateLimitFields(contract);
const readText = (name: string) => readFile(new URL(name, root), 'utf8');
const readYaml = async <T>(name: string) => parse(await readText(name)) as Record<string, T>;
const problems = await readYaml<ProblemText>('openapi/problems.yaml');
const checked = checkedContract(contract);
const tables = operationTables(checked, {
  list: (folder) =>
    readdirSync(new URL(folder, root), { recursive: true, encoding: 'utf8' }).map(
      (name) => `${folder}/${name}`,
    ),
  read: (name) => readFileSync(new URL(name, root), 'utf8'),
});
const actions = {
  postLogin: await readText('src/auth0/actions/post-login.cjs'),
  credentialsExchange: await readText('src/auth0/actions/credentials-exchange.cjs'),
};
const threats = await readYaml<Threat>('docs/threat-model.yaml');

const files: Record<string, string> = {
  'src/contract/generated.json': JSON.stringify(contract, null, 1) + '\n',
  'src/contract/generated.ts': await typesOf(contract),
  'src/command-line/generated-contract.ts': await typesOf(excerptOf(contract, COMMAND_LINE_SCHEMAS)),
  'src/command-line/setup/generated-account.ts': await pretty(
    accountModule(Object.entries(contract['x-scopes'] ?? {})),
    'typescript',
    'src/command-line/setup/generated-account.ts',
  ),
  'src/contract/generated-problems.ts': await pretty(
    `// ${MARK}\nexport const problems = ${JSON.stringify(problems)} as const;`,
  ),
  ...Object.fromEntries(
    await Promise.all(
      Object.entries(tables.files).map(
        async ([name, text]) =>
          [name, await pretty(`// ${MARK_TABLE}\n${text}`, 'typescript', name)] as const,
      ),
    ),
  ),
  'docs/problems.md': problemsPage(problems),
  'docs/threat-model.md': await pretty(
    withThreatTable(await readText('docs/threat-model.md'), contract, threats),
    'markdown',
  ),
  'docs/redis-keys.md': await format(redisKeysPage(MARK.replace('openapi/', 'src/redis/keys.ts')), {
    ...(await resolveConfig(root.pathname)),
    parser: 'markdown',
  }),
  'docs/redis-acl.md': await pretty(redisAclPage(MARK.replace('openapi/', 'the code')), 'markdown'),
  '.env.example': environmentExample(),
  'docs/configuration.md': await pretty(configurationPage(), 'markdown'),
  'docs/auth0-account.md': withCode(
    withScopes(await readText('docs/auth0-account.md'), {
      'scopes of the API': Object.keys(contract['x-scopes'] ?? {}),
      'scopes of the workers': WORKER_SCOPES,
    }),
    { 'post-login Action': actions.postLogin, 'credentials-exchange Action': actions.credentialsExchange },
  ),
};

let stale = 0;
for (const [name, text] of Object.entries(files)) {
  const file = new URL(name, root);
  const current = await readFile(file, 'utf8').catch(() => '');
  if (current === text) continue;
  if (process.argv.includes('--check')) {
    console.error(`${name} is stale: run \`npm run generate\`.`);
    stale += 1;
  } else {
    await writeFile(file, text);
    console.error(`wrote ${name}`);
  }
}
const faults = [...unnamedPaths(), ...tables.faults, ...threatFaults(checked.operations.keys(), threats)];
for (const fault of faults) console.error(fault);
process.exitCode = stale + faults.length > 0 ? 1 : 0;

/** What `trivium setup` makes at Auth0. */
function accountModule(scopes: [string, string][]): string {
  const texts = scopes.map(([value, description]) => ({ value, description }));
  return [
    `// ${MARK.replace('openapi/', 'openapi/ and src/auth0/')}`,
    `export const API_SCOPES = ${JSON.stringify(texts)};`,
    `export const WORKER_SCOPES = ${JSON.stringify(WORKER_SCOPES)};`,
    `export const REFRESH_TOKENS = ${JSON.stringify(REFRESH_TOKENS)};`,
    `export const POST_LOGIN = ${JSON.stringify(actions.postLogin)};`,
    `export const CREDENTIALS_EXCHANGE = ${JSON.stringify(actions.credentialsExchange)};`,
  ].join('\n');
}

/** Path descriptions that the contract does not refer to. */
function unnamedPaths(): string[] {
  const text = readFileSync(entry, 'utf8');
  return readdirSync(new URL('openapi/paths/', root))
    .filter((name) => !text.includes(`$ref: paths/${name}\n`))
    .map(
      (name) => `openapi/paths/${name} is not part of the contract: name its path in openapi/trivium.yaml`,
    );
}

/** Exits when the contract is incomplete. */
function checkedContract(document: ContractDocument): Contract {
  try {
    const loaded = loadContract(document);
    checkAnswers(loaded);
    return loaded;
  } catch (error) {
    if (!(error instanceof ContractFault)) throw error;
    console.error(`${placeOf(error.message)}${error.message}`);
    process.exit(1);
  }
}

/** The file that describes the operation named at the start of a fault. */
function placeOf(fault: string): string {
  const id = /^\w+(?=:)/.exec(fault)?.[0];
  const folder = new URL('openapi/paths/', root);
  const file = readdirSync(folder).find((name) =>
    new RegExp(`operationId: ${id}$`, 'm').test(readFileSync(new URL(name, folder), 'utf8')),
  );
  return `openapi/${file === undefined ? 'trivium.yaml' : `paths/${file}`}: `;
}

async function typesOf(document: Excerpt): Promise<string> {
  return `// ${MARK}\n/* eslint-disable */\n${astToString(await openapiTS(JSON.stringify(document)))}`;
}

/** @param name of the file; its folder determines the formatting options */
async function pretty(source: string, parser = 'typescript', name = ''): Promise<string> {
  return format(source, { ...(await resolveConfig(new URL(name, root).pathname)), parser });
}

function problemsPage(all: Record<string, ProblemText>): string {
  const sections = Object.entries(all).map(
    ([code, { status, title, meaning, next }]) =>
      `## ${code}\n\n**${status} ${title}.** ${meaning}\n\n*What to do:* ${next}\n`,
  );
  return `<!-- ${MARK} -->\n\n# Problem codes\n\nEvery error is a problem document (RFC 9457) with one of these codes.\n\n${sections.join('\n')}`;
}

/** Variables without a default are to be filled in; the others are commented out, with their default. */
function settingsOf(section: string): [name: string, setting: SettingText][] {
  return Object.entries(allSettings[section] ?? {});
}

function aboutOf(name: string, { about, isSecret }: SettingText): string {
  return isSecret ? `${about} Or ${name}_FILE: a file with it.` : about;
}

function environmentExample(): string {
  const sections = Object.entries(SECTIONS).map(([section, title]) => {
    const lines = settingsOf(section).map(([name, setting]) => {
      const needed = setting.default === undefined && !setting.optional;
      return `# ${aboutOf(name, setting)}\n${needed ? '' : '# '}${name}=${setting.default ?? setting.example ?? ''}\n`;
    });
    return `## ${title}\n\n${lines.join('\n')}`;
  });
  return `# Every variable. ${MARK.replace('openapi/', 'src/config.ts')}\n# \`npm start\` needs none of them.\n\n${sections.join('\n')}`;
}

function configurationPage(): string {
  const sections = Object.entries(SECTIONS).map(([section, title]) => {
    const rows = settingsOf(section).map(([name, setting]) => {
      const value = setting.default ?? (setting.optional ? undefined : '');
      const shown = value === undefined ? 'unset' : value === '' ? '**must be set**' : `\`${value}\``;
      return `| \`${name}\` | ${shown} | ${aboutOf(name, setting).replaceAll('|', '\\|')} |`;
    });
    return `## ${title}\n\n| variable | default | |\n| --- | --- | --- |\n${rows.join('\n')}`;
  });
  return [
    `# Configuration`,
    `<!-- ${MARK.replace('openapi/', 'src/config.ts')} -->`,
    'All settings are environment variables; [.env.example](../.env.example) contains them as a file. A process with missing or invalid settings reports all of them at start and exits with 1. `npm start` needs none of them.',
    ...sections,
  ].join('\n\n');
}
