/** Gives the rows of a batch their outcomes, by what its job said, or by looking where it said too little. */
import type { ImportJob } from '../../../src/auth0/management-users.ts';
import { hasHash, jobRows, type Batch, type JobRow } from '../../../src/imports/import-jobs/batches.ts';
import { rowUserId, type EndMark } from '../../../src/imports/row-outcome.ts';
import type { ImportState } from '../../../src/imports/import-store.ts';
import { isWritable } from '../is-writable.ts';
import { onFailure } from '../../failures.ts';
import type { ImportJobContext } from './context.ts';
import { readWithRetries } from './retries.ts';
import { readErrors, type JobErrors } from './read-errors.ts';

/** Users that are looked up beside each other; the budget says how quickly. */
const TOGETHER = 10;
/** Rows with a password hash can go no other way: they are sent so often. */
const MAX_JOBS = 3;
/** Row numbers of each kind that one log line names. */
const LOGGED_ROWS = 100;

/** Rows of a job that was completed. @param sent when they are known already */
export async function settleCompleted(
  context: ImportJobContext,
  state: ImportState,
  batch: Batch,
  summary: ImportJob['summary'] | 'unsaid',
  sent?: readonly JobRow[],
): Promise<void> {
  const rows = sent ?? (await openRows(context, state, batch));
  const said = summary === 'unsaid' || summary === undefined ? undefined : summary;
  const created = said ? (said.inserted ?? 0) : NaN;
  if (created === batch.rows) return context.record(state, all(rows, 'c'));

  const told = await errorsOf(context, batch);
  if (!told) return settleUnknown(context, state, batch);
  const { byRow, unclear } = readErrors(told, state.id, batch);
  // All that were in the file, also if some were settled before somebody died.
  const failed = said ? (said.failed ?? 0) : NaN;
  const isWhole = unclear === 0 && failed === told.length && created + failed === batch.rows;
  const rest = rows.filter(({ number }) => !byRow.has(number));
  await settleRejected(context, state, batch, byRow, rows);
  if (isWhole) await context.record(state, all(rest, 'c'));
  else await settleUnknown(context, state, batch);
}

/** Rows that the job refused. Where tenants share a database all end alike, after as many look-ups: an email may be another tenant's. */
async function settleRejected(
  context: ImportJobContext,
  state: ImportState,
  batch: Batch,
  byRow: JobErrors['byRow'],
  rows: readonly JobRow[],
): Promise<void> {
  const rejected = rows.filter(({ number }) => byRow.has(number));
  const isShared = rejected.length > 0 && (await context.users.sharesDatabase());
  const isTaken = ({ number }: JobRow) => byRow.get(number) === 'exists';
  const endOf = (row: JobRow): EndMark => (isShared ? 'e' : isTaken(row) ? 's' : 'i');
  // An earlier job of ours may have made the user that is there.
  const isLookedUp = (row: JobRow) => batch.inDoubt === true && (isShared || isTaken(row));
  const settled = rejected.filter((row) => !isLookedUp(row));
  await context.record(
    state,
    settled.map((row) => [row.number, endOf(row)]),
  );
  await lookUp(context, state, rejected.filter(isLookedUp), endOf);
  if (!isShared) return;
  const numbers = (some: readonly JobRow[]) => some.slice(0, LOGGED_ROWS).map(({ number }) => number);
  const taken = numbers(rejected.filter(isTaken));
  const refused = numbers(rejected.filter((row) => !isTaken(row)));
  const line = { import: state.id, tenant_id: state.tenantId, job: batch.job, taken, refused };
  context.log.info(line, 'emails of import rows are unavailable');
}

/**
 * Rows of which no job will say anything: those that are there were created. The others go row by row, or in another job when they
 * have a password hash; of an import that was cancelled, nobody can say what may still come of them.
 * @param takesMore whether there may be another job for them
 */
export async function settleUnknown(
  context: ImportJobContext,
  state: ImportState,
  batch: Batch,
  takesMore = batch.sent < MAX_JOBS,
): Promise<void> {
  const rows = await openRows(context, state, batch);
  const now = await context.store.read(state.id);
  const isOver = now?.status === 'cancelled';
  await lookUp(context, state, rows, ({ user }) => {
    if (isOver) return 'u';
    if (!hasHash(user)) return '.';
    return takesMore ? undefined : 'u';
  });
}

/** Rows of a file that the authority did not take at all. */
export async function settleRefused(
  context: ImportJobContext,
  state: ImportState,
  batch: Batch,
): Promise<void> {
  const rows = await openRows(context, state, batch);
  await context.record(
    state,
    rows.map(({ number, user }) => [number, hasHash(user) ? 'j' : '.']),
  );
}

/** Ends rows that no file can hold: to try again would be to fail again. @returns the others */
export async function settleUnwritable(
  context: ImportJobContext,
  state: ImportState,
  rows: readonly JobRow[],
): Promise<JobRow[]> {
  const writable = rows.filter(({ user }) => isWritable(user));
  if (writable.length < rows.length) {
    const others = rows.filter((row) => !writable.includes(row));
    await context.record(state, all(others, 'n'));
  }
  return writable;
}

/** Rows that are still to be sent, or settled. */
export async function openRows(
  { store }: ImportJobContext,
  state: ImportState,
  batch: Batch,
): Promise<JobRow[]> {
  return jobRows((await store.readRows(state, batch.from, batch.to)) ?? [], batch);
}

const all = (rows: readonly JobRow[], mark: EndMark) => rows.map(({ number }) => [number, mark] as const);

/** @param absent what becomes of a row whose user is not there; undefined: nothing yet */
async function lookUp(
  context: ImportJobContext,
  state: ImportState,
  rows: readonly JobRow[],
  absent: (row: JobRow) => EndMark | '.' | undefined,
): Promise<void> {
  for (let at = 0; at < rows.length; at += TOGETHER) {
    const found = await Promise.all(
      rows.slice(at, at + TOGETHER).map(async (row) => {
        const id = rowUserId(state.id, row.number);
        const user = await readWithRetries(context, () => context.users.findCreated(id));
        return [row.number, user ? 'c' : absent(row)] as const;
      }),
    );
    await context.record(
      state,
      found.flatMap(([number, mark]) => (mark === undefined ? [] : [[number, mark] as const])),
    );
  }
}

/** @returns undefined when the job is not known any more */
async function errorsOf(context: ImportJobContext, { job }: Batch): Promise<unknown[] | undefined> {
  if (job === undefined) return undefined;
  const read = () => context.management.getImportErrors(job);
  return readWithRetries(context, read).catch(onFailure('not_found', () => undefined));
}
