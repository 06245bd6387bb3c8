import { hasEnded, type ImportState } from '../../imports/import-state.ts';
import type { Operation } from '../operation.ts';
import { ownImport } from './own-import.ts';
import { presentProgress } from './present-import.ts';

/** Many proxies close a connection that is idle for longer. */
const HEARTBEAT_MS = 15_000;
/** Reconnection delay of browsers after a broken connection. */
const RETRY_MS = 2_000;

export const watchUserImport: Operation<'watchUserImport', 'estimates' | 'imports' | 'progress'> = async (
  call,
) => {
  const { path, principal, services, signal, lastEventId } = call;
  const state = await ownImport(path.import_id, principal, services);
  const seen = String(state.version) === lastEventId;
  if (seen && hasEnded(state)) return { status: 204 };

  const event = async (now: ImportState) =>
    `id: ${now.version}\nevent: import\ndata: ${JSON.stringify(await presentProgress(now, services))}\n\n`;

  async function* events(): AsyncGenerator<string> {
    yield `retry: ${RETRY_MS}\n\n`;
    let sentVersion = seen ? state.version : -1;
    const changes = services.progress.watch(state.id, HEARTBEAT_MS, signal);
    // Subscribe before reading the state: later changes are notified.
    let coming = changes.next();
    try {
      for (let now = await services.imports.read(state.id); ;) {
        if (now && now.version > sentVersion) {
          sentVersion = now.version;
          yield await event(now);
          if (hasEnded(now)) return;
        }
        const next = await coming;
        if (next.done) return;
        coming = changes.next();
        if (!next.value) yield ': still there\n\n';
        // A notification may have been lost with its connection: also read the state when there was none.
        now = next.value ?? (await services.imports.read(state.id));
      }
    } finally {
      // Not awaited: it ends with the next notification, at the latest when the connection closes.
      void changes.return(undefined);
    }
  }
  const headers = { 'Cache-Control': 'no-store', 'X-Accel-Buffering': 'no' };
  return { status: 200, type: 'text/event-stream', body: events(), headers };
};
