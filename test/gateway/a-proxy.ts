/** The real proxies, with the configurations of `examples/`. */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { anyFreePort } from '../../src/start/ports.ts';
import { until } from '../support/api-keys.ts';

export interface Proxy {
  name: string;
  /** In `examples/`. */
  config: string;
  others: string[];
  command: (config: string, folder: string) => [string, ...string[]];
}

export interface RunningProxy {
  url: string;
  close: () => Promise<void>;
}

/** Settings of the API. */
export const BEHIND_A_PROXY = {
  FORWARD_AUTH_ADDRESSES: '127.0.0.0/8,::1',
  TRUSTED_PROXIES: '1',
  HOST: '127.0.0.1',
};

const NGINX = 'daemon off; master_process off; pid nginx.pid;';

export const PROXIES: readonly Proxy[] = [
  {
    name: 'nginx',
    config: 'nginx/nginx.conf',
    others: [],
    command: (config, folder) => ['nginx', '-p', folder, '-c', config, '-g', NGINX, '-e', 'stderr'],
  },
  {
    name: 'Caddy',
    config: 'caddy/Caddyfile',
    others: [],
    command: (config) => ['caddy', 'run', '--config', config, '--adapter', 'caddyfile'],
  },
  {
    name: 'HAProxy',
    config: 'haproxy/haproxy.cfg',
    others: ['haproxy/trivium.lua'],
    command: (config) => ['haproxy', '-f', config],
  },
];

/** Skips the tests of the suite where it is not installed: Debian's packages are not everywhere. */
export async function startProxy(
  test: Mocha.Context,
  { name, config, others, command }: Proxy,
  behind: { api: string; service: string },
): Promise<RunningProxy> {
  if (spawnSync('which', [name.toLowerCase()]).status !== 0) return test.skip();
  const folder = mkdtempSync(join(tmpdir(), 'proxy-'));
  const port = await anyFreePort();
  const url = `http://127.0.0.1:${port}`;
  const text = readFileSync(`examples/${config}`, 'utf8')
    .replaceAll('127.0.0.1:4000', new URL(behind.api).host.replace('localhost', '127.0.0.1'))
    .replaceAll('127.0.0.1:4100', new URL(behind.service).host)
    .replaceAll('127.0.0.1:8080', `127.0.0.1:${port}`);
  const file = join(folder, 'config');
  writeFileSync(file, text);
  for (const other of others) copyFileSync(`examples/${other}`, join(folder, other.split('/').at(-1)!));
  const [program, ...args] = command(file, folder);
  const child = spawn(program, args, {
    cwd: folder,
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { PATH: process.env['PATH'], HOME: folder },
  });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (line: string) => (said += line));
  const ended = once(child, 'exit');
  await until(() => {
    if (child.exitCode !== null) throw new Error(`${name} ended: ${said}`);
    return fetch(url).then(
      () => true,
      () => false,
    );
  });
  return {
    url,
    close: async () => {
      child.kill('SIGKILL');
      await ended;
      await rm(folder, { recursive: true, force: true });
    },
  };
}
