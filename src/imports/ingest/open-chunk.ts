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

/** What is kept of a row until then: of a user its line only, so that what was parsed may go. */
interface OpenRow {
  number: number;
  line: string;
  email: string;
  secret: 'password' | 'hash' | undefined;
  wrong: WrongRow | undefined;
}

export interface OpenChunk {
  size(): number;
  isFull(): boolean;
  /** @param text the user as JSON, where that is there already */
  add(number: number, row: StoredRow, text: string | undefined): void;
  /** What it holds, which is counted in `found`; then it is empty. */
  take(): PlainChunk;
}

const WRONG_SHOWN = 100;

export function createOpenChunk(found: TakenIn, duplicates: DuplicateFinder): OpenChunk {
  let rows: OpenRow[] = [];

  function count({ number, secret, wrong }: OpenRow): void {
    found.total = number;
    if (wrong) {
      found.failed += 1;
      if (found.wrong.length < WRONG_SHOWN) found.wrong.push({ number, ...wrong });
    } else if (secret === 'password') found.withPassword += 1;
    else if (secret === 'hash') found.withHash += 1;
  }

  function findDuplicates(): void {
    // A row that is wrong takes its email from nobody.
    const users = rows.filter(({ wrong }) => !wrong);
    const firsts = duplicates.firstRows(users);
    for (let i = 0; i < users.length; i += 1) {
      const row = users[i]!;
      const first = firsts[i]!;
      if (first === row.number) continue;
      const message = `Row ${first} has this email.`;
      row.wrong = refused(row.email, { code: 'duplicate_row', message, pointer: '/email' });
      row.line = lineOf(row.wrong);
    }
  }

  return {
    size: () => rows.length,
    isFull: () => rows.length === CHUNK_ROWS,
    add(number, row, text) {
      const isUser = 'user' in row;
      rows.push({
        number,
        line: lineOf(row, text),
        email: isUser ? row.user.email : '',
        secret: isUser ? secretOf(row.user) : undefined,
        wrong: isUser ? undefined : row,
      });
    },
    take() {
      findDuplicates();
      rows.forEach(count);
      const lines = rows.map(({ line }) => line);
      const marks = rows.map(({ wrong }) => firstMark(wrong !== undefined)).join('');
      rows = [];
      return { lines, marks };
    },
  };
}

function secretOf({
  password,
  password_hash,
  custom_password_hash,
}: Extract<StoredRow, { user: unknown }>['user']): OpenRow['secret'] {
  if (password !== undefined) return 'password';
  return password_hash !== undefined || custom_password_hash !== undefined ? 'hash' : undefined;
}
