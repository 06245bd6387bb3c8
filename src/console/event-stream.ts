/** Follows server-sent events by `fetch`: `EventSource` sends no `Authorization`. */
import { useEffect, useState } from 'preact/hooks';
import { CallFailed, failureOf, request } from './api.ts';
import { readEvents } from './server-events.ts';

const RETRY_MS = 5_000;

async function* textOf(response: Response): AsyncGenerator<string> {
  const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    yield value;
  }
}

export interface Live<T> {
  value: T | undefined;
  /** Why nothing comes at the moment; it is tried again every 5 s. */
  failure: CallFailed | undefined;
}

/** The data of the newest event of that name, while a component is shown. */
export function useLive<T>(path: string, name: string): Live<T> {
  const [live, setLive] = useState<Live<T>>({ value: undefined, failure: undefined });
  useEffect(() => {
    const controller = new AbortController();
    void follow<T>(path, name, controller.signal, (change) =>
      setLive((before) => ({ ...before, ...change })),
    );
    return () => controller.abort();
  }, [path, name]);
  return live;
}

async function follow<T>(
  path: string,
  name: string,
  signal: AbortSignal,
  change: (change: Partial<Live<T>>) => void,
): Promise<void> {
  while (!signal.aborted) {
    try {
      const response = await request('GET', path, { signal, headers: { Accept: 'text/event-stream' } });
      if (!response.ok) throw await failureOf(response);
      for await (const event of readEvents(textOf(response)))
        if (event.name === name) change({ value: JSON.parse(event.data) as T, failure: undefined });
    } catch (error) {
      if (signal.aborted) return;
      change({ failure: error instanceof CallFailed ? error : new CallFailed(undefined) });
    }
    await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
  }
}
