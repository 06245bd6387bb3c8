import type { components } from '../../contract/generated.ts';
import type { ImportState } from '../../imports/row-store.ts';

export function presentImport(state: ImportState): components['schemas']['UserImport'] {
  const { id, status, total, counts, createdAt, startedAt, completedAt } = state;
  const { created, failed, skipped, unknown } = counts;
  return {
    id,
    status,
    total,
    counts: { pending: total - created - failed - skipped - unknown, created, failed, skipped, unknown },
    created_at: createdAt,
    ...(startedAt ? { started_at: startedAt } : {}),
    ...(completedAt ? { completed_at: completedAt } : {}),
  };
}
