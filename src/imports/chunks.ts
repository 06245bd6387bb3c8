/**
 * Rows in chunks: some hundred rows as one deflated, sealed value. With one value per row, Redis' overhead would exceed the data, and
 * similar rows deflate well together.
 */
import { constants, deflateRawSync, inflateRawSync } from 'node:zlib';
import { parseJson } from '../json.ts';
import type { NewUserRecord } from '../relay/user-record.ts';
import type { Seal } from '../secrets/seal.ts';
import type { Mark, RowError } from './row-outcome.ts';

export const CHUNK_ROWS = 200;

/** Fields that an import accepts beyond those of a new user: a hash instead of a password. */
export interface ImportedUser extends NewUserRecord {
  password_hash?: string;
  custom_password_hash?: Record<string, unknown>;
}

/** Why a row is not a valid user. `errors`: all faults, if there is more than one. `line` as in `ReadRow`. */
export interface WrongRow {
  email?: string;
  error: RowError;
  errors?: readonly RowError[];
  line?: number;
}

/** A row as stored: a user, or the reason why it is invalid. */
export type StoredRow = { user: ImportedUser } | WrongRow;

/** A row of an import and its outcome. */
export interface Row {
  /** From 1. */
  number: number;
  stored: StoredRow;
  mark: Mark;
}

/** Rows that are not packed into a chunk yet. */
export interface PlainChunk {
  /** One line per row: a valid user as JSON, or `!` and the fault as JSON. */
  lines: string[];
  /** Earlier lines, deflated by `deflatePart`: with long rows, a chunk's text would be megabytes. */
  parts?: readonly Buffer[];
  /** One byte per row. */
  marks: string;
}

const WRONG = '!';

export function plainChunk(rows: readonly StoredRow[]): PlainChunk {
  return {
    lines: rows.map((row) => lineOf(row)),
    marks: rows.map((row) => firstMark('error' in row)).join(''),
  };
}

/** @param text the user as JSON in one line, if available: serialising it again takes a third of the time of ingesting a row */
export function lineOf(row: StoredRow, text?: string): string {
  return 'user' in row ? (text ?? JSON.stringify(row.user)) : WRONG + JSON.stringify(row);
}

function readLine(line: string): StoredRow {
  return line.startsWith(WRONG) ? parseJson<WrongRow>(line.slice(WRONG.length)) : { user: parseJson(line) };
}

export const firstMark = (isWrong: boolean): '.' | 'f' => (isWrong ? 'f' : '.');

export const chunkOf = (row: number): number => Math.floor((row - 1) / CHUNK_ROWS);
export const firstRowOf = (chunk: number): number => chunk * CHUNK_ROWS + 1;

/** The fastest level, which already reduces rows to a fifth. Output is allocated in small pieces, as most results fit into one. */
const DEFLATE = { level: 1, chunkSize: 8_192 };

const place = (id: string, chunk: number) => `import:${id}:rows:${chunk}`;

/** Deflates lines of a chunk that is not full yet. The stream ends on a byte boundary, so another can follow (RFC 1951 section 3.2.4). */
export function deflatePart(lines: readonly string[], isFirst: boolean): Buffer {
  return deflateRawSync((isFirst ? '' : '\n') + lines.join('\n'), {
    ...DEFLATE,
    finishFlush: constants.Z_SYNC_FLUSH,
  });
}

/** Deflates synchronously: passing the work to another thread and back takes Node several times as long. */
export function packChunk(
  seal: Seal,
  id: string,
  chunk: number,
  { parts = [], lines }: Pick<PlainChunk, 'parts' | 'lines'>,
): Buffer {
  const isFirst = parts.length === 0 || lines.length === 0;
  const last = deflateRawSync((isFirst ? '' : '\n') + lines.join('\n'), DEFLATE);
  return seal.sealBytes(parts.length === 0 ? last : Buffer.concat([...parts, last]), place(id, chunk));
}

export function unpackChunk(seal: Seal, id: string, chunk: number, sealed: Buffer): StoredRow[] {
  return inflateRawSync(seal.openBytes(sealed, place(id, chunk)))
    .toString('utf8')
    .split('\n')
    .map(readLine);
}
