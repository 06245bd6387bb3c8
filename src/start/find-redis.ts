/**
 * Finds a Redis server: on the PATH, or, on Debian and its derivatives, downloads one into this project's folder without root.
 * No npm package ships one.
 */
import { execFile } from 'node:child_process';
import { access, mkdir, mkdtemp, readdir, rename, rm, symlink } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);

export interface RedisServer {
  command: string;
  env: NodeJS.ProcessEnv;
}

const TOOLS = fileURLToPath(new URL('../../.trivium/tools/', import.meta.url));
/** `redis-tools` contains one program that acts as client, checker or server depending on its name. */
const PACKAGE = 'redis-tools';

/** @throws Error with one line on what to install */
export async function findRedis(tools = TOOLS): Promise<RedisServer> {
  for (const name of ['redis-server', 'valkey-server']) {
    const command = await onPath(name);
    if (command) return { command, env: process.env };
  }
  const fetched = join(tools, 'redis');
  const known = await asServer(fetched);
  if (known) return known;
  if (!(await onPath('apt-get')) || !(await onPath('dpkg'))) throw new Error(whatToInstall());
  console.error('Fetching a Redis server into .trivium/tools …');
  try {
    await fetchDebian(tools, fetched);
  } catch (cause) {
    throw new Error(whatToInstall(), { cause });
  }
  const server = await asServer(fetched);
  if (!server) throw new Error(whatToInstall());
  return server;
}

function whatToInstall(): string {
  const how = process.platform === 'darwin' ? 'brew install redis' : 'apt-get install redis-server';
  return `No Redis found. Set REDIS_URL, or install one: ${how} (or: docker run -p 6379:6379 redis, and REDIS_URL=redis://127.0.0.1:6379)`;
}

async function onPath(name: string): Promise<string | undefined> {
  for (const folder of (process.env['PATH'] ?? '').split(delimiter)) {
    const file = join(folder, name);
    if (folder && (await exists(file))) return file;
  }
  return undefined;
}

async function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}

/** A downloaded server that runs; undefined when there is none. */
async function asServer(folder: string): Promise<RedisServer | undefined> {
  const command = join(folder, 'usr/bin/redis-server');
  if (!(await exists(command))) return undefined;
  const libraries = await readdir(join(folder, 'usr/lib'), { recursive: true });
  const jemalloc = libraries.find((file) => file.endsWith('libjemalloc.so.2'));
  const path = join(folder, 'usr/lib', jemalloc ? join(jemalloc, '..') : '');
  const env = {
    ...process.env,
    LD_LIBRARY_PATH: [path, process.env['LD_LIBRARY_PATH']].filter(Boolean).join(':'),
  };
  try {
    await run(command, ['--version'], { env });
    return { command, env };
  } catch {
    return undefined;
  }
}

/** Downloads into a temporary folder that is renamed at the end: an incomplete server is never used. */
async function fetchDebian(tools: string, target: string): Promise<void> {
  await mkdir(tools, { recursive: true });
  const work = await mkdtemp(join(tools, 'fetching-'));
  try {
    await download(work);
    const unpacked = join(work, 'root');
    for (const file of await readdir(work)) {
      if (file.endsWith('.deb')) await run('dpkg', ['-x', join(work, file), unpacked]);
    }
    await symlink('redis-check-rdb', join(unpacked, 'usr/bin/redis-server'));
    await moveInto(unpacked, target);
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

async function moveInto(unpacked: string, target: string): Promise<void> {
  try {
    await rename(unpacked, target);
  } catch (error) {
    // Another process was faster, or the existing server no longer runs.
    if (await asServer(target)) return;
    if (!(await exists(target))) throw error;
    await rm(target, { recursive: true });
    await rename(unpacked, target);
  }
}

async function download(work: string): Promise<void> {
  try {
    await downloadWith([], work);
  } catch {
    // The package lists are missing or outdated. They belong to root, so download our own.
    const lists = join(work, 'lists');
    const cache = join(work, 'cache');
    await mkdir(join(lists, 'partial'), { recursive: true });
    await mkdir(join(cache, 'archives/partial'), { recursive: true });
    const own = [`Dir::State::lists=${lists}`, `Dir::Cache=${cache}`, 'APT::Sandbox::User=root'];
    const options = own.flatMap((option) => ['-o', option]);
    await run('apt-get', [...options, 'update'], { cwd: work });
    await downloadWith(options, work);
  }
}

async function downloadWith(options: string[], work: string): Promise<void> {
  const { stdout } = await run('apt-cache', [...options, 'depends', PACKAGE], { cwd: work });
  const libraries = [...stdout.matchAll(/^ +Depends: (lib\S+)$/gm)].map(([, name = '']) => name);
  // Only the system's own C library fits its loader.
  const wanted = [PACKAGE, ...libraries.filter((name) => !/^libc\d/.test(name))];
  await run('apt-get', [...options, 'download', ...wanted], { cwd: work });
}
