/** A watcher of an import: the server-sent events as they come. */
import { EventSourceParserStream } from 'eventsource-parser/stream';
import { until } from '../support/api-keys.ts';
import { world } from '../support/world.ts';

export interface Told {
  id: string | undefined;
  event: string | undefined;
  /* eslint-disable-next-line @typescript-eslint/no-explicit-any -- tests look into it freely */
  state: any;
}

export interface Watcher {
  status: number;
  headers: Headers;
  told: Told[];
  comments: string[];
  retry: number | undefined;
  /** Resolves when the other side has closed the stream. */
  ended: Promise<void>;
  untilTold(isIt: (told: Told) => boolean): Promise<Told>;
  leave(): void;
}

export async function watch(
  path: string,
  as: string,
  { lastEventId, at }: { lastEventId?: string; at?: string } = {},
): Promise<Watcher> {
  const leaving = new AbortController();
  const response = await fetch(`${at ?? (await world()).api}${path}/events`, {
    headers: {
      authorization: as,
      accept: 'text/event-stream',
      ...(lastEventId === undefined ? {} : { 'last-event-id': lastEventId }),
    },
    signal: leaving.signal,
  });
  const watcher: Watcher = {
    status: response.status,
    headers: response.headers,
    told: [],
    comments: [],
    retry: undefined,
    ended: read(),
    async untilTold(isIt) {
      let found: Told | undefined;
      await until(() => Promise.resolve((found = watcher.told.find(isIt)) !== undefined));
      return found!;
    },
    leave: () => leaving.abort(),
  };
  return watcher;

  async function read(): Promise<void> {
    if (!response.body || response.status !== 200) return;
    const events = response.body.pipeThrough(new TextDecoderStream()).pipeThrough(
      new EventSourceParserStream({
        onComment: (comment) => watcher.comments.push(comment),
        onRetry: (ms) => (watcher.retry = ms),
      }),
    );
    try {
      for await (const { id, event, data } of events)
        watcher.told.push({ id, event, state: JSON.parse(data) as unknown });
    } catch (error) {
      if (!leaving.signal.aborted) throw error;
    }
  }
}
