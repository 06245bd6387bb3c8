/** Node options for the parts of a deployment: no `__proto__`, so that no name from outside leads to a prototype. */
import { readFileSync } from 'node:fs';
import { parseJson } from '../json.ts';

const { scripts } = parseJson<{ scripts: Record<'api' | 'worker' | 'stand-in', string> }>(
  readFileSync(new URL('../../package.json', import.meta.url), 'utf8'),
);

/** Defined in package.json only: a shell needs them before any of our code runs. `--import` loads TypeScript, which a build does not need. */
const flagsOf = (script: keyof typeof scripts): readonly string[] =>
  scripts[script].split(' ').filter((word) => word.startsWith('--') && word !== '--import');

export const API_FLAGS = flagsOf('api');
export const WORKER_FLAGS = flagsOf('worker');
export const STAND_IN_FLAGS = flagsOf('stand-in');
