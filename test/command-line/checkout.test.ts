import { expect } from 'chai';
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const project = fileURLToPath(new URL('../../', import.meta.url));

const filesIn = (folder: string): string[] =>
  readdirSync(join(project, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(project.length));

describe('trivium in a checkout', () => {
  it('runs as README.md says, and nothing says to run it by a name that anybody could take', () => {
    const run = spawnSync('npm', ['exec', '--no', '--', 'trivium', '--version'], {
      encoding: 'utf8',
      cwd: project,
    });
    expect([run.status, run.stdout]).to.deep.equal([0, '0.1.0\n']);
    const pages = [
      'README.md',
      'CONTRIBUTING.md',
      'SECURITY.md',
      'src/stand-in/README.md',
      ...filesIn('docs'),
      ...filesIn('openapi'),
      ...filesIn('src/command-line'),
    ];
    for (const page of pages)
      expect(readFileSync(join(project, page), 'utf8'), page).to.not.match(
        /npx (?:-\S+ )*trivium|npm exec (?!--no -- )|npm (?:install|i|add) (?:-\S+ )*trivium/,
      );
  });

  it('says why it cannot', () => {
    const run = spawnSync('node', [join(project, 'src/command-line/trivium.mjs'), 'import', 'users.csv'], {
      encoding: 'utf8',
      env: { PATH: process.env['PATH'] },
    });
    expect([run.status, run.stderr]).to.deep.equal([
      1,
      'Where is the API? Give --url, or set TRIVIUM_URL.\n',
    ]);
  });
});
