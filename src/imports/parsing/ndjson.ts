/** One JSON value a line (github.com/ndjson/ndjson-spec); blank lines count for nothing, CRLF is as good as LF. */
import { decodeUtf8, NOT_UTF8, unreadable } from './read-row.ts';
import type { RecordFinder, RecordFormat } from './records.ts';

const LINE_FEED = 10;

export function ndjson(): RecordFormat {
  return {
    finder: createLineFinder(),
    read(bytes, start, end) {
      const text = decodeUtf8(bytes, start, end);
      if (text === undefined) return unreadable({ code: 'malformed_body', message: NOT_UTF8 });
      try {
        return { value: JSON.parse(text) as unknown, text };
      } catch {
        if (text.trim() === '') return undefined;
        return unreadable({ code: 'malformed_body', message: 'The line is not JSON.' }, emailIn(text));
      }
    },
  };
}

/** What is left of a broken line may still say whose it was. */
function emailIn(line: string): string | undefined {
  return /"email"\s*:\s*"([^"\\]+)"/.exec(line)?.[1];
}

function createLineFinder(): RecordFinder {
  let line = 1;
  let isLineOver = false;
  return {
    start: 0,
    end: 0,
    next: 0,
    isOpen: true,
    find(bytes, at) {
      if (isLineOver) line += 1;
      this.start = at;
      this.end = bytes.indexOf(LINE_FEED, at);
      this.next = this.end + 1;
      isLineOver = this.end !== -1;
      return isLineOver;
    },
    place: () => `line ${line}`,
    finish() {},
  };
}
