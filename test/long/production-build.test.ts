/** What `npm run build` makes, as it runs in production: an API and a worker from it, at work, and nothing in them that reads TypeScript. */
import { expect } from 'chai';
import { execFileSync, spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { apiKey } from '../support/callers.ts';
import { call } from '../support/client.ts';
import { accepted, ended, rowsOf } from '../support/imports.ts';
import { ownWorld } from '../support/own-deployment.ts';
import { moveInto, WORLD_MS } from '../support/world.ts';

const PROJECT = fileURLToPath(new URL('../../', import.meta.url));
const BUILD_MS = 180_000;

describe('the production build', () => {
  let build: string;
  /** Where Node writes which scripts a process had loaded, in any of its threads, when it ends. */
  let loadedBy: { api: string; worker: string };
  let own: Awaited<ReturnType<typeof ownWorld>> | undefined;
  let moveBack: (() => void) | undefined;

  before(async function () {
    this.timeout(BUILD_MS + WORLD_MS);
    // Inside the project, so that packages are found; not `dist/`, from which somebody may be running.
    mkdirSync(join(PROJECT, '.trivium'), { recursive: true });
    build = mkdtempSync(join(PROJECT, '.trivium/test-build-'));
    execFileSync('npm', ['run', '--silent', 'build', '--', '--into', build], { cwd: PROJECT });
    loadedBy = { api: join(build, 'loaded-by-api'), worker: join(build, 'loaded-by-worker') };
    own = await ownWorld({
      build,
      apiSettings: { NODE_V8_COVERAGE: loadedBy.api },
      workerSettings: { NODE_V8_COVERAGE: loadedBy.worker },
    });
    moveBack = moveInto(own);
  });
  after(async () => {
    moveBack?.();
    await own?.end();
    rmSync(build, { recursive: true, force: true });
  });

  it('answers a relayed call of a tenant', async () => {
    const as = await apiKey('acme');
    const email = `${randomUUID()}@built.example`;
    const created = await call('POST', '/v1/users', { as, body: { email } });
    expect(created.status, JSON.stringify(created.body)).to.equal(201);
    const { status, body } = await call('GET', `/v1/users/${created.body.user_id}`, { as });
    expect([status, body.email]).to.deep.equal([200, email]);
  });

  it('takes an import in and works it off', async () => {
    const as = await apiKey('acme');
    const rows = Array.from({ length: 20 }, () => ({ email: `${randomUUID()}@built.example` }));
    const path = await accepted([...rows, { email: 'no address' }], { as });
    const { status, counts } = await ended(path, as);
    expect([status, counts.created, counts.failed]).to.deep.equal(['completed', 20, 1]);
    expect((await rowsOf(path, '', as)).slice(0, 20).map(({ email }) => email)).to.deep.equal(
      rows.map(({ email }) => email),
    );
  });

  it('starts the API with the flags of `npm run api`', () => {
    const words = readFileSync(`/proc/${own!.parts.api.pid}/cmdline`, 'utf8').split('\0').slice(1, -1);
    expect(words).to.deep.equal(['--disable-proto=delete', join(build, 'src/api.js')]);
  });

  it('has loaded JavaScript of the build and of packages, and no loader, in any thread', async () => {
    await own!.stop();
    const ofBuild = (name: string) => pathToFileURL(join(build, name)).href;
    const byApi = scriptsIn(loadedBy.api);
    const byWorker = scriptsIn(loadedBy.worker);
    expect(byApi).to.include.members([ofBuild('src/api.js'), ofBuild('src/imports/ingest/thread.js')]);
    expect(byWorker).to.include.members([ofBuild('workers/main.js')]);
    const strange = [...byApi, ...byWorker].filter(
      (url) => !url.startsWith(ofBuild('')) && (!url.includes('/node_modules/') || url.includes('/tsx/')),
    );
    expect(strange).to.deep.equal([]);
  });

  it('is left out whole when a file does not compile', function () {
    this.timeout(BUILD_MS);
    const project = join(build, 'tsconfig.broken.json');
    writeFileSync(join(build, 'broken.ts'), "export const count: number = 'none';\n");
    writeFileSync(
      project,
      JSON.stringify({ extends: join(PROJECT, 'tsconfig.build.json'), files: ['broken.ts'] }),
    );
    const into = join(build, 'from-broken');
    const { status, stdout } = spawnSync(
      'npm',
      ['run', '--silent', 'build', '--', '--project', project, '--into', into],
      { cwd: PROJECT, encoding: 'utf8' },
    );
    expect(status).to.equal(1);
    expect(stdout).to.include('TS2322');
    expect(existsSync(into)).to.equal(false);
  });
});

describe('`npm run api` without a build', () => {
  it('says what is missing', () => {
    const clone = mkdtempSync(join(tmpdir(), 'trivium-unbuilt-'));
    try {
      const file = 'src/start/need-build.mjs';
      mkdirSync(join(clone, dirname(file)), { recursive: true });
      copyFileSync(join(PROJECT, file), join(clone, file));
      copyFileSync(join(PROJECT, 'package.json'), join(clone, 'package.json'));
      for (const script of ['api', 'worker']) {
        const run = spawnSync('npm', ['run', '--silent', script], { cwd: clone, encoding: 'utf8' });
        expect([run.status, run.stdout]).to.deep.equal([1, '']);
        expect(run.stderr).to.match(/no build yet: `npm run build`/);
      }
    } finally {
      rmSync(clone, { recursive: true, force: true });
    }
  });
});

/** URLs of all files that were loaded by the processes that wrote into the folder. */
function scriptsIn(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const { result } = JSON.parse(readFileSync(join(folder, name), 'utf8')) as { result: { url: string }[] };
    return result.map(({ url }) => url).filter((url) => url.startsWith('file:'));
  });
}
