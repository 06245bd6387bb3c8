/** The program `trivium` as a tenant runs it: a process of its own, with a key in its environment and a home of its own. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { demoTenant } from '../support/callers.ts';
import { world } from '../support/world.ts';

export const TRIVIUM = fileURLToPath(new URL('../../src/command-line/trivium.mjs', import.meta.url));

export interface Ended {
  code: number | null;
  stdout: string;
  stderr: string;
}

export interface Running {
  ended: Promise<Ended>;
  kill(signal: NodeJS.Signals): void;
  /** @throws Error with what it said when it ends before that */
  untilSaid(pattern: RegExp): Promise<void>;
  /** On either stream. */
  said(): string;
}

export interface Desk {
  folder: string;
  env: Record<string, string>;
  /** @returns its path */
  file(name: string, content: string | Uint8Array): string;
  read(name: string): string;
  /** Paths of what the program remembers of imports. */
  remembered(): string[];
  modeOf(path: string): string;
  start(args: string[], env?: Record<string, string>, input?: Uint8Array): Running;
  run(args: string[], env?: Record<string, string>, input?: Uint8Array): Promise<Ended>;
  clear(): void;
}

export async function deskOf(tenant: 'acme' | 'globex'): Promise<Desk> {
  const folder = mkdtempSync(join(tmpdir(), 'trivium-desk-'));
  const { client_id, client_secret } = (await demoTenant(tenant)).api_key;
  const base: Record<string, string> = {
    PATH: process.env['PATH']!,
    HOME: folder,
    TERM: 'xterm',
    TRIVIUM_URL: (await world()).api,
    TRIVIUM_CLIENT_ID: client_id,
    TRIVIUM_CLIENT_SECRET: client_secret,
  };
  const memories = join(folder, '.local/state/trivium/imports');
  const desk: Desk = {
    folder,
    env: base,
    file(name, content) {
      writeFileSync(join(folder, name), content);
      return join(folder, name);
    },
    read: (name) => readFileSync(join(folder, name), 'utf8'),
    remembered() {
      try {
        return readdirSync(memories).map((name) => join(memories, name));
      } catch {
        return [];
      }
    },
    modeOf: (path) => (statSync(path).mode & 0o777).toString(8),
    start: (args, env, input) => startProcess([TRIVIUM, ...args], { ...base, ...env }, input),
    run: (args, env, input) => desk.start(args, env, input).ended,
    clear: () => rmSync(folder, { recursive: true, force: true }),
  };
  return desk;
}

export function startProcess(args: string[], env: Record<string, string>, input?: Uint8Array): Running {
  const child = spawn(process.execPath, args, { env, stdio: ['pipe', 'pipe', 'pipe'] });
  const said = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const)
    child[name].setEncoding('utf8').on('data', (text: string) => (said[name] += text));
  // Whoever ends early does not read to the end.
  child.stdin.on('error', () => undefined);
  child.stdin.end(input);
  const ended = once(child, 'close').then(([code]) => ({ code: code as number | null, ...said }));
  return {
    ended,
    kill: (signal) => child.kill(signal),
    said: () => said.stdout + said.stderr,
    untilSaid: (pattern) =>
      new Promise((resolve, reject) => {
        const look = () => {
          if (pattern.test(said.stdout + said.stderr)) resolve();
        };
        for (const stream of [child.stdout, child.stderr]) stream.on('data', look);
        look();
        void ended.then((end) => reject(new Error(`it ended: ${JSON.stringify(end)}`)));
      }),
  };
}
