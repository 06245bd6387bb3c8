import type { Redis } from 'ioredis';
import { handOver } from '../events/outbox-store.ts';
import type { ImportState } from './import-state.ts';
import { removeEvent } from './import-store.ts';

/**
 * Publishes the events that were stored with changes of an import. Called after each change; after a crash, the worker that scans open
 * imports calls it.
 */
export async function publishChanges(
  redis: Redis,
  { id, unpublished }: Pick<ImportState, 'id' | 'unpublished'>,
): Promise<void> {
  for (const text of unpublished) await handOver(redis, text, () => removeEvent(redis, id, text));
}
