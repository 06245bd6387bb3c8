/** Yields an import's states until it has ended: from server-sent events if the server supports them, else by polling. */
import { setTimeout as delay } from 'node:timers/promises';
import { EventSourceParserStream } from 'eventsource-parser/stream';
import { get, type Api } from './api.ts';
import { Failure, mayPass } from './exit-codes.ts';
import { asImport, hasEnded, type ImportState } from './import-state.ts';

/** Poll interval. */
const ASK_MS = 1_000;
/** Most consecutive failures; with increasing delays these take about two minutes. */
const MAX_FAILURES = 8;
const LONGEST_PAUSE_MS = 30_000;

/**
 * @param troubled called when the server does not answer, before a retry
 * @throws Failure when it does not answer for long, or refuses
 */
export async function* followImport(
  api: Api,
  id: string,
  troubled: (failure: Failure) => void,
): AsyncGenerator<ImportState> {
  const path = `/v1/user-imports/${encodeURIComponent(id)}`;
  let failures = 0;
  let hasEvents = true;
  for (;;) {
    try {
      if (hasEvents) {
        const events = await openEvents(api, `${path}/events`);
        hasEvents = events !== undefined;
        for await (const state of events ?? []) {
          failures = 0;
          yield state;
          if (hasEnded(state)) return;
        }
      }
      // No events, or their connection broke before the end.
      const state = asImport(await (await get(api, path, { accept: 'application/json' })).json());
      failures = 0;
      yield state;
      if (hasEnded(state)) return;
      await delay(ASK_MS, undefined, { signal: api.signal });
    } catch (error) {
      if (api.signal.aborted || (error instanceof Failure && !mayPass(error))) throw error;
      failures += 1;
      if (failures > MAX_FAILURES) throw error;
      const failure =
        error instanceof Failure
          ? error
          : new Failure('unreachable', ['The connection broke.'], { cause: error });
      if (failures === 1) troubled(failure);
      await delay(Math.min(ASK_MS * 2 ** (failures - 1), LONGEST_PAUSE_MS), undefined, {
        signal: api.signal,
      });
    }
  }
}

/** @returns undefined when the server does not support events */
async function openEvents(api: Api, path: string): Promise<AsyncIterable<ImportState> | undefined> {
  const response = await get(api, path, { accept: 'text/event-stream' }).catch((error: unknown) => {
    // The next request reads the import itself, and reports whether it exists and is accessible.
    if (error instanceof Failure && error.ending === 'refused') return undefined;
    throw error;
  });
  if (!response) return undefined;
  if (!response.headers.get('content-type')?.startsWith('text/event-stream') || !response.body) {
    await response.body?.cancel();
    return undefined;
  }
  return statesOf(response.body);
}

/** The data of every event is the import's current state; anything else is skipped. */
export async function* statesOf(body: ReadableStream<Uint8Array>): AsyncGenerator<ImportState> {
  const events = body
    // The types of Node's streams and of its web streams disagree on chunks of bytes.
    .pipeThrough<string>(new TextDecoderStream() as never)
    .pipeThrough(new EventSourceParserStream());
  for await (const { data } of events) {
    const state = read(data);
    if (!state) continue;
    yield state;
  }
}

function read(data: string): ImportState | undefined {
  try {
    return asImport(JSON.parse(data));
  } catch {
    return undefined;
  }
}
