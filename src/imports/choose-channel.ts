/** Which channel an import takes when nobody asks for one: whichever its rows may take, and of these the quicker one. */
import { PLACES } from './import-jobs/import-jobs-store.ts';
import type { Channel } from './import-state.ts';
import type { IngestSummary } from './ingest/ingest-upload.ts';

/** How quick both are just now, in rows a second; undefined: not known. */
export interface Speeds {
  /** Calls that create a user, as the budget allows them. */
  calls: number | undefined;
  /** One import job, as the last ones went. */
  job: number | undefined;
}

interface Wishes {
  sendsMail: boolean;
  /** From how many rows on import jobs are worth their while at all. */
  jobsFromRows: number;
}

export function chooseChannel(
  found: IngestSummary,
  { sendsMail, jobsFromRows }: Wishes,
  speeds: Speeds,
): Channel {
  // Import jobs send none.
  if (sendsMail) return 'row_by_row';
  // There is no other way for these.
  if (found.withHash > 0) return 'import_jobs';
  if (found.withPassword > 0 || found.total - found.failed < jobsFromRows) return 'row_by_row';
  const { calls, job } = speeds;
  return calls !== undefined && job !== undefined && job * PLACES < calls ? 'row_by_row' : 'import_jobs';
}
