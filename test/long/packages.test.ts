/** The packages as somebody has them who has nothing else: packed as anybody would, and installed into an empty folder. */
import { expect } from 'chai';
import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { deskOf, type Desk } from '../command-line/trivium.ts';
import { WORLD_MS } from '../support/world.ts';

const run = promisify(execFile);
const PROJECT = fileURLToPath(new URL('../../', import.meta.url));
/** It is built, and what it needs is fetched. */
const INSTALL_MS = 300_000;
const SLOW_MS = 180_000;

interface Installed {
  /** With a `node_modules` and nothing else. */
  folder: string;
  /** What was packed, without `package/`. */
  packed: string[];
  /** Whether a package came with it. */
  has(name: string): boolean;
  /** By a program's name. */
  program(name: string): string;
  remove(): void;
}

async function install(name: string): Promise<Installed> {
  const above = mkdtempSync(join(tmpdir(), 'trivium-package-'));
  const folder = join(above, 'empty');
  mkdirSync(folder);
  const pack = ['pack', '--silent', '--pack-destination', above, '-w', name];
  const tarball = join(above, (await run('npm', pack, { cwd: PROJECT })).stdout.trim().split('\n').at(-1)!);
  const listed = (await run('tar', ['-tzf', tarball])).stdout.trim().split('\n');
  await run('npm', ['install', '--prefer-offline', '--ignore-scripts', '--no-audit', '--no-fund', tarball], {
    cwd: folder,
  });
  return {
    folder,
    packed: listed.map((path) => path.replace(/^package\//, '')),
    has: (other) => existsSync(join(folder, 'node_modules', other)),
    program: (program) => join(folder, 'node_modules/.bin', program),
    remove: () => rmSync(above, { recursive: true, force: true }),
  };
}

const notBuilt = (packed: string[]) =>
  packed.filter(
    (path) => !/^(dist\/.*(\.js|\.d\.ts)|[^/]+\.mjs|package\.json|README\.md|LICENSE)$/.test(path),
  );

describe('@trivium-api/command-line, installed', () => {
  let installed: Installed;
  let desk: Desk;

  before(async function () {
    this.timeout(INSTALL_MS + WORLD_MS);
    installed = await install('@trivium-api/command-line');
    desk = await deskOf('acme');
  });
  after(() => {
    desk?.clear();
    installed?.remove();
  });

  const trivium = (args: string[], env: Record<string, string> = { PATH: process.env['PATH']! }) =>
    run('npx', ['--no', '--', 'trivium', ...args], {
      cwd: installed.folder,
      env: { ...env, HOME: desk.folder },
    });

  it('is JavaScript, its page and its license', () => {
    expect(notBuilt(installed.packed)).to.deep.equal([]);
    expect(installed.packed).to.include.members(['trivium.mjs', 'dist/main.js', 'README.md', 'LICENSE']);
  });

  it('brings neither a server, nor a queue, nor a loader of TypeScript', () => {
    for (const name of ['koa', 'bullmq', 'ioredis', 'auth0', 'oidc-provider', 'tsx', 'typescript'])
      expect(installed.has(name), name).to.equal(false);
    expect(installed.has('commander')).to.equal(true);
  });

  it('says its version and its options', async function () {
    this.timeout(SLOW_MS);
    const { version } = JSON.parse(readFileSync(join(PROJECT, 'package.json'), 'utf8')) as {
      version: string;
    };
    expect((await trivium(['--version'])).stdout).to.equal(`${version}\n`);
    expect((await trivium(['import', '--help'])).stdout)
      .to.contain('--dry-run')
      .and.contain('Exit codes:');
  });

  it('imports a file, and brings what became of each row', async function () {
    this.timeout(SLOW_MS);
    const users = desk.file('users.csv', 'email\npackaged@acme.example\nno address\n');
    const out = join(desk.folder, 'results.csv');
    const ended = await trivium(['import', users, '--out', out], desk.env).catch((error: unknown) => error);
    expect(ended, 'some rows failed').to.include({ code: 3 });
    const [, first, second] = desk.read('results.csv').split('\r\n');
    expect(first).to.match(/^1,created,packaged@acme\.example,auth0\|/);
    expect(second).to.match(/^2,failed,/);
  });
});

describe('@trivium-api/stand-in, installed', () => {
  let installed: Installed;
  let child: ChildProcess | undefined;

  before(async function () {
    this.timeout(INSTALL_MS);
    installed = await install('@trivium-api/stand-in');
  });
  after(() => {
    child?.kill('SIGKILL');
    installed?.remove();
  });

  it('is JavaScript with its types, its page and its license', () => {
    expect(notBuilt(installed.packed)).to.deep.equal([]);
    expect(installed.packed).to.include.members([
      'trivium-stand-in.mjs',
      'README.md',
      'LICENSE',
      'dist/stand-in.js',
      'dist/stand-in.d.ts',
      'dist/control/control-client.d.ts',
    ]);
  });

  it('brings nothing of the API', () => {
    for (const name of ['bullmq', 'ioredis', 'auth0', 'commander', 'tsx', 'typescript'])
      expect(installed.has(name), name).to.equal(false);
    expect(installed.has('oidc-provider')).to.equal(true);
  });

  it('starts by its name, answers, and stops in order', async function () {
    this.timeout(SLOW_MS);
    child = spawn(installed.program('trivium-stand-in'), {
      cwd: installed.folder,
      env: { PATH: process.env['PATH'], NODE_ENV: 'development', AUTHORITY_PORT: '0' },
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    const [{ url }] = (await once(child, 'message')) as [{ url: string }];
    const answer = await fetch(`${url}.well-known/openid-configuration`);
    expect(((await answer.json()) as { issuer: string }).issuer).to.equal(url);
    const ended = once(child, 'exit');
    child.kill('SIGTERM');
    expect(await ended).to.deep.equal([0, null]);
  });

  it('runs in a process of its user, who makes it fail, with types', async function () {
    this.timeout(INSTALL_MS);
    const source = `
      import { createStandIn } from '@trivium-api/stand-in';
      import type { Seed, StandIn, StandInOptions } from '@trivium-api/stand-in';
      import { ControlClient } from '@trivium-api/stand-in/control';
      import type { Effect, Fault } from '@trivium-api/stand-in/control';
      const seed: Seed = { clients: [{ client_id: 'one', name: 'One' }] };
      const options: StandInOptions = { seed, controlPort: 0 };
      const standIn: StandIn = await createStandIn(options);
      const effect: Effect = { kind: 'answer', status: 418 };
      const fault: Fault = { effect };
      await new ControlClient(String(standIn.controlUrl)).addFault(fault);
      console.log((await fetch(standIn.url)).status);
      await standIn.close();
    `;
    writeFileSync(join(installed.folder, 'use.mts'), source);
    const options = ['--module', 'nodenext', '--target', 'es2023', '--strict', '--types', 'node'];
    const typeRoots = ['--typeRoots', join(PROJECT, 'node_modules/@types')];
    await run(join(PROJECT, 'node_modules/.bin/tsc'), [...options, ...typeRoots, 'use.mts'], {
      cwd: installed.folder,
    });
    const { stdout } = await run(process.execPath, ['use.mjs'], { cwd: installed.folder });
    expect(stdout).to.equal('418\n');
  });

  it('shows nothing but what it exports', async function () {
    this.timeout(SLOW_MS);
    const reach = `await import('@trivium-api/stand-in/dist/store/store.js')`;
    const { stderr } = await run(process.execPath, ['--input-type=module', '--eval', reach], {
      cwd: installed.folder,
    }).catch((error: unknown) => error as { stderr: string });
    expect(stderr).to.contain('ERR_PACKAGE_PATH_NOT_EXPORTED');
  });
});

describe('@trivium-api/principal, installed', () => {
  let installed: Installed;
  before(async function () {
    this.timeout(INSTALL_MS);
    installed = await install('@trivium-api/principal');
  });
  after(() => installed?.remove());

  it('is JavaScript with its types, its page and its license', () => {
    expect(notBuilt(installed.packed)).to.deep.equal([]);
    expect(installed.packed).to.include.members(['README.md', 'LICENSE', 'dist/index.js', 'dist/index.d.ts']);
  });

  it('brings one package', () => {
    const found = readdirSync(join(installed.folder, 'node_modules')).filter((name) => !name.startsWith('.'));
    expect(found).to.have.members(['@trivium-api', 'jose']);
  });

  it('verifies in a process of its user, with types, imported and required', async function () {
    this.timeout(INSTALL_MS);
    const source = `
      import { createPrincipalVerifier, PrincipalError, principalOf, requireScopes } from '@trivium-api/principal';
      import type { Principal, PrincipalVerifier } from '@trivium-api/principal';
      const verifier: PrincipalVerifier = createPrincipalVerifier({ issuer: 'http://127.0.0.1:1', audience: 'x' });
      const tenantOf = (request: object): string => principalOf(request).tenantId;
      const userOf = (principal: Principal): string | undefined =>
        principal.kind === 'tenant' ? undefined : principal.userId;
      const error: unknown = await verifier.verify('').catch((found: unknown) => found);
      console.log(error instanceof PrincipalError && error.code, typeof tenantOf, typeof userOf, typeof requireScopes);
    `;
    writeFileSync(join(installed.folder, 'use.mts'), source);
    const options = ['--module', 'nodenext', '--target', 'es2023', '--strict', '--types', 'node'];
    const typeRoots = ['--typeRoots', join(PROJECT, 'node_modules/@types')];
    await run(join(PROJECT, 'node_modules/.bin/tsc'), [...options, ...typeRoots, 'use.mts'], {
      cwd: installed.folder,
    });
    const { stdout } = await run(process.execPath, ['use.mjs'], { cwd: installed.folder });
    expect(stdout).to.equal('missing_token function function function\n');

    const required = `console.log(typeof require('@trivium-api/principal').createPrincipalVerifier)`;
    const evaluate = ['--no-warnings', '--input-type=commonjs', '--eval', required];
    expect((await run(process.execPath, evaluate, { cwd: installed.folder })).stdout).to.equal('function\n');
  });
});
