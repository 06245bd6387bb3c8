/** What is published by itself, in step with the rest. That each works where nothing else is: `test/long/packages.test.ts`. */
import { expect } from 'chai';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

interface Manifest {
  name: string;
  version: string;
  license: string;
  type: string;
  private?: boolean;
  workspaces: string[];
  engines: Record<string, string>;
  publishConfig?: Record<string, string>;
  dependencies: Record<string, string>;
  devDependencies: Record<string, string>;
}

const PROJECT = fileURLToPath(new URL('../../', import.meta.url));
const textOf = (name: string) => readFileSync(join(PROJECT, name), 'utf8');
const manifestOf = (folder: string) => JSON.parse(textOf(join(folder, 'package.json'))) as Manifest;
const root = manifestOf('.');
/** Where the name is not that of the folder. */
const NAMES: Record<string, string> = { 'src/principal-verifier': 'principal' };

for (const folder of root.workspaces)
  describe(`the package in ${folder}`, () => {
    const own = manifestOf(folder);

    it('has a name in our scope, and can be published', () => {
      expect(own.name).to.equal(`@trivium-api/${NAMES[folder] ?? folder.replace('src/', '')}`);
      expect(own.private).to.equal(undefined);
      expect(own.publishConfig).to.deep.equal({ access: 'public' });
      expect(textOf(join(folder, 'LICENSE'))).to.equal(textOf('LICENSE'));
      expect(textOf(join(folder, 'README.md'))).to.contain(own.name);
    });

    it('has the version, the engines and the license of all', () => {
      const { version, engines, license, type } = root;
      expect(own).to.deep.include({ version, engines, license, type });
    });

    it('asks for the same versions of what others need, too', () => {
      const elsewhere = [root, ...root.workspaces.map(manifestOf)].map(
        ({ dependencies, devDependencies }) => ({
          ...dependencies,
          ...devDependencies,
        }),
      );
      for (const [name, range] of Object.entries({ ...own.dependencies, ...own.devDependencies }))
        for (const ranges of elsewhere) expect(ranges[name] ?? range, name).to.equal(range);
    });
  });

describe('packages that others wrote', () => {
  const { allowScripts } = JSON.parse(textOf('package.json')) as { allowScripts: Record<string, boolean> };
  const lock = JSON.parse(textOf('package-lock.json')) as {
    packages: Record<string, { hasInstallScript?: true; resolved?: string; link?: true }>;
  };

  it('run nothing while they are installed', () => {
    const scripted = Object.entries(lock.packages)
      .filter(([, { hasInstallScript }]) => hasInstallScript)
      .map(([path]) => path.replace(/^.*node_modules\//, ''));
    for (const name of scripted) expect(allowScripts[name], name).to.equal(false);
    expect(Object.values(allowScripts)).to.not.include(true);
  });

  it('are locked by version and integrity, not by where one registry keeps them', () => {
    const named = Object.values(lock.packages).filter(
      ({ resolved, link }) => resolved !== undefined && !link,
    );
    expect(named).to.deep.equal([]);
  });
});
