/** Load from a process of its own, on a core of its own where that can be had. */
import { execFile, spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { promisify } from 'node:util';

const run = promisify(execFile);
const autocannon = createRequire(import.meta.url).resolve('autocannon/autocannon.js');
const canPin = spawnSync('taskset', ['-p', String(process.pid)]).status === 0;

export const SERVER_CORE = '0';
const LOAD_CORE = '1';
const CONNECTIONS = 64;

/** Puts a process, all its threads, on one core. Without `taskset` it stays where the system puts it. */
export function pin(pid: number, core: string): void {
  if (canPin) spawnSync('taskset', ['-acp', core, String(pid)]);
}

export interface Load {
  url: string;
  headers: Record<string, string>;
  /** Left out: GET. */
  method?: string;
  /** `[<id>]` in it is another text in every request. */
  body?: string;
}

/** @returns requests a second. @throws when an answer was not 2xx: a fast refusal is no result */
export async function requestsPerSecond(
  { url, headers, method = 'GET', body }: Load,
  seconds: number,
): Promise<number> {
  const fields = Object.entries(headers).flatMap(([name, value]) => ['-H', `${name}=${value}`]);
  const command = [
    process.execPath,
    autocannon,
    '--json',
    '-c',
    String(CONNECTIONS),
    '-d',
    String(seconds),
    '-m',
    method,
    ...(body === undefined ? [] : ['-I', '-b', body]),
    ...fields,
    url,
  ];
  const [program, ...rest] = canPin ? ['taskset', '-c', LOAD_CORE, ...command] : command;
  const { stdout } = await run(program!, rest, { maxBuffer: 2 ** 26 });
  const result = JSON.parse(stdout) as { '2xx': number; non2xx: number; errors: number; duration: number };
  if (result.non2xx + result.errors > 0 || result['2xx'] === 0) {
    throw new Error(`${url}: ${result.non2xx} answers were not 2xx, ${result.errors} connections failed`);
  }
  return result['2xx'] / result.duration;
}
