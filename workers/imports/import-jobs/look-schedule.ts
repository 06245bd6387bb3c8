/** When to look how a job is doing: once it should be done, as the last ones went; then by what it says of itself. Times in ms. */

/** A little early: a job that is found done told nothing of how long it had been so. */
const EARLY = 0.98;
const LONGEST = 30_000;
const SHORTEST = 10;
const FIRST_OF_ALL = 500;

/** @param pace rows a second of one job, if known */
export function firstLook(rows: number, pace: number | undefined): number {
  return pace === undefined
    ? FIRST_OF_ALL
    : Math.min(LONGEST, Math.max(SHORTEST, (rows / pace) * 1000 * EARLY));
}

/** @param percentage as the job tells it, cut to a whole one; from its start it took `elapsed` */
export function nextLook(elapsed: number, percentage: number | undefined): number {
  // Without a word of how far it is: as long again as it took so far.
  const left = percentage
    ? (elapsed * (100 - Math.min(99.5, percentage + 0.5))) / (percentage + 0.5)
    : elapsed;
  return Math.min(LONGEST, Math.max(SHORTEST, elapsed / 100, left));
}
