/**
 * Finds an email's first row within one file. Emails themselves are not kept: 64 bits of a hash stand for each, in open tables of
 * typed arrays. There are many, so that one that grows is small: 1,000,000 rows that were expected take 15 MiB, and no more while they
 * come. That two different emails among them share a hash has odds of 1 to 37,000,000; nobody can bring it about, because the hash
 * begins at random.
 */
import { randomInt } from 'node:crypto';

const TABLES = 64;
/** Some thousand rows: by then the tables of an upload before are gone. */
const FIRST_SLOTS = 128;
const GROWTH = 1.5;
/** Fuller, an open table's searches become long. */
const FULLEST = 0.8;
/** Tables fill alike, but not quite. */
const SLACK = 1.05;

interface Table {
  count: number;
  /** How many slots there are. */
  size: number;
  /** Three words a slot, side by side, so that a look costs one access to memory: both halves of the hash, and the row (0: it is free). */
  words: Uint32Array<ArrayBuffer>;
}

const UPPER_A = 65;
const UPPER_Z = 90;
const TO_LOWER = 32;
const LAST_ASCII = 127;

const WORDS = 3;
const ROW = 2;

export class DuplicateFinder {
  readonly #seeds = [randomInt(2 ** 32), randomInt(2 ** 32)] as const;
  readonly #tables: Table[] = [];
  /** How many slots a table gets when it grows, at least. */
  #expected = 0;
  /** Both halves of the last hash: a pair made for each row would be waste. */
  #high = 0;
  #low = 0;

  /** So many rows may come: to make room for them in one go is a third of the work. There may be fewer, and more. */
  expect(rows: number): void {
    this.#expected = Math.ceil(((rows / TABLES) * SLACK) / FULLEST);
  }

  /**
   * @param emails of rows that follow each other; undefined: the row has none that counts
   * @param row number of the first of them, from 1
   * @returns for each the row that had its email (upper and lower case are alike) first, which may be this one
   */
  firstRows(emails: readonly (string | undefined)[], row: number): number[] {
    const firsts: number[] = [];
    for (const email of emails) {
      const own = row + firsts.length;
      firsts.push(email === undefined ? own : this.#firstRow(email, own));
    }
    return firsts;
  }

  /** Gives its memory back; it is of no use then. */
  close(): void {
    this.#tables.forEach(giveBack);
  }

  #firstRow(email: string, row: number): number {
    this.#hash(email);
    const at = this.#high % TABLES;
    const table = (this.#tables[at] ??= createTable(FIRST_SLOTS));
    const slot = slotOf(table, this.#high, this.#low);
    const first = table.words[slot + ROW];
    if (first) return first;
    put(table, slot, this.#high, this.#low, row);
    if (table.count > table.size * FULLEST)
      this.#tables[at] = resized(table, Math.max(Math.ceil(table.size * GROWTH), this.#expected));
    return row;
  }

  /**
   * Two multiplicative hashes with odd factors; in the end each stirs the other, and no step loses a bit. ASCII is brought to lower
   * case on the way.
   */
  #hash(text: string, isLowerCase = false): void {
    let [a, b] = this.#seeds;
    for (let at = 0; at < text.length; at += 1) {
      let code = text.charCodeAt(at);
      if (code >= UPPER_A && code <= UPPER_Z) code |= TO_LOWER;
      else if (code > LAST_ASCII && !isLowerCase) return this.#hash(text.toLowerCase(), true);
      a = Math.imul(a ^ code, 0x9e3779b1);
      a = (a << 13) | (a >>> 19);
      b = Math.imul(b ^ code, 0x5f356495);
      b = (b << 17) | (b >>> 15);
    }
    a = Math.imul(a ^ (a >>> 16), 0x85ebca6b) ^ Math.imul(b ^ (b >>> 13), 0xc2b2ae35);
    b = Math.imul(b ^ (b >>> 16), 0x85ebca6b) ^ Math.imul(a ^ (a >>> 13), 0xc2b2ae35);
    this.#high = a >>> 0;
    this.#low = b >>> 0;
  }
}

function createTable(size: number): Table {
  return { count: 0, size, words: new Uint32Array(size * WORDS) };
}

/**
 * What has lived for a while waits for a collection of all that is old, which an idle thread never makes: the tables of the next upload
 * would come on top. Moved to a buffer that is new and that nobody has, it goes with the next collection of what is young.
 */
function giveBack({ words: { buffer } }: Table): void {
  structuredClone(buffer, { transfer: [buffer] });
}

function resized(table: Table, size: number): Table {
  const { words } = table;
  const larger = createTable(size);
  for (let slot = 0; slot < words.length; slot += WORDS) {
    const row = words[slot + ROW] ?? 0;
    if (row === 0) continue;
    const [high, low] = [words[slot] ?? 0, words[slot + 1] ?? 0];
    put(larger, slotOf(larger, high, low), high, low, row);
  }
  giveBack(table);
  return larger;
}

/** Index of the slot where it is, or where it would be put. */
function slotOf({ size, words }: Table, high: number, low: number): number {
  let slot = (low % size) * WORDS;
  while (words[slot + ROW] !== 0 && (words[slot] !== high || words[slot + 1] !== low)) {
    slot += WORDS;
    if (slot === words.length) slot = 0;
  }
  return slot;
}

function put(table: Table, slot: number, high: number, low: number, row: number): void {
  table.count += 1;
  table.words[slot] = high;
  table.words[slot + 1] = low;
  table.words[slot + ROW] = row;
}
