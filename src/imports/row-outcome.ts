import type { ProblemCode } from '../problem.ts';

/** What became of a row. Each row gets exactly one, once. */
export type RowStatus = 'created' | 'failed' | 'skipped' | 'unknown';

export interface RowError {
  code: ProblemCode;
  message: string;
  /** RFC 6901, into the row. */
  pointer?: string;
}

export interface RowOutcome {
  status: RowStatus;
  userId?: string;
  error?: RowError;
}

/**
 * How a row stands, in one byte, so that a million of them are a megabyte: `.` not done, `o` sent to the authority and not done,
 * `f` failed as it was read (its error stands with the row), and how it ended.
 */
export type Mark = (typeof MARKS)[number];
export type EndMark = Exclude<Mark, '.' | 'o' | 'f'>;
export const MARKS = ['.', 'o', 'f', 'c', 's', 'u', 'w', 'i', 'h', 'j', 'n', 'e'] as const;
const byByte = new Map<number | undefined, Mark>(MARKS.map((mark) => [mark.charCodeAt(0), mark]));

/** @param byte as it stands in Redis */
export function markOf(byte: number | undefined): Mark {
  const mark = byByte.get(byte);
  if (mark === undefined) throw new Error(`no row has the mark ${byte}`);
  return mark;
}

export const isOpenMark = (mark: string): mark is '.' | 'o' => mark === '.' || mark === 'o';

/** The same words wherever an email is refused in a database that tenants share. */
export const EMAIL_UNAVAILABLE = 'This address cannot be used for a user.';

/** What each way to end says; `created` adds the id, which follows from the row. */
export const endings: Record<EndMark, { status: RowStatus; error?: RowError }> = {
  c: { status: 'created' },
  s: { status: 'skipped' },
  u: {
    status: 'unknown',
    error: { code: 'outcome_unknown', message: 'The answer was lost, and looking did not settle it.' },
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
      message: 'A password hash goes through the channel import_jobs only.',
    },
  },
  j: {
    status: 'failed',
    error: {
      code: 'import_job_refused',
      message: 'The authority took no import job with this row, and a password hash goes no other way.',
    },
  },
  n: {
    status: 'failed',
    error: { code: 'invalid_body', message: 'The row cannot be written as JSON, so that it cannot be sent.' },
  },
};

const USER_ID_PREFIX = 'auth0|';

/** Without Auth0's prefix. The same at every try: a repeat's 409 is then known as our own earlier success. */
export function rowUserId(importId: string, row: number): string {
  return `${importId.replaceAll('-', '')}${String(row).padStart(7, '0')}`;
}

/** As Auth0 tells it. */
export const fullUserId = (id: string): string => USER_ID_PREFIX + id;
