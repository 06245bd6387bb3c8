import type { components } from '../../contract/generated.ts';
import { isGoing, rowsLeft, type ImportState } from '../../imports/import-state.ts';
import type { Services } from '../../services.ts';

type UserImport = components['schemas']['UserImport'];

/** Includes the estimated end, if known. */
export async function presentProgress(
  state: ImportState,
  services: Pick<Services, 'estimates'>,
): Promise<UserImport> {
  const end = await services.estimates.endOf(state);
  return { ...presentImport(state), estimated_end_at: end?.toISOString() };
}

export function presentImport(state: ImportState): UserImport {
  const { id, status, channel, sendsMail, userEvents, total, counts, rate } = state;
  const { createdAt, startedAt, completedAt } = state;
  const { created, failed, skipped, unknown } = counts;
  return {
    id,
    status,
    channel,
    send_verification_email: sendsMail || undefined,
    user_events: userEvents || undefined,
    total,
    counts: { pending: rowsLeft(state), created, failed, skipped, unknown },
    rows_per_second: isGoing(state) ? rate : undefined,
    created_at: createdAt,
    started_at: startedAt,
    completed_at: completedAt,
  };
}
