/**
 * Cuts bytes into records (CSV records, elements of a JSON array) and numbers the rows. Where records end is found byte
 * by byte in UTF-8, where no byte of a longer character looks like ASCII.
 */
import { createOpenRecord } from './open-record.ts';
import { createBlankCount, tooLarge, type ReadRow, type RowContent, type UploadLimits } from './read-row.ts';

/** Knows where records of one format end; goes on where it was when the next piece comes. */
export interface RecordFinder {
  /**
   * Looks for the end of the record that is open, or of the next one.
   * @returns true: a record ends at `end`, and what follows begins at `next`; `start` is where it began, if it began here
   */
  find(bytes: Buffer, at: number): boolean;
  start: number;
  end: number;
  next: number;
  /** After `find` gave false: whether the rest, from `start`, belongs to a record that goes on. */
  isOpen: boolean;
  /** Where the record begins, from 1, for a person to find it: `line 7`, `element 7`. */
  place(): string;
  /** The line of that place, in formats that have lines. */
  line?(): number;
  /** The file is over. @throws Problem when it must not be over here */
  finish(): void;
}

export interface RecordFormat {
  finder: RecordFinder;
  /** @returns undefined when the record is no row (a blank line, the header) */
  read(bytes: Buffer, start: number, end: number): RowContent | undefined;
  /** What might be wrong when a record is too long. */
  tooLongHint?: string;
}

/** Rows are read as they are taken, so that no more than one lives at a time; all of a piece are to be taken before the next comes. */
export interface RowReader {
  /** @throws Problem */
  rows(piece: Buffer): Iterable<ReadRow>;
  /** @throws Problem */
  lastRows(): Iterable<ReadRow>;
  /** How many there were so far. */
  count(): number;
}

const CARRIAGE_RETURN = 13;

export function createRowReader(
  format: RecordFormat,
  limits: Pick<UploadLimits, 'rows' | 'lineBytes'>,
): RowReader {
  const { finder } = format;
  // One more, for the CR of its CRLF.
  const open = createOpenRecord(limits.lineBytes + 1, tooLong);
  const countBlank = createBlankCount();
  let count = 0;

  function take(bytes: Buffer, start: number, end: number): ReadRow | undefined {
    // The limit is of what stands in a line: not the CR of its CRLF.
    const size = end - start - (bytes[end - 1] === CARRIAGE_RETURN ? 1 : 0);
    if (size > limits.lineBytes) throw tooLong();
    const content = format.read(bytes, start, end);
    if (!content) {
      // With what ends it.
      countBlank(size + 1);
      return undefined;
    }
    count += 1;
    if (count > limits.rows) throw tooLarge(`At most ${limits.rows} rows.`);
    return finder.line ? { number: count, line: finder.line(), ...content } : { number: count, ...content };
  }

  function tooLong() {
    const hint = format.tooLongHint ? ` ${format.tooLongHint}` : '';
    return tooLarge(
      `At most ${limits.lineBytes} bytes in a row: the one in ${finder.place()} is longer.${hint}`,
    );
  }

  return {
    *rows(piece) {
      for (let at = 0; at < piece.length;) {
        if (!finder.find(piece, at)) {
          if (finder.isOpen) open.keep(piece.subarray(finder.start));
          countBlank((finder.isOpen ? finder.start : piece.length) - at);
          break;
        }
        const { start, end, next } = finder;
        countBlank(start - at);
        let row: ReadRow | undefined;
        if (open.bytes() === 0) row = take(piece, start, end);
        else {
          const whole = open.release(piece.subarray(start, end));
          row = take(whole, 0, whole.length);
        }
        at = next;
        if (row) yield row;
      }
    },

    count: () => count,

    *lastRows() {
      finder.finish();
      if (open.bytes() === 0) return;
      const last = open.release(Buffer.alloc(0));
      const row = take(last, 0, last.length);
      if (row) yield row;
    },
  };
}
