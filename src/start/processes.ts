/** Child processes: starts them, waits until they report that they are ready, and stops them. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { endWithUs } from './end-with-us.ts';

export interface StartedProcess {
  name: string;
  /** URL that it listens on, if any. */
  url: string;
  /** URL of the stand-in's control API, if enabled. */
  controlUrl?: string | undefined;
  pid: number;
  /** Resolves when it has ended for whatever reason. */
  ended: Promise<void>;
  /** Once it has ended; null: by a signal. */
  exitCode(): number | null;
  stop(signal?: NodeJS.Signals): Promise<void>;
}

/** The message of a child that is ready. */
interface Ready {
  url?: string;
  controlUrl?: string;
}

export interface Program {
  name: string;
  /** Path from the project's folder; the TypeScript file, even when a build is started. */
  file: string;
  /** Folder of a build (`build.ts`), from the project's folder. Left out: the file itself runs, with tsx. */
  build?: string | undefined;
  /** Node options. */
  flags?: readonly string[];
  env: Record<string, string>;
  logFile: string;
}

const PROJECT = fileURLToPath(new URL('../../', import.meta.url));
const READY_MS = 300_000;
/** After this a child that does not stop is killed. */
const STOP_MS = 20_000;
const LAST_LINES = 10;

/** @throws Error with the end of the child's log when it exits or is not ready in time */
export async function startProcess({
  name,
  file,
  build,
  flags = [],
  env,
  logFile,
}: Program): Promise<StartedProcess> {
  mkdirSync(dirname(logFile), { recursive: true, mode: 0o700 });
  // Directly into the file: this costs us nothing, and the log is kept if we die.
  const log = openSync(logFile, 'w', 0o600);
  const program =
    build === undefined ? ['--import', 'tsx', file] : [join(build, file.replace(/\.ts$/, '.js'))];
  const child = spawn(process.execPath, [...flags, ...program], {
    cwd: PROJECT,
    env: { ...inherited(), ...env },
    stdio: ['ignore', log, log, 'ipc'],
    // A process group of its own: Ctrl-C reaches only us, and we stop the children in order.
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
    exitCode: () => child.exitCode,
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

/** The part of our environment that children inherit: without variables that are settings of theirs. */
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
