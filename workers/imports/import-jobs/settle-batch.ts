/** Records outcomes of a batch's rows, from the job's summary and errors, or by look-ups where these are incomplete. */
import type { ImportJob } from '../../../src/auth0/management-users.ts';
import { hasHash, jobRows, type Batch, type JobRow } from '../../../src/imports/import-jobs/batches.ts';
import { rowUserId, type EndMark } from '../../../src/imports/row-outcome.ts';
import type { ImportState } from '../../../src/imports/import-store.ts';
import { isWritable } from '../is-writable.ts';
import { onFailure } from '../../failures.ts';
import type { ImportJobContext } from './context.ts';
import { readWithRetries } from './retries.ts';
import { readErrors, type JobErrors } from './read-errors.ts';

/** Concurrent look-ups of users; the budget limits their rate. */
const LOOKUPS = 10;
/** Maximum number of jobs for rows with a password hash, which can only be imported by jobs. */
const MAX_JOBS = 3;
/** Maximum number of row numbers of each kind in one log line. */
const LOGGED_ROWS = 100;

/** Settles the rows of a completed job. @param sent its rows, if known */
export async function settleCompleted(
  context: ImportJobContext,
  state: ImportState,
  batch: Batch,
  summary: ImportJob['summary'] | 'unsaid',
  sent?: readonly JobRow[],
): Promise<void> {
  const rows = sent ?? (await openRows(context, state, batch));
  const counts = summary === 'unsaid' || summary === undefined ? undefined : summary;
  const created = counts ? (counts.inserted ?? 0) : NaN;
  if (created === batch.rows) return context.record(state, all(rows, 'c'));

  const errors = await errorsOf(context, batch);
  if (!errors) return settleUnknown(context, state, batch);
  const { byRow, unclear } = readErrors(errors, state.id, batch);
  // Counts all rows of the file, including those settled before an earlier process died.
  const failed = counts ? (counts.failed ?? 0) : NaN;
  const isComplete = unclear === 0 && failed === errors.length && created + failed === batch.rows;
  const rest = rows.filter(({ number }) => !byRow.has(number));
  await settleRejected(context, state, batch, byRow, rows);
  if (isComplete) await context.record(state, all(rest, 'c'));
  else await settleUnknown(context, state, batch);
}

/**
 * Settles rows that the job refused. In a database that tenants share, all get the same outcome, after the same number of look-ups, because
 * an email may be another tenant's.
 */
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
  // An earlier job of this batch may have created the existing user.
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
 * Settles rows about which the job reported nothing: a row whose user exists was created. The others are processed row by row, or by another
 * job if they have a password hash. In a cancelled import their outcome is unknown, because the job may still create them.
 * @param takesMore whether another job may be sent for them
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

/** Settles rows of a file that the authority refused as a whole. */
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

/** Fails rows that cannot be serialized, because a retry would fail again. @returns the others */
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

/** Rows without an outcome. */
export async function openRows(
  { store }: ImportJobContext,
  state: ImportState,
  batch: Batch,
): Promise<JobRow[]> {
  return jobRows((await store.readRows(state, batch.from, batch.to)) ?? [], batch);
}

const all = (rows: readonly JobRow[], mark: EndMark) => rows.map(({ number }) => [number, mark] as const);

/** @param absent outcome of a row whose user does not exist; undefined: none yet */
async function lookUp(
  context: ImportJobContext,
  state: ImportState,
  rows: readonly JobRow[],
  absent: (row: JobRow) => EndMark | '.' | undefined,
): Promise<void> {
  for (let at = 0; at < rows.length; at += LOOKUPS) {
    const found = await Promise.all(
      rows.slice(at, at + LOOKUPS).map(async (row) => {
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

/** @returns undefined when the authority does not know the job any more */
async function errorsOf(context: ImportJobContext, { job }: Batch): Promise<unknown[] | undefined> {
  if (job === undefined) return undefined;
  const read = () => context.management.getImportErrors(job);
  return readWithRetries(context, read).catch(onFailure('not_found', () => undefined));
}
