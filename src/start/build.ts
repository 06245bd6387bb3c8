/**
 * `npm run build`: compiles what production needs to JavaScript in `dist/`, from scratch and atomically. For tests and benchmarks:
 * `--project` selects another tsconfig, `--into` another folder, and `--no-check` skips type checks that have just run. Decision 15
 * explains the choice of tsc.
 */
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { parseJson } from '../json.ts';
import { buildConsole } from './build-console.ts';

/** Files that modules read at run time from their own folder. */
const READ_BY_MODULES = /\.(lua|json)$/;

const { values } = parseArgs({
  options: {
    project: { type: 'string', default: 'tsconfig.build.json' },
    into: { type: 'string', default: 'dist' },
    'no-check': { type: 'boolean', default: false },
  },
});
const tsc = createRequire(import.meta.url).resolve('typescript/bin/tsc');

process.chdir(fileURLToPath(new URL('../../', import.meta.url)));
rmSync(values.into, { recursive: true, force: true });
const flags = values['no-check'] ? ['--noCheck'] : [];
const { status } = spawnSync(
  process.execPath,
  [tsc, '-p', values.project, '--outDir', values.into, ...flags],
  {
    stdio: 'inherit',
  },
);
// After an error tsc has written nothing, so there is nothing to start.
if (status !== 0) process.exit(1);
// Packages in `src` have their own builds.
const { workspaces } = parseJson<{ workspaces: string[] }>(readFileSync('package.json', 'utf8'));
const isOfPackage = (name: string) =>
  workspaces.some((folder) => join('src', name).startsWith(join(folder, '/')));
for (const name of readdirSync('src', { recursive: true, encoding: 'utf8' })) {
  if (!READ_BY_MODULES.test(name) || isOfPackage(name)) continue;
  const copy = join(values.into, 'src', name);
  mkdirSync(dirname(copy), { recursive: true });
  copyFileSync(join('src', name), copy);
}
await buildConsole(join(values.into, 'src/console/dist'));
