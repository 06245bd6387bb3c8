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
  type UploadLimits,
} from './read-row.ts';
import type { RowReader } from './records.ts';
import { createOpenRecord } from './open-record.ts';

const LINE_FEED = 10;
/** More than this a character does not become in UTF-8, for each unit that a string's length counts. */
const MAX_BYTES_PER_UNIT = 3;

export function createNdjsonReader(limits: Pick<UploadLimits, 'rows' | 'lineBytes'>): RowReader {
  let line = 0;
  let count = 0;
  const countBlank = createBlankCount();
  // One more, for the CR of its CRLF.
  const open = createOpenRecord(limits.lineBytes + 1, () => tooLong(line + 1));

  function take(text: string | undefined): ReadRow | undefined {
    line += 1;
    if (text !== undefined && isLonger(text, limits.lineBytes)) throw tooLong(line);
    const content =
      text === undefined ? unreadable({ code: 'malformed_body', message: NOT_UTF8 }) : readLine(text);
    if (!content) {
      countBlank(text!.length + 1);
      return undefined;
    }
    count += 1;
    if (count > limits.rows) throw tooLarge(`At most ${limits.rows} rows.`);
    return 'value' in content
      ? { number: count, line, value: content.value, text: text! }
      : { number: count, line, ...content };
  }

  /** @param lines without what ends the last one */
  function* takeAll(lines: Buffer): Generator<ReadRow, void> {
    const text = isAscii(lines) ? lines.toString('latin1') : decodeUtf8(lines, 0, lines.length);
    if (text !== undefined) {
      for (const one of text.split('\n')) {
        const row = take(one);
        if (row) yield row;
      }
      return;
    }
    for (let at = 0; at <= lines.length;) {
      const feed = lines.indexOf(LINE_FEED, at);
      const end = feed === -1 ? lines.length : feed;
      if (end - at > limits.lineBytes + 1) throw tooLong(line + 1);
      const row = take(decodeUtf8(lines, at, end));
      at = end + 1;
      if (row) yield row;
    }
  }

  const tooLong = (number: number) =>
    tooLarge(`At most ${limits.lineBytes} bytes in a row: the one in line ${number} is longer.`);

  return {
    *rows(piece) {
      const last = piece.lastIndexOf(LINE_FEED);
      if (last === -1) return open.keep(piece);
      const lines = piece.subarray(0, last);
      yield* takeAll(open.bytes() === 0 ? lines : open.release(lines));
      if (last + 1 < piece.length) open.keep(piece.subarray(last + 1));
    },

    count: () => count,

    *lastRows() {
      if (open.bytes() > 0) yield* takeAll(open.release(Buffer.alloc(0)));
    },
  };
}

/** Whether a line is longer than so many bytes in UTF-8. The limit is of what stands in it: not the CR of its CRLF. */
function isLonger(text: string, bytes: number): boolean {
  if (text.length * MAX_BYTES_PER_UNIT <= bytes) return false;
  return Buffer.byteLength(text) - (text.endsWith('\r') ? 1 : 0) > bytes;
}

/** @returns undefined when it is blank */
function readLine(text: string): RowContent | undefined {
  // Before it is parsed: an exception costs as much as ten rows.
  if (text === '' || text.trim() === '') return undefined;
  try {
    return { value: JSON.parse(text) as unknown };
  } catch {
    return unreadable({ code: 'malformed_body', message: 'The line is not JSON.' }, emailIn(text));
  }
}

/** What is left of a broken line may still say whose it was. */
function emailIn(line: string): string | undefined {
  return /"email"\s*:\s*"([^"\\]+)"/.exec(line)?.[1];
}
