/** A chunk that is being filled. Duplicate emails are looked up for many rows together, when it is full. */
import {
  CHUNK_ROWS,
  deflatePart,
  firstMark,
  lineOf,
  type ImportedUser,
  type PlainChunk,
  type StoredRow,
  type WrongRow,
} from '../chunks.ts';
import type { DuplicateFinder } from '../parsing/duplicates.ts';
import type { RowError } from '../row-outcome.ts';
import { wrongRow } from './check-row.ts';

/** Result of reading an upload. */
export interface IngestSummary {
  total: number;
  failed: number;
  /** Rows with a clear-text password, which only the channel `row_by_row` can create. */
  withPassword: number;
  /** Rows with a password hash, which only import jobs can create. */
  withHash: number;
  /** The first invalid rows. */
  wrong: ({ number: number } & WrongRow)[];
}

const WRONG_SHOWN = 100;
const GOOD = firstMark(false);

/**
 * Text of rows kept uncompressed, in characters; more is deflated immediately. A chunk of rows of maximum length would be 13 MiB, and
 * many uploads may be open.
 */
const PART_CHARACTERS = 131_072;

/** Stored by columns, keeping only line and email of a user: parsed objects can be collected, and no object is made per row. */
export class OpenChunk {
  readonly #found: IngestSummary;
  readonly #duplicates: DuplicateFinder;
  readonly #isKept: boolean;
  #parts: Buffer[] = [];
  #lines: string[] = [];
  #characters = 0;
  /** undefined: the row is invalid. The email of an invalid row does not make later rows duplicates. */
  #emails: (string | undefined)[] = [];
  #places: (number | undefined)[] = [];
  #secrets: Secret[] = [];
  #marks = '';
  /** Keyed by the row's index in this part. */
  readonly #wrong = new Map<number, WrongRow>();

  /** @param isKept whether rows are stored; a dry run needs no lines */
  constructor(found: IngestSummary, duplicates: DuplicateFinder, isKept: boolean) {
    this.#found = found;
    this.#duplicates = duplicates;
    this.#isKept = isKept;
  }

  size(): number {
    return this.#marks.length + this.#emails.length;
  }

  isFull(): boolean {
    return this.size() === CHUNK_ROWS;
  }

  /**
   * Adds the next row.
   * @param text the user as JSON, if available
   * @param place line of the file where the row begins, in formats that have lines
   * @returns bytes of the part that this row filled, if it did
   */
  add(row: StoredRow, text: string | undefined, place?: number): number | undefined {
    if ('error' in row) this.#wrong.set(this.#emails.length, row);
    if (this.#isKept) {
      const line = lineOf(row, text);
      this.#lines.push(line);
      this.#characters += line.length;
    }
    this.#emails.push('user' in row ? row.user.email : undefined);
    this.#places.push(place);
    this.#secrets.push('user' in row ? secretOf(row.user) : undefined);
    if (this.#characters < PART_CHARACTERS) return undefined;
    this.#recordRows();
    const part = deflatePart(this.#lines, this.#parts.length === 0);
    this.#parts.push(part);
    this.#lines = [];
    return part.byteLength;
  }

  /** Returns the content, counts it in `found`, and leaves the chunk empty. */
  take(): PlainChunk {
    this.#recordRows();
    const taken = { parts: this.#parts, lines: this.#lines, marks: this.#marks };
    [this.#parts, this.#lines, this.#marks] = [[], [], ''];
    return taken;
  }

  /** Finds duplicates among the rows added since the last call, and counts and marks these rows. */
  #recordRows(): void {
    const first = this.#found.total + 1;
    this.#findDuplicates(first);
    this.#count(first);
    this.#marks +=
      this.#wrong.size === 0
        ? GOOD.repeat(this.#emails.length)
        : this.#emails.map((_, i) => firstMark(this.#wrong.has(i))).join('');
    [this.#emails, this.#places, this.#secrets, this.#characters] = [[], [], [], 0];
    this.#wrong.clear();
  }

  #findDuplicates(first: number): void {
    for (const [i, earlier] of this.#duplicates.firstRows(this.#emails, first).entries()) {
      if (earlier === first + i) continue;
      const message = `Row ${earlier} has this email.`;
      const error: RowError = { code: 'duplicate_row', message, pointer: '/email' };
      const row = wrongRow(this.#emails[i], [error], this.#places[i]);
      this.#wrong.set(i, row);
      if (this.#isKept) this.#lines[i] = lineOf(row);
      this.#secrets[i] = undefined;
    }
  }

  #count(first: number): void {
    const found = this.#found;
    found.total += this.#emails.length;
    found.failed += this.#wrong.size;
    for (const secret of this.#secrets) {
      if (secret === 'password') found.withPassword += 1;
      else if (secret === 'hash') found.withHash += 1;
    }
    if (this.#wrong.size === 0 || found.wrong.length === WRONG_SHOWN) return;
    const shown = [...this.#wrong].sort(([a], [b]) => a - b).slice(0, WRONG_SHOWN - found.wrong.length);
    found.wrong.push(...shown.map(([i, row]) => ({ number: first + i, ...row })));
  }
}

type Secret = 'password' | 'hash' | undefined;

function secretOf({ password, password_hash, custom_password_hash }: ImportedUser): Secret {
  if (password !== undefined) return 'password';
  return password_hash !== undefined || custom_password_hash !== undefined ? 'hash' : undefined;
}
