/** A program of ours as a process, with nothing of our own environment but what it needs to run, beside others. */
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const PROJECT = fileURLToPath(new URL('../../', import.meta.url));

export interface RunningProgram {
  pid: number;
  /** All that it said so far, on either stream. */
  said(): string;
  /** @throws Error with what it said when it ends before that */
  untilSaid(pattern: RegExp): Promise<void>;
  /** Its exit code; null after a signal. */
  ended: Promise<number | null>;
  kill(signal: NodeJS.Signals): void;
  /** Ids of the processes that it started, and those started. */
  descendants(): number[];
}

const ours = (names: string[]) => Object.fromEntries(names.map((name) => [name, process.env[name]]));

export function runProgram(
  file: string,
  env: Record<string, string> = {},
  args: string[] = [],
): RunningProgram {
  const child = spawn(process.execPath, ['--import', 'tsx', file, ...args], {
    cwd: PROJECT,
    env: { ...ours(['PATH', 'HOME', 'FREE_PORTS']), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => (said += text));
  const ended = once(child, 'close').then(([code]) => code as number | null);
  return {
    pid: child.pid!,
    said: () => said,
    ended,
    kill: (signal) => child.kill(signal),
    untilSaid: (pattern) =>
      new Promise((resolve, reject) => {
        const look = () => {
          if (pattern.test(said)) resolve();
        };
        for (const stream of [child.stdout, child.stderr]) stream.on('data', look);
        look();
        void ended.then((code) => reject(new Error(`${file} ended with ${code}: ${said}`)));
      }),
    descendants: () => descendantsOf(child.pid!),
  };
}

function descendantsOf(root: number): number[] {
  const table = execFileSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' })
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/).map(Number) as [number, number]);
  const found = [root];
  for (const parent of found) {
    found.push(...table.filter(([, ppid]) => ppid === parent).map(([pid]) => pid));
  }
  return found.slice(1);
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
