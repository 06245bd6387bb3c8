import { useCallback, useEffect, useState } from 'preact/hooks';
import { call, CallFailed } from './api.ts';

export interface Resource<T> {
  /** undefined while it is read for the first time. */
  value: T | undefined;
  /** Why the last reading failed; the last value stays. */
  failure: CallFailed | undefined;
  isReading: boolean;
  reload: () => Promise<void>;
  set: (value: T) => void;
}

/** What a path answers, read when a component is shown, and again when the path changes. undefined: nothing is read. */
export function useResource<T>(path: string | undefined): Resource<T> {
  const [state, setState] = useState<{ path: string | undefined; value?: T; failure?: CallFailed }>({ path });
  const [isReading, setReading] = useState(false);
  const read = useCallback(
    async (signal?: AbortSignal) => {
      if (path === undefined) return;
      setReading(true);
      try {
        setState({ path, value: await call<T>('GET', path, { signal }) });
      } catch (error) {
        if (signal?.aborted) return;
        const failure = error instanceof CallFailed ? error : new CallFailed(undefined);
        setState((before) => (before.path === path ? { ...before, failure } : { path, failure }));
      } finally {
        if (!signal?.aborted) setReading(false);
      }
    },
    [path],
  );
  useEffect(() => {
    const controller = new AbortController();
    void read(controller.signal);
    return () => controller.abort();
  }, [read]);
  const isCurrent = state.path === path;
  return {
    value: isCurrent ? state.value : undefined,
    failure: isCurrent ? state.failure : undefined,
    isReading,
    reload: () => read(),
    set: (value) => setState({ path, value }),
  };
}
