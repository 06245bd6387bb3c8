/** A program of `examples/`, started as its page says, with nothing of our environment but what it is given. */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

export const PROJECT = fileURLToPath(new URL('../../', import.meta.url));

export interface ExampleProgram {
  /** Resolves with what it has said so far, on either stream, once that matches. @throws Error when it ends before */
  says: (what: RegExp) => Promise<string>;
  /** When it has ended by itself: its exit code, and all that it said. */
  ended: Promise<{ code: number | null; said: string }>;
  kill: () => Promise<void>;
}

export function startExample(
  [program, ...args]: readonly [string, ...string[]],
  env: Record<string, string>,
): ExampleProgram {
  const child = spawn(program, args, {
    cwd: PROJECT,
    env: { PATH: process.env['PATH'], ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => (said += text));
  const ended = once(child, 'close').then(([code]) => ({ code: code as number | null, said }));
  return {
    ended,
    says: (what) =>
      new Promise((resolve, reject) => {
        const look = () => {
          if (what.test(said)) resolve(said);
        };
        for (const stream of [child.stdout, child.stderr]) stream.on('data', look);
        look();
        void ended.then(({ code }) => reject(new Error(`${args.join(' ')} ended with ${code}: ${said}`)));
      }),
    kill: async () => {
      child.kill('SIGKILL');
      await ended;
    },
  };
}

export const hasCryptography = spawnSync('python3', ['-c', 'import cryptography']).status === 0;
const NODE = ['--import', 'tsx', '--conditions=trivium-source', 'examples/orders/server.mjs'] as const;

/** The ways to run the service, and what each needs beside PORT and TRIVIUM_URL. */
export const ORDERS: { name: string; command: [string, ...string[]]; env: Record<string, string> }[] = [
  { name: 'in Node', command: [process.execPath, ...NODE], env: {} },
  {
    name: 'in Python',
    command: ['python3', '-B', 'examples/orders-python/server.py'],
    // Python's standard library cannot verify; where it can, it does.
    env: hasCryptography ? {} : { TRUST_NETWORK: '1' },
  },
];
