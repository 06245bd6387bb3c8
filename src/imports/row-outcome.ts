import type { ProblemCode } from '../problem.ts';

/** Outcome of a row. Each row gets exactly one, once. */
export type RowStatus = 'created' | 'failed' | 'skipped' | 'unknown';

export interface RowError {
  code: ProblemCode;
  message: string;
  /** JSON pointer (RFC 6901) into the row. */
  pointer?: string;
}

export interface RowOutcome {
  status: RowStatus;
  userId?: string;
  error?: RowError;
}

/**
 * State of a row in one byte, so that a million of them take a megabyte: `.` pending, `o` sent to the authority without an outcome yet,
 * `m` created, and not a member of its tenant's organization yet, `f` invalid when read (its error is stored with the row), or one of the
 * outcomes in `endings`.
 */
export type Mark = (typeof MARKS)[number];
export type EndMark = Exclude<Mark, '.' | 'o' | 'm' | 'f'>;
export const MARKS = ['.', 'o', 'm', 'f', 'c', 's', 'u', 'w', 'i', 'h', 'j', 'n', 'e', 'x'] as const;
const byByte = new Map<number | undefined, Mark>(MARKS.map((mark) => [mark.charCodeAt(0), mark]));

/** @param byte as stored in Redis */
export function markOf(byte: number | undefined): Mark {
  const mark = byByte.get(byte);
  if (mark === undefined) throw new Error(`no row has the mark ${byte}`);
  return mark;
}

/** Still to be created, as far as is known. */
export const isOpenMark = (mark: string): mark is '.' | 'o' => mark === '.' || mark === 'o';

/** Without an outcome yet. */
export const isPendingMark = (mark: string): mark is '.' | 'o' | 'm' => isOpenMark(mark) || mark === 'm';

/** Whether the row's user was created. */
export const isCreated = (mark: string): boolean => mark === 'c' || mark === 'x';

/** One message for every refused email in a database that tenants share. */
export const EMAIL_UNAVAILABLE = 'This address cannot be used for a user.';

/** The outcome that each mark stands for; a row whose user was created also has a user id, derived from its number. */
export const endings: Record<EndMark, { status: RowStatus; error?: RowError }> = {
  c: { status: 'created' },
  s: { status: 'skipped' },
  u: {
    status: 'unknown',
    error: {
      code: 'outcome_unknown',
      message: 'The answer was lost, and a look-up did not determine the outcome.',
    },
  },
  w: {
    status: 'failed',
    error: {
      code: 'weak_password',
      message: 'The password does not meet the policy.',
      pointer: '/password',
    },
  },
  i: {
    status: 'failed',
    error: { code: 'invalid_field', message: 'The authority refused a value of this row.' },
  },
  e: {
    status: 'failed',
    error: { code: 'email_unavailable', message: EMAIL_UNAVAILABLE, pointer: '/email' },
  },
  h: {
    status: 'failed',
    error: {
      code: 'needs_import_jobs',
      message: 'A password hash can only be imported through the channel import_jobs.',
    },
  },
  j: {
    status: 'failed',
    error: {
      code: 'import_job_refused',
      message:
        'The authority accepted no import job with this row, and a password hash cannot be imported otherwise.',
    },
  },
  n: {
    status: 'failed',
    error: { code: 'invalid_body', message: 'The row cannot be serialized as JSON, so it cannot be sent.' },
  },
  x: {
    status: 'failed',
    error: {
      code: 'member_refused',
      message: "The user was created, but the authority refuses it as a member of the tenant's organization.",
    },
  },
};

const USER_ID_PREFIX = 'auth0|';

/** User id of a row, without Auth0's prefix. Deterministic, so that the 409 of a retry is recognized as an earlier success. */
export function rowUserId(importId: string, row: number): string {
  return `${importId.replaceAll('-', '')}${String(row).padStart(7, '0')}`;
}

/** User id with Auth0's prefix. */
export const fullUserId = (id: string): string => USER_ID_PREFIX + id;
