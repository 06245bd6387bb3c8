/**
 * Finds the first row with an email within one file. Emails are not kept: each is represented by 64 bits of a hash, in open-addressing
 * tables of typed arrays. There are many small tables, so that growing one is cheap: 1,000,000 expected rows take 15 MiB, also while
 * they arrive. The odds that two different emails among them share a hash are 1 to 37,000,000; nobody can provoke it, because the hash
 * is seeded at random.
 */
import { randomInt } from 'node:crypto';

const TABLES = 64;
/** Enough for some thousand rows: by then the tables of the previous upload have been collected. */
const FIRST_SLOTS = 128;
const GROWTH = 1.5;
/** Load factor; above it, probing in an open-addressing table becomes long. */
const FULLEST = 0.8;
/** Tables fill evenly, but not exactly. */
const SLACK = 1.05;

interface Table {
  count: number;
  /** Number of slots. */
  size: number;
  /** Three words per slot, adjacent, so that a lookup costs one memory access: both halves of the hash, and the row (0: free slot). */
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
  /** Minimum number of slots of a table that grows. */
  #expected = 0;
  /** Both halves of the last hash; fields, so that no pair is allocated per row. */
  #high = 0;
  #low = 0;

  /** Announces the expected number of rows: allocating once saves a third of the work. There may be fewer, and more. */
  expect(rows: number): void {
    this.#expected = Math.ceil(((rows / TABLES) * SLACK) / FULLEST);
  }

  /**
   * @param emails of consecutive rows; undefined: the row has none that counts
   * @param row number of the first of them, from 1
   * @returns for each the first row with its email (case-insensitive), which may be the row itself
   */
  firstRows(emails: readonly (string | undefined)[], row: number): number[] {
    const firsts: number[] = [];
    for (const email of emails) {
      const own = row + firsts.length;
      firsts.push(email === undefined ? own : this.#firstRow(email, own));
    }
    return firsts;
  }

  /** Frees its memory; it cannot be used afterwards. */
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
   * Two multiplicative hashes with odd factors that are mixed with each other in the end; no step loses a bit. ASCII is converted to lower
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
 * Memory that has survived for a while is freed by a full garbage collection only, which an idle thread never runs: the tables of the
 * next upload would be added to it. Transferred to a new buffer without references, it goes with the next minor collection.
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

/** Index of the slot that holds the hash, or where it would be inserted. */
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
