/**
 * One JSON value a line (github.com/ndjson/ndjson-spec); blank lines count for nothing, CRLF is as good as LF. Whole lines are
 * decoded together and cut as text: to decode each by itself would cost as much as to parse it.
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
/** More than this a character does not become in UTF-8, for each unit that a string's length counts. */
const MAX_BYTES_PER_UNIT = 3;

export class NdjsonReader implements RowReader {
  readonly #limits: RowLimits;
  readonly #open: OpenRecord;
  readonly #countBlank = createBlankCount();
  #line = 0;
  #count = 0;

  constructor(limits: RowLimits) {
    this.#limits = limits;
    // One more, for the CR of its CRLF.
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

  /** @param lines without what ends the last one */
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
    // Before it is parsed: an exception costs as much as ten rows.
    if (text !== '' && text.trim() !== '') return this.#numbered(readLine(text), text);
    this.#countBlank(text.length + 1);
    return undefined;
  }

  #numbered(content: RowContent, text?: string): ReadRow {
    this.#count += 1;
    if (this.#count > this.#limits.rows) throw tooLarge(`At most ${this.#limits.rows} rows.`);
    const [number, line] = [this.#count, this.#line];
    // Most rows: to spread one that is good costs a twentieth of what it takes to read it.
    return 'value' in content ? { number, line, value: content.value, text } : { number, line, ...content };
  }

  #tooLong(number: number): Error {
    return tooLarge(`At most ${this.#limits.lineBytes} bytes in a row: the one in line ${number} is longer.`);
  }
}

/** Whether a line is longer than so many bytes in UTF-8. The limit is of what stands in it: not the CR of its CRLF. */
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

/** What is left of a broken line may still say whose it was. */
function emailIn(line: string): string | undefined {
  return /"email"\s*:\s*"([^"\\]+)"/.exec(line)?.[1];
}
