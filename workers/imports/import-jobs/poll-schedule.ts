/**
 * When to poll the status of an import job: first when it should be done, by the pace of earlier ones; then by its reported progress.
 * Times in ms.
 */

/** A little early, because the pace is measured at the poll that finds a job completed, some time after its end. */
const EARLY = 0.98;
const LONGEST = 30_000;
const SHORTEST = 10;
const WITHOUT_PACE = 500;

/** @param pace rows per second of one job, if known */
export function firstPollMs(rows: number, pace: number | undefined): number {
  return pace === undefined
    ? WITHOUT_PACE
    : Math.min(LONGEST, Math.max(SHORTEST, (rows / pace) * 1000 * EARLY));
}

/** @param elapsed time since the job's start @param percentage its reported progress, truncated to an integer */
export function nextPollMs(elapsed: number, percentage: number | undefined): number {
  // Without reported progress: as long again as it has taken so far.
  const left = percentage
    ? (elapsed * (100 - Math.min(99.5, percentage + 0.5))) / (percentage + 0.5)
    : elapsed;
  return Math.min(LONGEST, Math.max(SHORTEST, elapsed / 100, left));
}
