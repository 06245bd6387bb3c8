import { expect } from 'chai';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const project = fileURLToPath(new URL('../../', import.meta.url));

const filesIn = (folder: string): string[] =>
  readdirSync(join(project, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(project.length));

describe('trivium as an installed package', function () {
  this.timeout(30_000);
  let folder: string;

  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'trivium-installed-'));
    const packed = execFileSync('npm', ['pack', '--silent', '--pack-destination', folder], { cwd: project });
    // As npm lays it out, but for the packages that it needs: those of the project are found one folder up.
    const home = join(folder, 'app/node_modules/trivium');
    mkdirSync(home, { recursive: true });
    execFileSync('tar', ['-xzf', packed.toString().trim(), '--strip-components=1', '-C', home], {
      cwd: folder,
    });
    symlinkSync(join(project, 'node_modules'), join(folder, 'node_modules'));
    mkdirSync(join(folder, 'app/node_modules/.bin'));
    symlinkSync('../trivium/src/command-line/trivium.mjs', join(folder, 'app/node_modules/.bin/trivium'));
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  it('runs in a checkout as README.md says, and nothing says to run it by a name that anybody could take', () => {
    const run = spawnSync('npm', ['exec', '--no', '--', 'trivium', '--version'], {
      encoding: 'utf8',
      cwd: project,
    });
    expect([run.status, run.stdout]).to.deep.equal([0, '0.1.0\n']);
    const pages = [
      'README.md',
      'CONTRIBUTING.md',
      'SECURITY.md',
      ...filesIn('docs'),
      ...filesIn('openapi'),
      ...filesIn('src/command-line'),
    ];
    for (const page of pages)
      expect(readFileSync(join(project, page), 'utf8'), page).to.not.match(
        /npx (?:-\S+ )*trivium|npm exec (?!--no -- )|npm (?:install|i|add) (?:-\S+ )*trivium/,
      );
  });

  it('runs by its name, and says why it cannot', () => {
    const program = join(folder, 'app/node_modules/.bin/trivium');
    const run = (...args: string[]) =>
      spawnSync(program, args, {
        encoding: 'utf8',
        cwd: join(folder, 'app'),
        env: { PATH: process.env['PATH'] },
      });
    expect(run('--version')).to.include({ status: 0, stdout: '0.1.0\n' });
    const { status, stderr } = run('import', 'users.csv');
    expect([status, stderr]).to.deep.equal([1, 'Where is the API? Give --url, or set TRIVIUM_URL.\n']);
  });
});
