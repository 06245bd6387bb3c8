/**
 * Interval for writing in-memory counters, so that requests pay nothing for them; a killed process loses at most its
 * last second.
 */
const WRITE_MS = 1_000;

/**
 * Calls `write` once a second, never concurrently.
 * @param write takes what was counted so far; must not reject
 * @returns writes the rest, and stops
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
