/**
 * Batches: which rows of an import go to the authority in one import job, and how far that is. Written down before anything is sent,
 * so that whoever takes an import over knows what may be running. Nothing personal: row numbers and the job's id.
 */
import type { ImportedUser } from '../chunks.ts';
import { isOpenMark } from '../row-outcome.ts';
import type { Row } from '../import-store.ts';

export interface Batch {
  /** From 0: the first row's number, less one. */
  number: number;
  /** Rows from `from` to `to` that go by import jobs. */
  from: number;
  to: number;
  /** Of these only the ones with a password hash: the others go row by row after all. */
  hashOnly?: boolean;
  /** How often it was sent. */
  sent: number;
  /** It was sent, and nobody knows whether that began a job; or it was sent before. */
  inDoubt?: boolean;
  /** Rows that were in the last file. */
  rows?: number;
  /** The authority's id of the job that runs. */
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

/** Of some rows the ones that are not done and go by import jobs: those take no clear-text password. */
export function jobRows(rows: readonly Row[], { hashOnly = false }: Pick<Batch, 'hashOnly'> = {}): JobRow[] {
  return rows.flatMap(({ number, stored, mark }) => {
    if (!isOpenMark(mark) || !('user' in stored)) return [];
    const { user } = stored;
    return user.password === undefined && (!hashOnly || hasHash(user)) ? [{ number, user }] : [];
  });
}
