import { readFileSync } from 'node:fs';
import { ConfigFault } from './config-fault.ts';
import { secretKey } from './secret-key.ts';

const MOST = 2;

/** Reads one secret, or two while one replaces the other, a line each. Once, at the start; they are never quoted. */
export function secretsFile(path: string): readonly string[] {
  const secrets = linesOf(path);
  if (secrets.length === 0 || secrets.length > MOST)
    throw new ConfigFault('must name a file with one secret, or with two on a line each during a rotation');
  for (const secret of secrets) secretKey(secret);
  return secrets;
}

function linesOf(path: string): string[] {
  try {
    const lines = readFileSync(path, 'utf8').split('\n');
    return lines.map((line) => line.trim()).filter((line) => line !== '');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unreadable';
    throw new ConfigFault(`names a file that cannot be read (${code})`);
  }
}
