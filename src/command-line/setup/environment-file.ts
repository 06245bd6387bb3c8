/**
 * Files of environment variables. Ours are between two lines; everything else belongs to whoever wrote it, and stays. A `.env` file is read
 * by a shell and by Node alike.
 */
import { existsSync, readFileSync } from 'node:fs';
import { plainText } from '../plain-text.ts';
import { SetupFailure } from './failure.ts';
import { writePrivate } from './private-file.ts';

const BEGIN = '# --- made by `trivium setup`, which keeps it: add your own variables below the last line ---';
const END = '# --- end of what `trivium setup` keeps ---';

export interface EnvironmentFile {
  /** Variables between our lines. */
  own: Record<string, string>;
  /** All others. */
  foreign: Record<string, string>;
  /** Text around our lines. */
  before: string;
  after: string;
}

export function readEnvironment(path: string): EnvironmentFile {
  const text = existsSync(path) ? readFileSync(path, 'utf8') : '';
  const start = text.indexOf(BEGIN);
  const end = text.indexOf(END, start);
  if (start < 0 || end < 0) return { own: {}, foreign: variablesIn(text), before: '', after: text };
  const [before, after] = [text.slice(0, start), text.slice(end + END.length).replace(/^\n/, '')];
  const own = variablesIn(text.slice(start, end));
  return { own, foreign: { ...variablesIn(before), ...variablesIn(after) }, before, after };
}

/** @param values of ours; what is there already keeps its place */
export function writeEnvironment(path: string, values: Record<string, string>): void {
  const { own, before, after } = readEnvironment(path);
  const lines = Object.entries({ ...own, ...values }).map(([name, value]) => `${name}=${quoted(value)}`);
  writePrivate(path, `${before}${[BEGIN, ...lines, END].join('\n')}\n${after}`);
}

/** @returns the value as a shell and Node both read it. @throws SetupFailure when there is no such form: a shell would run what is in it */
export function quoted(value: string): string {
  if (/^[\w@%+=:,./-]*$/.test(value)) return value;
  // eslint-disable-next-line no-control-regex -- a line break would begin another variable
  const [isLine, hasQuote] = [!/[\u0000-\u001f]/.test(value), value.includes("'")];
  if (isLine && !hasQuote) return `'${value}'`;
  if (isLine && !/["$`\\!]/.test(value)) return `"${value}"`;
  throw new SetupFailure('usage', [
    `${plainText(value)} cannot be written into an environment file: a shell would read something else.`,
    '  Name a --folder, or --services, without quotes and control characters.',
  ]);
}

function variablesIn(text: string): Record<string, string> {
  const found = text.matchAll(/^[ \t]*(?:export[ \t]+)?([A-Za-z_]\w*)=(.*)$/gm);
  return Object.fromEntries([...found].map(([, name = '', value = '']) => [name, unquoted(value.trim())]));
}

function unquoted(value: string): string {
  const [, , inner] = /^(['"])(.*)\1$/.exec(value) ?? [];
  return inner ?? value;
}
