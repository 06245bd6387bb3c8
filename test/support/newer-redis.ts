/**
 * Redis and Valkey of a newer Debian than the machine's, unpacked without installing them: from the machine's own package sources, with
 * another suite, into a folder outside of the repository. They run with the C library that they were built for.
 */
import { execFile } from 'node:child_process';
import { access, mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

export interface NewerServer {
  command: string;
  /** Before those of the server. */
  args?: string[];
  env: NodeJS.ProcessEnv;
}

/** Debian 13. */
const SUITE = 'trixie';
const PACKAGES = ['redis-tools', 'valkey-tools'];
const CACHE = join(tmpdir(), `trivium-servers-${SUITE}-${userInfo().uid}`);
const SOURCES = '/etc/apt/sources.list.d/debian.sources';

/** @returns why it cannot be had here, as a text */
export async function newerServer(product: 'redis' | 'valkey'): Promise<NewerServer | string> {
  try {
    if (!(await exists(join(CACHE, 'usr/bin')))) await fetchInto(CACHE);
  } catch (error) {
    const [line] = (error instanceof Error ? error.message : String(error)).split('\n');
    return `Debian's packages of ${SUITE} cannot be had: ${line}`;
  }
  const lib = join(CACHE, 'usr/lib');
  const all = await readdir(lib, { recursive: true });
  const loader = all.find((file) => /\/ld-linux[^/]*\.so\.\d$/.test(file));
  if (loader === undefined) return 'the unpacked C library has no loader';
  const libraries = join(lib, loader, '..');
  // One program is server and checker, by its name.
  const args = ['--argv0', `${product}-server`, '--library-path', libraries];
  const server = { command: join(lib, loader), args: [...args, join(CACHE, `usr/bin/${product}-check-rdb`)] };
  try {
    await run(server.command, [...server.args, '--version']);
  } catch (error) {
    return `it does not run here: ${error instanceof Error ? error.message : String(error)}`;
  }
  return { ...server, env: process.env };
}

async function fetchInto(target: string): Promise<void> {
  const work = await mkdtemp(`${target}-fetching-`);
  try {
    const options = await ownApt(work);
    const apt = (program: string, ...args: string[]) => run(program, [...options, ...args], { cwd: work });
    await apt('apt-get', 'update');
    const narrow = ['recommends', 'suggests', 'conflicts', 'breaks', 'replaces', 'enhances'].map(
      (one) => `--no-${one}`,
    );
    const { stdout } = await apt('apt-cache', 'depends', '--recurse', ...narrow, ...PACKAGES);
    const libraries = stdout.split('\n').filter((line) => /^lib[a-z0-9.+-]+$/.test(line));
    await apt('apt-get', 'download', ...PACKAGES, ...new Set(libraries));
    const root = join(work, 'root');
    for (const file of await readdir(work))
      if (file.endsWith('.deb')) await run('dpkg-deb', ['-x', join(work, file), root]);
    // Another process may have been faster.
    await rename(root, target).catch(async (error: unknown) => {
      if (!(await exists(target))) throw error;
    });
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

/** Options of apt for folders of its own: the machine's are neither read nor changed. */
async function ownApt(work: string): Promise<string[]> {
  const sources = (await readFile(SOURCES, 'utf8')).replaceAll(/^Suites:.*$/gm, (line) =>
    line.includes('-security') ? `Suites: ${SUITE}-security` : `Suites: ${SUITE}`,
  );
  await writeFile(join(work, 'newer.sources'), sources);
  await mkdir(join(work, 'lists/partial'), { recursive: true });
  await mkdir(join(work, 'cache/archives/partial'), { recursive: true });
  return [
    `Dir::State::lists=${work}/lists`,
    `Dir::Cache=${work}/cache`,
    `Dir::Etc::sourcelist=${work}/newer.sources`,
    'Dir::Etc::sourceparts=-',
    'Dir::State::status=/dev/null',
    'APT::Sandbox::User=root',
  ].flatMap((option) => ['-o', option]);
}

const exists = (file: string): Promise<boolean> =>
  access(file).then(
    () => true,
    () => false,
  );
