/** What the readers of the formats share: rows as they were read, the limits, and how each limit is told of. */
import { isUtf8 } from 'node:buffer';
import { Problem } from '../../problem.ts';
import type { RowError } from '../row-outcome.ts';

export interface UploadLimits {
  rows: number;
  /** As they arrive: of the packed upload when it is gzip. */
  bytes: number;
  /** Of an upload that is gzip, unpacked. */
  inflatedBytes: number;
  /** Of one line, CSV record or JSON element, without what ends it, in UTF-8. */
  lineBytes: number;
}

export type RowLimits = Pick<UploadLimits, 'rows' | 'lineBytes'>;

/**
 * `text`: the JSON that the value was read from, in one line, where there is some. `faults`: of fields that could not be read, and that
 * the value lacks.
 */
export type RowContent =
  { value: unknown; text?: string | undefined; faults?: RowError[] } | { email?: string; error: RowError };

/**
 * A row as it was read: its value, to be held against the contract's schema (which also refuses what is no object), or why
 * there is none. `number` counts from 1, in the order of the file; blank lines are no rows. `line` of the file where it begins, from 1,
 * in formats that have lines. `email` where one could be made out.
 */
export type ReadRow = { number: number; line?: number } & RowContent;

/** @param detail a sentence that names the limit and its value */
export function tooLarge(detail: string): Problem {
  return new Problem('import_too_large', { detail });
}

/**
 * Blank lines, rows of empty cells, spaces between elements: more of them than a spreadsheet leaves behind its last row cost work and
 * bring nothing. A kilobyte of gzip unpacks to a million blank lines.
 */
export const MAX_BLANK_BYTES = 16_777_216;

/** @returns adds bytes that belong to no row. It throws Problem `import_too_large` */
export function createBlankCount(): (bytes: number) => void {
  let total = 0;
  return (bytes) => {
    total += bytes;
    if (total > MAX_BLANK_BYTES)
      throw tooLarge(`At most ${MAX_BLANK_BYTES} bytes of blank lines and of space between rows.`);
  };
}

/** RFC 5321 section 4.5.3.1.3: a path, brackets included, has 256 octets at most. */
const MAX_EMAIL = 254;

/** A row that could not be read. An email is kept only when it may be one, so that it names the row and nothing else. */
export function unreadable(error: RowError, email?: string): RowContent {
  const mayBe = email !== undefined && email.length <= MAX_EMAIL && /^[^@\s\0]+@[^@\s\0]+$/.test(email);
  return mayBe ? { email, error } : { error };
}

export const NOT_UTF8 = 'The row is not UTF-8.';

/** @returns undefined when it is not UTF-8 */
export function decodeUtf8(bytes: Buffer, start: number, end: number): string | undefined {
  const text = bytes.toString('utf8', start, end);
  // What is not UTF-8 becomes U+FFFD; only a text that has one, which is rare, needs a closer look.
  return text.includes('\uFFFD') && !isUtf8(bytes.subarray(start, end)) ? undefined : text;
}
