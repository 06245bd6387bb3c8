/** Children: started, waited for until they say that they are ready, and stopped. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { endWithUs } from './end-with-us.ts';

export interface StartedProcess {
  name: string;
  /** Where it listens, if it does. */
  url: string;
  pid: number;
  /** Settles when it ends, however. */
  ended: Promise<void>;
  stop(signal?: NodeJS.Signals): Promise<void>;
}

interface Program {
  name: string;
  /** From the project's folder. */
  file: string;
  env: Record<string, string>;
  logFile: string;
}

const PROJECT = fileURLToPath(new URL('../../', import.meta.url));
const READY_MS = 60_000;
/** A child that does not end by itself is ended. */
const STOP_MS = 20_000;
const LAST_LINES = 10;

/** @throws Error with the child's last words when it ends or stays silent */
export async function startProcess({ name, file, env, logFile }: Program): Promise<StartedProcess> {
  mkdirSync(dirname(logFile), { recursive: true, mode: 0o700 });
  const log = createWriteStream(logFile, { mode: 0o600 });
  const child = spawn(process.execPath, ['--import', 'tsx', file], {
    cwd: PROJECT,
    env: { ...inherited(), ...env },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    // A process group of its own: Ctrl-C reaches us only, and we stop the children in order.
    detached: true,
  });
  endWithUs(child);
  const words: string[] = [];
  for (const stream of [child.stdout!, child.stderr!]) {
    stream.on('data', (chunk: Buffer) => {
      log.write(chunk);
      words.push(...chunk.toString('utf8').split('\n').filter(Boolean));
      words.splice(0, words.length - LAST_LINES);
    });
  }
  const ended = once(child, 'exit').then(() => {
    log.end();
  });
  const url = await new Promise<string>((resolve, reject) => {
    const fail = (what: string) => reject(new Error(`${name} ${what}:\n  ${words.join('\n  ')}`));
    const timer = setTimeout(() => {
      child.kill('SIGKILL');
      fail('was not ready in time');
    }, READY_MS);
    child.on('message', (message: { type?: string; url?: string }) => {
      if (message.type !== 'ready') return;
      clearTimeout(timer);
      resolve(message.url ?? '');
    });
    // Not on `exit`: its last words may come after that.
    child.once('close', () => {
      clearTimeout(timer);
      fail('ended');
    });
  });
  return {
    name,
    url,
    pid: child.pid!,
    ended,
    stop: async (signal = 'SIGTERM') => {
      const timer = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
      child.kill(signal);
      await ended;
      clearTimeout(timer);
    },
  };
}

/** What a child may know of our environment: nothing that sets one of its own variables. */
function inherited(): Record<string, string> {
  const names = [
    'PATH',
    'HOME',
    'TMPDIR',
    'LANG',
    'LOG_LEVEL',
    'NODE_OPTIONS',
    'NODE_EXTRA_CA_CERTS',
    'SSL_CERT_FILE',
  ];
  return Object.fromEntries(
    names.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]])),
  );
}
