/** Load from a process of its own, on a core of its own where that can be had. */
import { spawn, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { BUILD } from './build.ts';
import type { LoadOutcome, LoadTask } from './load-process.ts';
import { processorTime } from './processor-time.ts';

const canPin = spawnSync('taskset', ['-p', String(process.pid)]).status === 0;

export const SERVER_CORE = '0';
export const LOAD_CORE = '1';
const CONNECTIONS = 64;

/** Puts a process, all its threads, on one core. Without `taskset` it stays where the system puts it. */
export function pin(pid: number, core: string): void {
  if (canPin) spawnSync('taskset', ['-acp', core, String(pid)]);
}

export interface Load {
  url: string;
  headers: Record<string, string>;
  /** Left out: GET. */
  method?: 'GET' | 'POST';
  /** Process that answers, whose processor time is measured. */
  pid?: number;
  /** `[<id>]` in it is another text in every request. */
  body?: string;
  /** Values of `Authorization`, in turn. */
  credentials?: readonly string[];
}

export interface Pace {
  /** Requests a second. */
  perSecond: number;
  /** Processor time of `pid` for each request, user and system, µs; undefined without a pid, or where it cannot be read. */
  cpuMicros: number | undefined;
}

/**
 * @param seconds left out: until each of its credentials was used once
 * @throws when an answer was not 2xx: a fast refusal is no result
 */
export async function putUnderLoad({ pid, ...load }: Load, seconds?: number): Promise<Pace> {
  const task: LoadTask = { method: 'GET', connections: CONNECTIONS, ...load, ...(seconds && { seconds }) };
  const before = pid === undefined ? undefined : processorTime(pid);
  const { succeeded, failed, refused, seconds: took } = await spawnProgram<LoadOutcome>('load-process', task);
  const after = pid === undefined ? undefined : processorTime(pid);
  if (refused.length + failed > 0 || succeeded === 0)
    throw new Error(`${load.url}: ${succeeded} × 2xx,${refused.join()}, ${failed} connections failed`);
  return {
    perSecond: succeeded / took,
    cpuMicros: before === undefined || after === undefined ? undefined : (after - before) / succeeded,
  };
}

/** Runs a program of the benchmarks on the core of the load. @param name of its file */
export async function spawnProgram<Outcome>(name: string, task: object): Promise<Outcome> {
  const command = [process.execPath, join(BUILD, `test/bench/${name}.js`)];
  const [program, ...rest] = canPin ? ['taskset', '-c', LOAD_CORE, ...command] : command;
  const child = spawn(program!, rest, { stdio: ['pipe', 'pipe', 'inherit'] });
  child.stdin.end(JSON.stringify(task));
  return JSON.parse(await text(child.stdout)) as Outcome;
}
