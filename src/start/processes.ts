/** Children: started, waited for until they say that they are ready, and stopped. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { endWithUs } from './end-with-us.ts';

export interface StartedProcess {
  name: string;
  /** Where it listens, if it does. */
  url: string;
  /** Where the stand-in can be told to misbehave, if asked for. */
  controlUrl?: string | undefined;
  pid: number;
  /** Settles when it ends, however. */
  ended: Promise<void>;
  stop(signal?: NodeJS.Signals): Promise<void>;
}

/** What a child says of itself when it is. */
interface Ready {
  url?: string;
  controlUrl?: string;
}

export interface Program {
  name: string;
  /** From the project's folder; a TypeScript file, also where it is started from a build. */
  file: string;
  /** Folder of a build (`build.ts`), from the project's folder. Left out, the file itself runs, by tsx. */
  build?: string | undefined;
  /** Of Node. */
  flags?: readonly string[];
  env: Record<string, string>;
  logFile: string;
}

const PROJECT = fileURLToPath(new URL('../../', import.meta.url));
const READY_MS = 120_000;
/** A child that does not end by itself is ended. */
const STOP_MS = 20_000;
const LAST_LINES = 10;

/** @throws Error with the child's last words when it ends or stays silent */
export async function startProcess({
  name,
  file,
  build,
  flags = [],
  env,
  logFile,
}: Program): Promise<StartedProcess> {
  mkdirSync(dirname(logFile), { recursive: true, mode: 0o700 });
  // Straight into the file: what a child says costs us nothing, and is kept when we die.
  const log = openSync(logFile, 'w', 0o600);
  const program =
    build === undefined ? ['--import', 'tsx', file] : [join(build, file.replace(/\.ts$/, '.js'))];
  const child = spawn(process.execPath, [...flags, ...program], {
    cwd: PROJECT,
    env: { ...inherited(), ...env },
    stdio: ['ignore', log, log, 'ipc'],
    // A process group of its own: Ctrl-C reaches us only, and we stop the children in order.
    detached: true,
  });
  closeSync(log);
  endWithUs(child);
  const ended = once(child, 'exit').then(() => undefined);
  const ready = await new Promise<Ready>((resolve, reject) => {
    const fail = (what: string) => reject(new Error(`${name} ${what}:\n${lastWords(logFile)}`));
    const timer = setTimeout(() => {
      child.kill('SIGKILL');
      fail('was not ready in time');
    }, READY_MS);
    child.on('message', (message: Ready & { type?: string }) => {
      if (message.type !== 'ready') return;
      clearTimeout(timer);
      resolve(message);
    });
    void ended.then(() => {
      clearTimeout(timer);
      fail('ended');
    });
  });
  return {
    name,
    url: ready.url ?? '',
    controlUrl: ready.controlUrl,
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

function lastWords(logFile: string): string {
  const lines = readFileSync(logFile, 'utf8').trimEnd().split('\n');
  return lines
    .slice(-LAST_LINES)
    .map((line) => `  ${line}`)
    .join('\n');
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
