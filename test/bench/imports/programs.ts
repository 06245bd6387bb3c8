/** Programs that do one thing, in a process of their own, and say in JSON how it went. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { BUILD } from '../build.ts';

const run = promisify(execFile);

async function outputOf<T>(name: string, args: string[], env: Record<string, string> = {}): Promise<T> {
  const { stdout } = await run(process.execPath, [`${BUILD}/test/bench/imports/${name}.js`, ...args], {
    env: { ...process.env, ...env },
  });
  return JSON.parse(stdout) as T;
}

/** @returns seconds */
export async function parseAlone(file: string, expectedRows: number): Promise<number> {
  const { rows, faults, seconds } = await outputOf<{ rows: number; faults: number; seconds: number }>(
    'parse-alone',
    [file],
  );
  if (rows !== expectedRows || faults > 0) throw new Error(`parsed alone: ${rows} rows, ${faults} faults`);
  return seconds;
}

export interface Sent {
  /** Of the import, at the API. */
  url: string;
  seconds: number;
}

export async function sendFile(api: string, file: string, authorization: string, query = ''): Promise<Sent> {
  const { location, seconds } = await outputOf<{ location: string; seconds: number }>(
    'send-file',
    [`${api}/v1/user-imports${query}`, file],
    { AUTHORIZATION: authorization },
  );
  return { url: new URL(location, api).href, seconds };
}
