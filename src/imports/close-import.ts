import type { Redis } from 'ioredis';
import { systemEvent } from '../events/event.ts';
import { handOver } from '../events/outbox-store.ts';
import type { ImportState } from './import-state.ts';
import type { ImportStore } from './import-store.ts';
import { publishChanges } from './publish-changes.ts';

/**
 * Closes an import that has ended: emits the event of a completed one, and removes it from the open imports. `completed` was written
 * with its last row; until it is closed, a worker picks the import up again.
 */
export async function closeImport(redis: Redis, store: ImportStore, state: ImportState): Promise<void> {
  const { id, tenantId, status, createdAt, completedAt } = state;
  await publishChanges(redis, state);
  // Cancelling emits its own event. An import without a valid row was completed when it was created, and the response said so.
  if (status !== 'completed' || completedAt === createdAt) return store.close(state);
  const text = systemEvent('user_import.completed', tenantId, id, { id });
  return handOver(redis, text, () => store.close(state));
}
