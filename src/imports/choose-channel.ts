/** Chooses the channel of an import that names none: of the channels its rows allow, the faster one. */
import { PLACES } from './import-jobs/import-jobs-store.ts';
import type { Channel } from './import-state.ts';
import type { IngestSummary } from './ingest/ingest-upload.ts';

/** Current speed of both channels, in rows per second; undefined: not known. */
export interface Speeds {
  /** Calls that create a user, as the rate budget allows them. */
  calls: number | undefined;
  /** One import job, measured on recent jobs. */
  job: number | undefined;
}

interface Wishes {
  sendsMail: boolean;
  /** Smallest number of rows for which import jobs are used. */
  jobsFromRows: number;
}

export function chooseChannel(
  found: IngestSummary,
  { sendsMail, jobsFromRows }: Wishes,
  speeds: Speeds,
): Channel {
  // Import jobs send no mail.
  if (sendsMail) return 'row_by_row';
  // Only import jobs accept password hashes.
  if (found.withHash > 0) return 'import_jobs';
  if (found.withPassword > 0 || found.total - found.failed < jobsFromRows) return 'row_by_row';
  const { calls, job } = speeds;
  return calls !== undefined && job !== undefined && job * PLACES < calls ? 'row_by_row' : 'import_jobs';
}
