import type { Redis } from 'ioredis';
import { systemEvent } from '../events/event.ts';
import { handOver } from '../events/outbox-store.ts';
import type { ImportState } from './import-state.ts';
import type { ImportStore } from './import-store.ts';
import { publishChanges } from './publish-changes.ts';

/**
 * Of an import that has ended: tells of one that is completed, and takes it off those that need work. What says that it is completed
 * was written with its last row; until this is done it is taken up again.
 */
export async function closeImport(redis: Redis, store: ImportStore, state: ImportState): Promise<void> {
  const { id, tenantId, status, createdAt, completedAt } = state;
  await publishChanges(redis, state);
  // Who cancels one tells of it. One without a good row was over when it was made, and its answer said so: there is nothing to wait for.
  if (status !== 'completed' || completedAt === createdAt) return store.close(state);
  const text = systemEvent('user_import.completed', tenantId, id, { id });
  return handOver(redis, text, () => store.close(state));
}
