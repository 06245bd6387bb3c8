/** The built console: files with a hash in their names, and which of them the page begins with. `npm run build` makes it. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { parseJson } from '../../json.ts';

/** Written by `src/start/build-console.ts`. Names of files. */
export interface ConsoleManifest {
  script: string;
  styles: string;
  /** Of Auth0's SDK. */
  worker: string;
}

export interface ConsoleBuild {
  manifest: ConsoleManifest;
  /** By name: small, and few. */
  files: ReadonlyMap<string, string>;
}

const FOLDER = new URL('../../console/dist/', import.meta.url);
const MANIFEST = 'manifest.json';

let build: ConsoleBuild | undefined;

/** Read once. undefined: it is not built, as where only the sources are run. */
export function readConsoleBuild(): ConsoleBuild | undefined {
  if (!build && existsSync(new URL(MANIFEST, FOLDER))) build = readFiles();
  return build;
}

function readFiles(): ConsoleBuild {
  const manifest = parseJson<ConsoleManifest>(readFileSync(new URL(MANIFEST, FOLDER), 'utf8'));
  const names = readdirSync(FOLDER).filter((name) => /\.(css|js)$/.test(name));
  return {
    manifest,
    files: new Map(names.map((name) => [name, readFileSync(new URL(name, FOLDER), 'utf8')])),
  };
}
