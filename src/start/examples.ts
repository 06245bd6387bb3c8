/** Services that `npm start -- --example NAME` starts besides, so that there is something behind the gateway. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdirSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import type { Deployment } from './deployment.ts';
import { endWithUs } from './end-with-us.ts';
import { isFree } from './ports.ts';

export interface Example {
  name: string;
  /** The file of `SERVICES`. */
  services: string;
  command: readonly [string, ...string[]];
  /** Beside PORT and TRIVIUM_URL. */
  env?: Record<string, string>;
  /** Where it listens, as its `services.yaml` says. */
  url: string;
  /** Public path that each kind of caller may read. */
  path: string;
}

const PROJECT = fileURLToPath(new URL('../../', import.meta.url));
const inExamples = (path: string) => join(PROJECT, 'examples', path);

const EXAMPLES: readonly Example[] = [
  {
    name: 'orders',
    services: inExamples('orders/services.yaml'),
    command: [
      process.execPath,
      '--conditions=trivium-source',
      '--import',
      'tsx',
      inExamples('orders/server.mjs'),
    ],
    url: 'http://localhost:4100',
    path: '/orders/orders',
  },
  {
    name: 'orders-python',
    services: inExamples('orders/services.yaml'),
    command: ['python3', inExamples('orders-python/server.py')],
    // Python's standard library cannot verify tokens; here only the API on this machine reaches it.
    env: { TRUST_NETWORK: '1' },
    url: 'http://localhost:4100',
    path: '/orders/orders',
  },
];

const READY_MS = 30_000;
const POLL_MS = 100;

/** `--example NAME` of the command line; exits with 1 when there is no such example. */
export function exampleOrExit(args = process.argv.slice(2)): Example | undefined {
  const { values } = parseArgs({ args, options: { example: { type: 'string' } } });
  if (values.example === undefined) return undefined;
  const found = EXAMPLES.find(({ name }) => name === values.example);
  if (found) return found;
  console.error(
    `There is no example ${values.example}; there is: ${EXAMPLES.map(({ name }) => name).join(', ')}`,
  );
  return process.exit(1);
}

/** Resolves when it listens. @throws Error when it ends before */
export async function startExample(
  { name, command, url, env }: Example,
  { api, home }: Pick<Deployment, 'api' | 'home'>,
): Promise<{ ended: Promise<string> }> {
  const port = Number(new URL(url).port);
  if (!(await isFree(port)))
    throw new Error(`Port ${port}, where the example ${name} would listen, is in use.`);
  mkdirSync(join(home, 'logs'), { recursive: true, mode: 0o700 });
  const log = openSync(join(home, 'logs', `${name}.log`), 'w', 0o600);
  const [program, ...args] = command;
  const child = spawn(program, args, {
    env: { PATH: process.env['PATH'], TRIVIUM_URL: api, PORT: String(port), ...env },
    stdio: ['ignore', log, log],
    detached: true,
  });
  closeSync(log);
  endWithUs(child);
  const ended = once(child, 'exit').then(() => name);
  const until = Date.now() + READY_MS;
  while (!(await answers(url))) {
    if (child.exitCode !== null || Date.now() > until)
      throw new Error(`The example ${name} did not start; its log is ${home}/logs/${name}.log.`);
    await Promise.race([ended, new Promise((resolve) => setTimeout(resolve, POLL_MS))]);
  }
  return { ended };
}

const answers = (url: string): Promise<boolean> =>
  fetch(url, { signal: AbortSignal.timeout(1_000) }).then(
    () => true,
    () => false,
  );
