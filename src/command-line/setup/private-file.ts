/** Files that only their owner can read, written as a whole or not at all. */
import { closeSync, fsyncSync, linkSync, mkdirSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';

/** @param isNew fails when there is such a file already */
export function writePrivate(path: string, text: string, { isNew = false } = {}): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const part = `${path}.${process.pid}.part`;
  const file = openSync(part, 'wx', 0o600);
  try {
    writeSync(file, text);
    // What it contains may be at Auth0 a moment later.
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  try {
    if (isNew) linkSync(part, path);
    else renameSync(part, path);
  } finally {
    rmSync(part, { force: true });
  }
}
