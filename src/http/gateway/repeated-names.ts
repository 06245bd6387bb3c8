/**
 * Whether an object in a JSON text has two members of the same name. Parsers take the first, the last or both (RFC 8259
 * section 4), so a service could read another value than the one that was checked. Pure.
 */
import { isRecord } from '../../json.ts';

const [QUOTE, BACKSLASH, COLON] = [0x22, 0x5c, 0x3a];

/** @param text valid JSON in UTF-8. @param value what it was parsed to */
export const hasRepeatedNames = (text: Buffer, value: unknown): boolean =>
  isRecord(value) && namesIn(text) !== membersOf(value);

/** Strings that a colon follows. No other byte of UTF-8 looks like a quotation mark. */
function namesIn(text: Buffer): number {
  let count = 0;
  for (let at = text.indexOf(QUOTE); at >= 0; at = text.indexOf(QUOTE, at)) {
    at = endOfString(text, at + 1);
    while (isBlank(text[at])) at += 1;
    if (text[at] === COLON) count += 1;
  }
  return count;
}

/** @param from after its first quotation mark. @returns what follows the last one */
function endOfString(text: Buffer, from: number): number {
  for (let end = text.indexOf(QUOTE, from); end >= 0; end = text.indexOf(QUOTE, end + 1)) {
    let backslashes = 0;
    while (text[end - 1 - backslashes] === BACKSLASH) backslashes += 1;
    if (backslashes % 2 === 0) return end + 1;
  }
  return text.length;
}

const isBlank = (byte: number | undefined): boolean =>
  byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;

/** Its depth is bounded (`structureFault`). */
function membersOf(value: object): number {
  const children: unknown[] = Object.values(value);
  let count = Array.isArray(value) ? 0 : children.length;
  for (const child of children) if (isRecord(child)) count += membersOf(child);
  return count;
}
