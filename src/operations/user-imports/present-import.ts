import type { components } from '../../contract/generated.ts';
import { isGoing, rowsLeft, type ImportState } from '../../imports/import-state.ts';
import type { Services } from '../../services.ts';

type UserImport = components['schemas']['UserImport'];

/** With when it will end, as far as can be said. */
export async function presentProgress(
  state: ImportState,
  services: Pick<Services, 'estimates'>,
): Promise<UserImport> {
  const end = await services.estimates.endOf(state);
  return { ...presentImport(state), ...(end ? { estimated_end_at: end.toISOString() } : {}) };
}

export function presentImport(state: ImportState): UserImport {
  const { id, status, channel, sendsMail, userEvents, total, counts, rate } = state;
  const { createdAt, startedAt, completedAt } = state;
  const { created, failed, skipped, unknown } = counts;
  return {
    id,
    status,
    channel,
    ...(sendsMail ? { send_verification_email: true } : {}),
    ...(userEvents ? { user_events: true } : {}),
    total,
    counts: { pending: rowsLeft(state), created, failed, skipped, unknown },
    ...(rate !== undefined && isGoing(state) ? { rows_per_second: rate } : {}),
    created_at: createdAt,
    ...(startedAt ? { started_at: startedAt } : {}),
    ...(completedAt ? { completed_at: completedAt } : {}),
  };
}
