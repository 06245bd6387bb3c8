import type { Redis } from 'ioredis';
import { handOver } from '../events/outbox-store.ts';
import type { ImportState } from './import-state.ts';
import { removeEvent } from './import-store.ts';

/**
 * Sends the events on their way that were written with changes of an import. Whoever made the change does it at once; what a crash
 * left is found by the worker that looks through open imports.
 */
export async function publishChanges(
  redis: Redis,
  { id, untold }: Pick<ImportState, 'id' | 'untold'>,
): Promise<void> {
  for (const text of untold) await handOver(redis, text, () => removeEvent(redis, id, text));
}
