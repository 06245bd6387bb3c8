export interface Waiting<T> {
  give: (what: T) => void;
  fail: (reason: Error) => void;
}

/**
 * Waits in a list until resolved; rejects with the signal's reason when it aborts before that. An entry that is not in the list when the
 * signal aborts is being served.
 */
export function waitIn<T, W extends Waiting<T>>(
  list: W[],
  signal: AbortSignal | undefined,
  enter: (waiting: Waiting<T>) => W,
): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const fail = (reason: Error) => {
      signal?.removeEventListener('abort', onAbort);
      reject(reason);
    };
    const abort = () => fail(signal?.reason as Error);
    const onAbort = () => {
      if (remove(list, entry)) abort();
    };
    if (signal?.aborted) return abort();
    const entry = enter({
      give: (what) => {
        signal?.removeEventListener('abort', onAbort);
        resolve(what);
      },
      fail,
    });
    signal?.addEventListener('abort', onAbort, { once: true });
  });
}

export function remove<T>(list: T[], one: T): boolean {
  const at = list.indexOf(one);
  if (at >= 0) list.splice(at, 1);
  return at >= 0;
}
