/** For what is counted in memory, so that a request pays nothing for it: a process that is killed loses at most its last second. */
const WRITE_MS = 1_000;

/**
 * Calls `write` once a second, never twice at the same time.
 * @param write takes what was counted so far; must not reject
 * @returns writes what is left, and stops
 */
export function writeBehind(write: () => Promise<void>): () => Promise<void> {
  let writing = Promise.resolve();
  const timer = setInterval(() => void (writing = writing.then(write)), WRITE_MS).unref();
  return async () => {
    clearInterval(timer);
    await writing;
    await write();
  };
}
