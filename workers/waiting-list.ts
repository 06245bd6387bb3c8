export interface Waiting<T> {
  give: (what: T) => void;
  fail: (reason: Error) => void;
}

/**
 * Waits in a list until somebody gives what is waited for; rejects with the signal's reason when it aborts before that. Who is not in
 * the list at that moment is being served.
 */
export function waitIn<T, W extends Waiting<T>>(
  list: W[],
  signal: AbortSignal | undefined,
  enter: (waiting: Waiting<T>) => W,
): Promise<T> {
  if (signal?.aborted) return Promise.reject(signal.reason as Error);
  return new Promise<T>((resolve, reject) => {
    const onAbort = () => {
      if (remove(list, entry)) reject(signal!.reason as Error);
    };
    const done = () => signal?.removeEventListener('abort', onAbort);
    const entry = enter({
      give: (what) => {
        done();
        resolve(what);
      },
      fail: (reason) => {
        done();
        reject(reason);
      },
    });
    signal?.addEventListener('abort', onAbort, { once: true });
  });
}

export function remove<T>(list: T[], one: T): boolean {
  const at = list.indexOf(one);
  if (at >= 0) list.splice(at, 1);
  return at >= 0;
}
