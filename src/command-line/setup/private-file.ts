/** Files that only their owner can read, written as a whole or not at all. */
import {
  closeSync,
  fsyncSync,
  linkSync,
  lstatSync,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { SetupFailure } from './failure.ts';

const OTHERS_MAY_WRITE = 0o002;

/**
 * What is in the folder decides where the access token is sent, and which keys are entered at Auth0: in `/tmp`, anybody may
 * have made one of the usual name. Root works in folders of others, such as those mounted into a container.
 * @throws SetupFailure
 */
export function refuseForeignFolder(folder: string): void {
  const itself = lstatSync(folder, { throwIfNoEntry: false });
  const target = statSync(folder, { throwIfNoEntry: false });
  const own = process.getuid?.() ?? 0;
  const isForeign = [itself, target].some((one) => own !== 0 && one && one.uid !== own && one.uid !== 0);
  const isOpen = process.platform !== 'win32' && ((target?.mode ?? 0) & OTHERS_MAY_WRITE) !== 0;
  if (!isForeign && !isOpen) return;
  throw new SetupFailure('usage', [
    `${folder} ${isForeign ? 'belongs to another user' : 'may be written by every user'} of this machine.`,
    '  Name a --folder of your own, or take that permission away.',
  ]);
}

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
