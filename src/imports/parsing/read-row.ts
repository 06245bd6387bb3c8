/** Shared by the readers of all formats: rows as read, the limits, and the errors of exceeded limits. */
import { isUtf8 } from 'node:buffer';
import { Problem } from '../../problem.ts';
import type { RowError } from '../row-outcome.ts';

export interface UploadLimits {
  rows: number;
  /** As received: for gzip, the compressed upload. */
  bytes: number;
  /** Of a gzip upload, uncompressed. */
  inflatedBytes: number;
  /** One line, CSV record or JSON element in UTF-8, without its terminator. */
  lineBytes: number;
}

export type RowLimits = Pick<UploadLimits, 'rows' | 'lineBytes'>;

/**
 * `text`: the JSON that the value was read from, in one line, if there is some. `faults`: of fields that could not be read and that the
 * value lacks.
 */
export type RowContent =
  { value: unknown; text?: string | undefined; faults?: RowError[] } | { email?: string; error: RowError };

/**
 * A row as read: its value, to be validated against the contract's schema (which also rejects anything but objects), or why there is
 * none. `number` counts from 1 in the order of the file, without blank lines. `line`: where it begins in the file, from 1, in formats
 * that have lines. `email`: if one could be recognised.
 */
export type ReadRow = { number: number; line?: number } & RowContent;

/** @param detail a sentence with the limit and its value */
export function tooLarge(detail: string): Problem {
  return new Problem('import_too_large', { detail });
}

/**
 * Blank lines, rows of empty cells, space between elements: beyond what a spreadsheet leaves behind its last row they only cost time. A
 * kilobyte of gzip unpacks to a million blank lines.
 */
export const MAX_BLANK_BYTES = 16_777_216;

/** @returns a function that counts bytes that belong to no row. It throws Problem `import_too_large` */
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

/** A row that could not be read. An email is kept only if it is plausible, so that it identifies the row and nothing else. */
export function unreadable(error: RowError, email?: string): RowContent {
  const mayBe = email !== undefined && email.length <= MAX_EMAIL && /^[^@\s\0]+@[^@\s\0]+$/.test(email);
  return mayBe ? { email, error } : { error };
}

export const NOT_UTF8 = 'The row is not UTF-8.';

/** @returns undefined when it is not UTF-8 */
export function decodeUtf8(bytes: Buffer, start: number, end: number): string | undefined {
  const text = bytes.toString('utf8', start, end);
  // Invalid UTF-8 decodes to U+FFFD; only a text that contains one, which is rare, needs the full check.
  return text.includes('\uFFFD') && !isUtf8(bytes.subarray(start, end)) ? undefined : text;
}
