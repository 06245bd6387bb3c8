/** Builds the console with esbuild: a file for each screen, each named by a hash of its content. Takes a fraction of a second. */
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import type { ConsoleManifest } from '../operations/service/console-build.ts';

const ENTRY = fileURLToPath(new URL('../console/main.tsx', import.meta.url));
const HASH_LENGTH = 10;

/** @param folder where it goes; what was there is removed */
export async function buildConsole(folder: string): Promise<void> {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const { metafile } = await build({
    entryPoints: [ENTRY],
    outdir: folder,
    bundle: true,
    splitting: true,
    format: 'esm',
    target: 'es2022',
    minify: true,
    jsx: 'automatic',
    jsxImportSource: 'preact',
    entryNames: '[name]-[hash]',
    chunkNames: '[name]-[hash]',
    metafile: true,
    logLevel: 'warning',
  });
  const entry = Object.entries(metafile.outputs).find(([, { entryPoint }]) =>
    entryPoint?.endsWith('main.tsx'),
  );
  const [script, { cssBundle = '' }] = entry!;
  const manifest: ConsoleManifest = {
    script: basename(script),
    styles: basename(cssBundle),
    worker: copyWorker(folder),
  };
  writeFileSync(join(folder, 'manifest.json'), JSON.stringify(manifest));
}

/** Auth0's SDK keeps refresh tokens in a worker, out of reach of the page's scripts; by default it would make it of a `blob:`. */
function copyWorker(folder: string): string {
  const sdk = dirname(createRequire(import.meta.url).resolve('@auth0/auth0-spa-js'));
  const content = readFileSync(join(sdk, '../auth0-spa-js.worker.production.js'));
  const hash = createHash('sha256').update(content).digest('hex').slice(0, HASH_LENGTH);
  const name = `auth0-worker-${hash}.js`;
  writeFileSync(join(folder, name), content);
  return name;
}
