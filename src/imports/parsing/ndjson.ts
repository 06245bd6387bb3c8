/**
 * One JSON value per line (github.com/ndjson/ndjson-spec); blank lines are skipped, CRLF is accepted. Whole lines are decoded together
 * and split as text: decoding each separately would cost as much as parsing it.
 */
import { isAscii } from 'node:buffer';
import {
  createBlankCount,
  decodeUtf8,
  NOT_UTF8,
  tooLarge,
  unreadable,
  type ReadRow,
  type RowContent,
  type RowLimits,
} from './read-row.ts';
import type { RowReader } from './records.ts';
import { createOpenRecord, type OpenRecord } from './open-record.ts';

const LINE_FEED = 10;
/** Most UTF-8 bytes per UTF-16 code unit. */
const MAX_BYTES_PER_UNIT = 3;

export class NdjsonReader implements RowReader {
  readonly #limits: RowLimits;
  readonly #open: OpenRecord;
  readonly #countBlank = createBlankCount();
  #line = 0;
  #count = 0;

  constructor(limits: RowLimits) {
    this.#limits = limits;
    // Plus one for the CR of a CRLF.
    this.#open = createOpenRecord(limits.lineBytes + 1, () => this.#tooLong(this.#line + 1));
  }

  *rows(piece: Buffer): Generator<ReadRow, void> {
    const last = piece.lastIndexOf(LINE_FEED);
    if (last === -1) return this.#open.keep(piece);
    const lines = piece.subarray(0, last);
    yield* this.#takeAll(this.#open.bytes() === 0 ? lines : this.#open.release(lines));
    if (last + 1 < piece.length) this.#open.keep(piece.subarray(last + 1));
  }

  *lastRows(): Generator<ReadRow, void> {
    if (this.#open.bytes() > 0) yield* this.#takeAll(this.#open.release(Buffer.alloc(0)));
  }

  count(): number {
    return this.#count;
  }

  /** @param lines without the last line's terminator */
  *#takeAll(lines: Buffer): Generator<ReadRow, void> {
    const text = isAscii(lines) ? lines.toString('latin1') : decodeUtf8(lines, 0, lines.length);
    if (text !== undefined) {
      for (const one of text.split('\n')) {
        const row = this.#take(one);
        if (row) yield row;
      }
      return;
    }
    for (let at = 0; at <= lines.length;) {
      const feed = lines.indexOf(LINE_FEED, at);
      const end = feed === -1 ? lines.length : feed;
      if (end - at > this.#limits.lineBytes + 1) throw this.#tooLong(this.#line + 1);
      const row = this.#take(decodeUtf8(lines, at, end));
      at = end + 1;
      if (row) yield row;
    }
  }

  /** @param text undefined: the line is not UTF-8 */
  #take(text: string | undefined): ReadRow | undefined {
    this.#line += 1;
    if (text === undefined) return this.#numbered(unreadable({ code: 'malformed_body', message: NOT_UTF8 }));
    if (isLonger(text, this.#limits.lineBytes)) throw this.#tooLong(this.#line);
    // Check before parsing: an exception costs as much as ten rows.
    if (text !== '' && text.trim() !== '') return this.#numbered(readLine(text), text);
    this.#countBlank(text.length + 1);
    return undefined;
  }

  #numbered(content: RowContent, text?: string): ReadRow {
    this.#count += 1;
    if (this.#count > this.#limits.rows) throw tooLarge(`At most ${this.#limits.rows} rows.`);
    const [number, line] = [this.#count, this.#line];
    // The common case: spreading a valid row costs a twentieth of reading it.
    return 'value' in content ? { number, line, value: content.value, text } : { number, line, ...content };
  }

  #tooLong(number: number): Error {
    return tooLarge(`At most ${this.#limits.lineBytes} bytes in a row: the one in line ${number} is longer.`);
  }
}

/** Whether a line is longer than this in UTF-8. The limit excludes the CR of a CRLF. */
function isLonger(text: string, bytes: number): boolean {
  if (text.length * MAX_BYTES_PER_UNIT <= bytes) return false;
  return Buffer.byteLength(text) - (text.endsWith('\r') ? 1 : 0) > bytes;
}

function readLine(text: string): RowContent {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return unreadable({ code: 'malformed_body', message: 'The line is not JSON.' }, emailIn(text));
  }
}

/** Looks for an email in what is left of a broken line. */
function emailIn(line: string): string | undefined {
  return /"email"\s*:\s*"([^"\\]+)"/.exec(line)?.[1];
}
