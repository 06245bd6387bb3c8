/**
 * Batches: which rows of an import go to Auth0 in one import job, and the state of that job. Stored before anything is sent, so that
 * a worker that takes the import over knows which jobs may be running. Holds no personal data: row numbers and the job's id.
 */
import type { ImportedUser } from '../chunks.ts';
import { isOpenMark } from '../row-outcome.ts';
import type { Row } from '../import-store.ts';

export interface Batch {
  /** Zero-based: number of the first row, less one. */
  number: number;
  /** Rows `from` to `to` are sent by import jobs. */
  from: number;
  to: number;
  /** Send only rows with a password hash; the others are created row by row. */
  hashOnly?: boolean;
  /** How often it has been sent. */
  sent: number;
  /** It was sent, and whether that started a job is unknown; or it was sent more than once. */
  inDoubt?: boolean;
  /** Number of rows in the last file. */
  rows?: number;
  /** Auth0's id of the running job. */
  job?: string;
  /** When it was sent, ms since 1970. */
  sentMs?: number;
}

export interface JobRow {
  number: number;
  user: ImportedUser;
}

export const hasHash = ({ password_hash, custom_password_hash }: ImportedUser): boolean =>
  password_hash !== undefined || custom_password_hash !== undefined;

/** Of these rows, the ones that are not done and that import jobs can create: jobs take no clear-text password. */
export function jobRows(rows: readonly Row[], { hashOnly = false }: Pick<Batch, 'hashOnly'> = {}): JobRow[] {
  return rows.flatMap(({ number, stored, mark }) => {
    if (!isOpenMark(mark) || !('user' in stored)) return [];
    const { user } = stored;
    return user.password === undefined && (!hashOnly || hasHash(user)) ? [{ number, user }] : [];
  });
}
