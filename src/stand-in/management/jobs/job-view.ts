import type { Job } from '../../store/records.ts';
import { ApiError } from '../api-error.ts';
import type { Call } from '../endpoint.ts';

/** Auth0 docs, "Bulk user imports": everything about a job is deleted after a day. */
const KEPT_MS = 24 * 3_600_000;

/** Status specified, wording guessed. */
export function knownJob({ store, params, now }: Call): Job {
  const job = store.jobs.get(params['id'] ?? '');
  if (job && now() - Date.parse(job.created_at) >= KEPT_MS) {
    store.jobs.delete(job.id);
  } else if (job) return job;
  throw new ApiError(404, 'The job does not exist.', 'inexistent_job');
}

/** Recorded. */
export function jobView({ import: work, errors: _told, ...job }: Job, call: Call): object {
  return {
    ...job,
    ...(work && {
      percentage_done: Math.floor((100 * work.next) / work.users.length),
      time_left_seconds: Math.ceil(
        (work.users.length - work.next) / Math.max(1, call.settings.importUsersPerSecond),
      ),
    }),
    ...(job.type === 'users_export' &&
      job.status === 'completed' && {
        location: `${call.issuer}stand-in/exports/${job.id}.${job.format ?? 'json'}.gz`,
      }),
  };
}
