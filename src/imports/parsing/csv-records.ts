/**
 * Finds where CSV records end (RFC 4180): at CRLF, LF or CR outside of quotation marks. A quotation mark opens a cell only where
 * one begins, so that a stray one inside a cell spoils one record and not the rest of the file.
 */
import { Problem } from '../../problem.ts';
import type { RecordFinder } from './records.ts';

const [LINE_FEED, CARRIAGE_RETURN, QUOTE] = [10, 13, 0x22];

/** Until the header row says which one it is, each of them ends a cell. */
const SEPARATORS = [',', ';', '\t'].map((separator) => separator.charCodeAt(0));

type State = 'cell start' | 'plain' | 'quoted' | 'quote in quoted';

export interface CsvRecordFinder extends RecordFinder {
  useSeparator(separator: string): void;
}

export function createCsvRecordFinder(): CsvRecordFinder {
  let separators = SEPARATORS;
  let state: State = 'cell start';
  /** A CR ended the record: an LF that follows belongs to it. */
  let isAfterReturn = false;
  /** The same within quotation marks. */
  let isAfterQuotedReturn = false;
  let line = 1;
  let recordLine = 1;

  return {
    start: 0,
    end: 0,
    next: 0,
    isOpen: false,

    find(bytes, from) {
      let at = from;
      if (isAfterReturn) {
        isAfterReturn = false;
        if (bytes[at] === LINE_FEED) at += 1;
      }
      this.start = at;
      if (!this.isOpen) recordLine = line;
      for (; at < bytes.length; at += 1) {
        const byte = bytes[at]!;
        if (state === 'quoted') {
          if (byte === QUOTE) state = 'quote in quoted';
          else if (byte === CARRIAGE_RETURN || (byte === LINE_FEED && !isAfterQuotedReturn)) line += 1;
          isAfterQuotedReturn = byte === CARRIAGE_RETURN;
        } else if (byte > QUOTE && !separators.includes(byte)) {
          state = 'plain';
        } else if (byte === LINE_FEED || byte === CARRIAGE_RETURN) {
          isAfterReturn = byte === CARRIAGE_RETURN;
          state = 'cell start';
          line += 1;
          this.isOpen = false;
          this.end = at;
          this.next = at + 1;
          return true;
        } else if (byte === QUOTE) {
          state = state === 'plain' ? 'plain' : 'quoted';
        } else {
          state = separators.includes(byte) ? 'cell start' : 'plain';
        }
      }
      this.isOpen ||= this.start < bytes.length;
      return false;
    },

    place: () => `line ${recordLine}`,
    line: () => recordLine,

    finish() {
      if (state !== 'quoted') return;
      const detail = `A quotation mark in the row that begins in line ${recordLine} is never closed.`;
      throw new Problem('malformed_body', { detail });
    },

    useSeparator(separator) {
      separators = [separator.charCodeAt(0)];
    },
  };
}
