/**
 * Finds the ends of CSV records (RFC 4180): CRLF, LF or CR outside of quotation marks. A quotation mark opens a quoted text only at the
 * start of a cell, so that a stray one spoils one record and not the rest of the file.
 */
import { Problem } from '../../problem.ts';
import type { RecordFinder } from './records.ts';

const [LINE_FEED, CARRIAGE_RETURN, QUOTE] = [10, 13, 0x22];

/** Until the header row determines the separator, each of these ends a cell. */
const SEPARATORS = [',', ';', '\t'].map((separator) => separator.charCodeAt(0));

type State = 'cell start' | 'plain' | 'quoted' | 'quote in quoted';

export class CsvRecordFinder implements RecordFinder {
  start = 0;
  end = 0;
  next = 0;
  isOpen = false;
  #separators = SEPARATORS;
  #state: State = 'cell start';
  /** A CR ended the record: an LF that follows belongs to it. */
  #isAfterReturn = false;
  /** The same within quotation marks. */
  #isAfterQuotedReturn = false;
  #line = 1;
  #recordLine = 1;

  find(bytes: Buffer, from: number): boolean {
    let at = from;
    if (this.#isAfterReturn) {
      this.#isAfterReturn = false;
      if (bytes[at] === LINE_FEED) at += 1;
    }
    this.start = at;
    if (!this.isOpen) this.#recordLine = this.#line;
    this.end = this.#endOfRecord(bytes, at);
    if (this.end === -1) {
      this.isOpen ||= this.start < bytes.length;
      return false;
    }
    this.isOpen = false;
    this.next = this.end + 1;
    return true;
  }

  /** @returns position of the line break that ends it; -1 when it is not in these bytes */
  #endOfRecord(bytes: Buffer, from: number): number {
    const separators = this.#separators;
    let state = this.#state;
    for (let at = from; at < bytes.length; at += 1) {
      const byte = bytes[at] ?? 0;
      if (state === 'quoted') {
        if (byte === QUOTE) state = 'quote in quoted';
        else if (byte === CARRIAGE_RETURN || (byte === LINE_FEED && !this.#isAfterQuotedReturn))
          this.#line += 1;
        this.#isAfterQuotedReturn = byte === CARRIAGE_RETURN;
      } else if (byte > QUOTE && !separators.includes(byte)) {
        state = 'plain';
      } else if (byte === LINE_FEED || byte === CARRIAGE_RETURN) {
        this.#isAfterReturn = byte === CARRIAGE_RETURN;
        this.#state = 'cell start';
        this.#line += 1;
        return at;
      } else if (byte === QUOTE) {
        state = state === 'plain' ? 'plain' : 'quoted';
      } else {
        state = separators.includes(byte) ? 'cell start' : 'plain';
      }
    }
    this.#state = state;
    return -1;
  }

  place(): string {
    return `line ${this.#recordLine}`;
  }

  line(): number {
    return this.#recordLine;
  }

  finish(): void {
    if (this.#state !== 'quoted') return;
    const detail = `A quotation mark in the row that begins in line ${this.#recordLine} is never closed.`;
    throw new Problem('malformed_body', { detail });
  }

  useSeparator(separator: string): void {
    this.#separators = [separator.charCodeAt(0)];
  }
}
