/** Load from a process of its own, on a core of its own where that can be had. */
import { execFile, spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { promisify } from 'node:util';
import { processorTime } from './processor-time.ts';

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
  /** Process that answers, whose processor time is measured. */
  pid?: number;
  /** `[<id>]` in it is another text in every request. */
  body?: string;
}

export interface Pace {
  /** Requests a second. */
  perSecond: number;
  /** Processor time of `pid` for each request, user and system, µs; undefined without a pid, or where it cannot be read. */
  cpuMicros: number | undefined;
}

/** @throws when an answer was not 2xx: a fast refusal is no result */
export async function putUnderLoad(
  { url, headers, method = 'GET', body, pid }: Load,
  seconds: number,
): Promise<Pace> {
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
  const before = pid === undefined ? undefined : processorTime(pid);
  const { stdout } = await run(program!, rest, { maxBuffer: 2 ** 26 });
  const result = JSON.parse(stdout) as {
    '2xx': number;
    errors: number;
    duration: number;
    statusCodeStats: Record<string, { count: number }>;
  };
  const refused = Object.entries(result.statusCodeStats).filter(([status]) => !status.startsWith('2'));
  if (refused.length + result.errors > 0 || result['2xx'] === 0) {
    const counts = refused.map(([status, { count }]) => `, ${count} × ${status}`).join('');
    throw new Error(`${url}: ${result['2xx']} × 2xx${counts}, ${result.errors} connections failed`);
  }
  const after = pid === undefined ? undefined : processorTime(pid);
  return {
    perSecond: result['2xx'] / result.duration,
    cpuMicros: before === undefined || after === undefined ? undefined : (after - before) / result['2xx'],
  };
}
