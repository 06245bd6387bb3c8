/** A chunk that is being filled. Whether an email stood in an earlier row is asked for many rows together, when it is full. */
import {
  CHUNK_ROWS,
  deflatePart,
  firstMark,
  lineOf,
  type PlainChunk,
  type StoredRow,
  type WrongRow,
} from '../chunks.ts';
import type { DuplicateFinder } from '../parsing/duplicates.ts';
import { wrongRow } from './check-row.ts';

/** What an upload was found to hold. */
export interface IngestSummary {
  total: number;
  failed: number;
  /** Rows with a clear-text password, which only a call of their own can create. */
  withPassword: number;
  /** Rows with a password hash, which only import jobs can create. */
  withHash: number;
  /** The first that are wrong. */
  wrong: ({ number: number } & WrongRow)[];
}

export interface OpenChunk {
  size(): number;
  isFull(): boolean;
  /**
   * The next row.
   * @param text the user as JSON, where that is there already
   * @param line where it begins in the file, where that has lines
   * @returns the bytes of the part that it filled, if it did
   */
  add(row: StoredRow, text: string | undefined, line?: number): number | undefined;
  /** What it holds, which is counted in `found`; then it is empty. */
  take(): PlainChunk;
}

const WRONG_SHOWN = 100;
const GOOD = firstMark(false);

/**
 * Text of rows that is kept as it is; what is longer is deflated at once. A chunk of rows as long as they may be would be 13 MiB, and many
 * uploads may be open.
 */
const PART_CHARACTERS = 131_072;

/**
 * By columns, and of a user its line and its email only: what was parsed may go, and nothing is made for each row.
 * @param isKept whether the rows are stored; those of a dry run need no line
 */
export function createOpenChunk(
  found: IngestSummary,
  duplicates: DuplicateFinder,
  isKept: boolean,
): OpenChunk {
  let parts: Buffer[] = [];
  let lines: string[] = [];
  let characters = 0;
  /** undefined: the row is wrong. Such a row takes its email from nobody. */
  let emails: (string | undefined)[] = [];
  let places: (number | undefined)[] = [];
  let secrets: Secret[] = [];
  let marks = '';
  /** By the row's index in this part. */
  const wrong = new Map<number, WrongRow>();

  function findDuplicates(first: number): void {
    const firsts = duplicates.firstRows(emails, first);
    for (let i = 0; i < firsts.length; i += 1) {
      if (firsts[i] === first + i) continue;
      const message = `Row ${firsts[i]!} has this email.`;
      const row = wrongRow(emails[i], [{ code: 'duplicate_row', message, pointer: '/email' }], places[i]);
      wrong.set(i, row);
      if (isKept) lines[i] = lineOf(row);
      secrets[i] = undefined;
    }
  }

  function count(first: number): void {
    found.total += emails.length;
    found.failed += wrong.size;
    for (const secret of secrets) {
      if (secret === 'password') found.withPassword += 1;
      else if (secret === 'hash') found.withHash += 1;
    }
    if (wrong.size === 0 || found.wrong.length === WRONG_SHOWN) return;
    const shown = [...wrong].sort(([a], [b]) => a - b).slice(0, WRONG_SHOWN - found.wrong.length);
    found.wrong.push(...shown.map(([i, row]) => ({ number: first + i, ...row })));
  }

  /** Settles the rows that came since the last time. */
  function settle(): void {
    const first = found.total + 1;
    findDuplicates(first);
    count(first);
    marks +=
      wrong.size === 0 ? GOOD.repeat(emails.length) : emails.map((_, i) => firstMark(wrong.has(i))).join('');
    [emails, places, secrets, characters] = [[], [], [], 0];
    wrong.clear();
  }

  return {
    size: () => marks.length + emails.length,
    isFull: () => marks.length + emails.length === CHUNK_ROWS,
    add(row, text, line) {
      if ('error' in row) wrong.set(emails.length, row);
      if (isKept) {
        const line = lineOf(row, text);
        lines.push(line);
        characters += line.length;
      }
      emails.push('user' in row ? row.user.email : undefined);
      places.push(line);
      secrets.push('user' in row ? secretOf(row.user) : undefined);
      if (characters < PART_CHARACTERS) return undefined;
      settle();
      const part = deflatePart(lines, parts.length === 0);
      parts.push(part);
      lines = [];
      return part.byteLength;
    },
    take() {
      settle();
      const taken = { parts, lines, marks };
      [parts, lines, marks] = [[], [], ''];
      return taken;
    },
  };
}

type Secret = 'password' | 'hash' | undefined;

function secretOf({
  password,
  password_hash,
  custom_password_hash,
}: Extract<StoredRow, { user: unknown }>['user']): Secret {
  if (password !== undefined) return 'password';
  return password_hash !== undefined || custom_password_hash !== undefined ? 'hash' : undefined;
}
