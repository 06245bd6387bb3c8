/**
 * Splits bytes into records (CSV records, elements of a JSON array) and numbers the rows. Works byte by byte in UTF-8, where no byte of
 * a multi-byte character looks like ASCII.
 */
import { createOpenRecord, type OpenRecord } from './open-record.ts';
import { createBlankCount, tooLarge, type ReadRow, type RowContent, type RowLimits } from './read-row.ts';

/** Finds the ends of records in one format; keeps its state between pieces. */
export interface RecordFinder {
  /**
   * Looks for the end of the open record, or of the next one.
   * @returns true: a record ends at `end`, and the rest begins at `next`; `start` is its beginning, if that is in these bytes
   */
  find(bytes: Buffer, at: number): boolean;
  start: number;
  end: number;
  next: number;
  /** After `find` returned false: whether the rest, from `start`, belongs to a record that continues. */
  isOpen: boolean;
  /** Where the record begins, from 1, for people: `line 7`, `element 7`. */
  place(): string;
  /** The line number of that place, in formats that have lines. */
  line?(): number;
  /** The file has ended. @throws Problem when it is incomplete */
  finish(): void;
}

export interface RecordFormat {
  finder: RecordFinder;
  /** @returns undefined when the record is no row (a blank line, the header) */
  read(bytes: Buffer, start: number, end: number): RowContent | undefined;
  /** Probable cause of a record that is too long. */
  tooLongHint?: string;
}

/** Rows are read lazily, so that one at a time is in memory; consume all rows of a piece before passing the next. */
export interface RowReader {
  /** @throws Problem */
  rows(piece: Buffer): Iterable<ReadRow>;
  /** @throws Problem */
  lastRows(): Iterable<ReadRow>;
  /** Number of rows so far. */
  count(): number;
}

const CARRIAGE_RETURN = 13;

export class RecordReader implements RowReader {
  readonly #format: RecordFormat;
  readonly #limits: RowLimits;
  readonly #open: OpenRecord;
  readonly #countBlank = createBlankCount();
  #count = 0;

  constructor(format: RecordFormat, limits: RowLimits) {
    this.#format = format;
    this.#limits = limits;
    // Plus one for the CR of a CRLF.
    this.#open = createOpenRecord(limits.lineBytes + 1, () => this.#tooLong());
  }

  *rows(piece: Buffer): Generator<ReadRow, void> {
    const { finder } = this.#format;
    for (let at = 0; at < piece.length;) {
      if (!finder.find(piece, at)) {
        if (finder.isOpen) this.#open.keep(piece.subarray(finder.start));
        this.#countBlank((finder.isOpen ? finder.start : piece.length) - at);
        break;
      }
      const { start, end, next } = finder;
      this.#countBlank(start - at);
      const row =
        this.#open.bytes() === 0
          ? this.#take(piece, start, end)
          : this.#takeWhole(this.#open.release(piece.subarray(start, end)));
      at = next;
      if (row) yield row;
    }
  }

  *lastRows(): Generator<ReadRow, void> {
    this.#format.finder.finish();
    if (this.#open.bytes() === 0) return;
    const row = this.#takeWhole(this.#open.release(Buffer.alloc(0)));
    if (row) yield row;
  }

  count(): number {
    return this.#count;
  }

  #takeWhole(record: Buffer): ReadRow | undefined {
    return this.#take(record, 0, record.length);
  }

  #take(bytes: Buffer, start: number, end: number): ReadRow | undefined {
    const { finder } = this.#format;
    // The limit excludes the CR of a CRLF.
    const size = end - start - (bytes[end - 1] === CARRIAGE_RETURN ? 1 : 0);
    if (size > this.#limits.lineBytes) throw this.#tooLong();
    const content = this.#format.read(bytes, start, end);
    if (!content) {
      // Including its terminator.
      this.#countBlank(size + 1);
      return undefined;
    }
    this.#count += 1;
    if (this.#count > this.#limits.rows) throw tooLarge(`At most ${this.#limits.rows} rows.`);
    return finder.line
      ? { number: this.#count, line: finder.line(), ...content }
      : { number: this.#count, ...content };
  }

  #tooLong(): Error {
    const { finder, tooLongHint } = this.#format;
    const hint = tooLongHint ? ` ${tooLongHint}` : '';
    return tooLarge(
      `At most ${this.#limits.lineBytes} bytes in a row: the one in ${finder.place()} is longer.${hint}`,
    );
  }
}
