/**
 * Each part of the rule of authority, taken out in turn from a copy of the sources: the tables in `test/authorization/` must fail with it.
 * What they do not notice is not tested.
 */
import { expect } from 'chai';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const PROJECT = fileURLToPath(new URL('../../', import.meta.url));
const MOCHA = join(PROJECT, 'node_modules/mocha/bin/mocha.js');
/** Pure ones: nothing is started. */
const TABLES = ['roles', 'assignable-roles', 'grantable-scopes', 'authorize', 'roles-now'];
const RUN_MS = 180_000;

type Mutation = [what: string, from: string, to: string];

const mutations: Record<string, Mutation[]> = {
  'roles.ts': [
    ['an app grants what can manage', "authority.kind === 'app' && canManage(table, role)", 'false'],
    [
      'whatever an app grants counts as managing',
      "authority.kind === 'app' && canManage(table, role)",
      "authority.kind === 'app'",
    ],
    ['every scope that begins like `read` only reads', "startsWith('read:')", "startsWith('read')"],
    ['a scope that reads somewhere only reads', "startsWith('read:')", "includes('read:')"],
    ['every role can be granted', 'lackedScopes(table, authority, [role]).length === 0', 'true'],
    [
      'lacking one scope is enough to grant',
      'lackedScopes(table, authority, [role]).length === 0',
      'lackedScopes(table, authority, [role]).length <= 1',
    ],
    ['one role that cannot be granted is let through', 'if (errors.length > 0)', 'if (errors.length > 1)'],
    ['lacking one scope is enough for power', 'if (scopes.length > 0) throw', 'if (scopes.length > 1) throw'],
    ['power needs nothing', 'if (scopes.length > 0) throw', 'if (scopes.length < 0) throw'],
    [
      'only the first role counts',
      'roles.flatMap((role) => table.get(role)',
      'roles.slice(0, 1).flatMap((role) => table.get(role)',
    ],
    ['what is held is what is lacking', '!scopes.includes(scope)', 'scopes.includes(scope)'],
  ],
  'assignable-roles.ts': [
    ['whatever is assignable can be granted', 'isGrantable(table, authority, role)', 'true'],
    ['the default is given by everybody', 'grantable.includes(DEFAULT_ROLE) ?', 'true ?'],
    ['the default is given by nobody', 'grantable.includes(DEFAULT_ROLE) ?', 'false ?'],
    ['what the caller holds does not count', '  checkGrantableRoles(table, authority, roles);\n', ''],
    [
      'what the tenant may assign does not count',
      'if (errors.length > 0) throw',
      'if (errors.length < 0) throw',
    ],
    [
      'a tenant that may assign none may assign all',
      'tenant.assignable_roles ??',
      'tenant.assignable_roles?.length ? tenant.assignable_roles :',
    ],
  ],
  'grantable-scopes.ts': [
    ["an app hands on its user's scopes", "kind === 'app' ? [] : scopes", 'kind ? scopes : []'],
  ],
  'authorize.ts': [
    [
      'a kind of caller that is not named is let in',
      "if (!needed) throw new Problem('caller_not_allowed', { internal: `it is not for ${principal.kind}` });",
      'if (!needed) return;',
    ],
    [
      "a key's scopes do not count",
      "refuseLacking('insufficient_scope', needed, principal.scopes)",
      'undefined',
    ],
    [
      "an app's scopes do not count",
      "refuseLacking('insufficient_scope', needed, principal.grantedScopes)",
      'void 0',
    ],
    ["a user's roles do not count", 'if (!isOwn)', 'if (false as boolean)'],
    ["nothing is a user's own", 'if (!isOwn)', 'if (!isOwn || true)'],
    ["everything is a user's own that may be", '&& path[operation.self] === principal.userId', ''],
    [
      'one of the scopes is enough',
      'needed.some((scope) => !held.includes(scope))',
      'needed.every((scope) => !held.includes(scope)) && needed.length > 0',
    ],
  ],
  'roles-now.ts': [
    [
      'a token of the same second as the block counts',
      'issuedAt <= change.refusedUpTo',
      'issuedAt < change.refusedUpTo',
    ],
    ['a block does not count', 'if (issuedAt <= change.refusedUpTo)', 'if (false as boolean)'],
    ['what the registry knows does not count', 'issuedAt <= rolesUpTo ? known :', 'issuedAt < 0 ? known :'],
    [
      'a token of the same second as the change counts',
      'issuedAt <= rolesUpTo ? known :',
      'issuedAt < rolesUpTo ? known :',
    ],
    ['a sign-in from before the change counts', 'inCommon(table, roles, known)', 'roles'],
    ['a change counts for ever', 'issuedAt > narrowedUpTo', 'issuedAt < 0'],
    ['a job of somebody who was demoted is done', 'if (lost.length > 0)', 'if (lost.length < 0)'],
  ],
};

describe('a part of the rule of authority that is taken out', () => {
  let copy: string;

  before(() => {
    // Inside the project, so that packages are found.
    mkdirSync(join(PROJECT, '.trivium'), { recursive: true });
    copy = mkdtempSync(join(PROJECT, '.trivium/test-mutations-'));
    for (const part of [
      'src/authorization',
      'src/contract',
      'src/json.ts',
      'src/problem.ts',
      'src/principal.ts',
      'tsconfig.json',
    ])
      cpSync(join(PROJECT, part), join(copy, part), { recursive: true });
    for (const table of TABLES)
      cpSync(
        join(PROJECT, `test/authorization/${table}.test.ts`),
        join(copy, `test/authorization/${table}.test.ts`),
      );
  });
  after(() => rmSync(copy, { recursive: true, force: true }));

  /** @returns how many failed, at most one; -1: the tables did not run */
  async function failures(): Promise<number> {
    const files = TABLES.map((table) => `test/authorization/${table}.test.ts`);
    const options = ['--no-config', '--extension', 'ts', '--bail', '--reporter', 'json'];
    const run = spawn(process.execPath, ['--import', 'tsx', MOCHA, ...options, ...files], { cwd: copy });
    let said = '';
    run.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()));
    await once(run, 'close');
    const found = said.indexOf('{');
    return found === -1
      ? -1
      : (JSON.parse(said.slice(found)) as { stats: { failures: number } }).stats.failures;
  }

  it('is noticed, and what is whole is not complained of', async () => {
    expect(await failures()).to.equal(0);
  }).timeout(RUN_MS);

  for (const [file, all] of Object.entries(mutations))
    for (const [what, from, to] of all)
      it(`${file}: ${what}`, async () => {
        const path = join(copy, 'src/authorization', file);
        const whole = readFileSync(path, 'utf8');
        expect(whole.split(from), `${from} stands there once`).to.have.length(2);
        writeFileSync(path, whole.replace(from, to));
        try {
          expect(await failures()).to.equal(1);
        } finally {
          writeFileSync(path, whole);
        }
      }).timeout(RUN_MS);
});
