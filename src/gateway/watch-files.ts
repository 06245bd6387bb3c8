/** Notices that files have changed: by their times and sizes, since a mounted file is often replaced with its folder. */
import { statSync } from 'node:fs';

const LOOK_MS = 2_000;

/**
 * @param filesOf the files to watch now
 * @param changed called once for each change
 * @returns stops watching
 */
export function watchFiles(filesOf: () => readonly string[], changed: () => void): () => void {
  let known = stateOf(filesOf());
  const timer = setInterval(() => {
    const now = stateOf(filesOf());
    if (now === known) return;
    known = now;
    changed();
  }, LOOK_MS).unref();
  return () => clearInterval(timer);
}

function stateOf(files: readonly string[]): string {
  return files
    .map((file) => {
      const found = statSync(file, { throwIfNoEntry: false });
      return `${file} ${found?.mtimeMs} ${found?.size} ${found?.ino}`;
    })
    .join('\n');
}
