/** A chunk that is being filled. Whether an email stood in an earlier row is asked for all of its rows together, when it is full. */
import { CHUNK_ROWS, firstMark, lineOf } from '../chunks.ts';
import type { PlainChunk, StoredRow } from '../chunks.ts';
import type { DuplicateFinder } from '../parsing/duplicates.ts';
import { refused } from './check-row.ts';
import type { RowError } from '../row-outcome.ts';

/** What an upload was found to hold. */
export interface TakenIn {
  total: number;
  failed: number;
  /** Rows with a clear-text password, which only a call of their own can create. */
  withPassword: number;
  /** Rows with a password hash, which only import jobs can create. */
  withHash: number;
  /** The first that are wrong. */
  wrong: { number: number; email?: string; error: RowError }[];
}

type WrongRow = Extract<StoredRow, { error: unknown }>;

export interface OpenChunk {
  size(): number;
  isFull(): boolean;
  /** The next row. @param text the user as JSON, where that is there already */
  add(row: StoredRow, text: string | undefined): void;
  /** What it holds, which is counted in `found`; then it is empty. */
  take(): PlainChunk;
}

const WRONG_SHOWN = 100;
const GOOD = firstMark(false);

/** By columns, and of a user its line and its email only: what was parsed may go, and nothing is made for each row. */
export function createOpenChunk(found: TakenIn, duplicates: DuplicateFinder): OpenChunk {
  let lines: string[] = [];
  /** undefined: the row is wrong. Such a row takes its email from nobody. */
  let emails: (string | undefined)[] = [];
  let secrets: Secret[] = [];
  /** By the row's index. */
  const wrong = new Map<number, WrongRow>();

  function findDuplicates(first: number): void {
    const firsts = duplicates.firstRows(emails, first);
    for (let i = 0; i < firsts.length; i += 1) {
      if (firsts[i] === first + i) continue;
      const message = `Row ${firsts[i]!} has this email.`;
      const row = refused(emails[i], { code: 'duplicate_row', message, pointer: '/email' });
      wrong.set(i, row);
      lines[i] = lineOf(row);
      secrets[i] = undefined;
    }
  }

  function count(first: number): void {
    found.total += lines.length;
    found.failed += wrong.size;
    for (const secret of secrets) {
      if (secret === 'password') found.withPassword += 1;
      else if (secret === 'hash') found.withHash += 1;
    }
    if (wrong.size === 0 || found.wrong.length === WRONG_SHOWN) return;
    const shown = [...wrong].sort(([a], [b]) => a - b).slice(0, WRONG_SHOWN - found.wrong.length);
    found.wrong.push(...shown.map(([i, row]) => ({ number: first + i, ...row })));
  }

  return {
    size: () => lines.length,
    isFull: () => lines.length === CHUNK_ROWS,
    add(row, text) {
      if ('error' in row) wrong.set(lines.length, row);
      lines.push(lineOf(row, text));
      emails.push('user' in row ? row.user.email : undefined);
      secrets.push('user' in row ? secretOf(row.user) : undefined);
    },
    take() {
      const first = found.total + 1;
      findDuplicates(first);
      count(first);
      const marks =
        wrong.size === 0 ? GOOD.repeat(lines.length) : lines.map((_, i) => firstMark(wrong.has(i))).join('');
      const taken = { lines, marks };
      [lines, emails, secrets] = [[], [], []];
      wrong.clear();
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
