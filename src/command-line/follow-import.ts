/** An import's states until it has ended: by server-sent events where the server has them, else by asking again and again. */
import { setTimeout as delay } from 'node:timers/promises';
import { EventSourceParserStream } from 'eventsource-parser/stream';
import { get, type Api } from './api.ts';
import { Failure, mayPass } from './exit-codes.ts';
import { asImport, hasEnded, type ImportState } from './import-state.ts';

/** Between two questions: a person sees it move, and the server does not feel it. */
const ASK_MS = 1_000;
/** So many failures in a row, each waited for longer than the one before: about two minutes. */
const PATIENCE = 8;
const LONGEST_PAUSE_MS = 30_000;

/**
 * @param troubled told when the server does not answer and is asked again
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
      if (failures > PATIENCE) throw error;
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

/** @returns undefined when the server has none */
async function openEvents(api: Api, path: string): Promise<AsyncIterable<ImportState> | undefined> {
  const response = await get(api, path, { accept: 'text/event-stream' }).catch((error: unknown) => {
    // The import itself is asked for next: whether it exists, and may be seen, is told then.
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

/** Every event's data is the import as it is then; one that is not is left out. */
export async function* statesOf(body: ReadableStream<Uint8Array>): AsyncGenerator<ImportState> {
  const events = body
    // Node's own types and those of its web streams do not agree on what bytes are.
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
