/**
 * Rows in chunks: one deflated, sealed value for some hundred of them. A value for each row would cost Redis more for keeping it apart
 * than for what is in it, and rows are much alike, so that together they deflate well.
 */
import { constants, deflateRawSync, inflateRawSync } from 'node:zlib';
import { parseJson } from '../json.ts';
import type { NewUserRecord } from '../relay/user-record.ts';
import type { Seal } from '../secrets/seal.ts';
import type { Mark, RowError } from './row-outcome.ts';

export const CHUNK_ROWS = 200;

/** What an import may say of a user besides: a hash instead of a password. */
export interface ImportedUser extends NewUserRecord {
  password_hash?: string;
  custom_password_hash?: Record<string, unknown>;
}

/** Why a row is no user. `errors`: all that is wrong with it, where that is more than the first. `line` as `ReadRow` has it. */
export interface WrongRow {
  email?: string;
  error: RowError;
  errors?: readonly RowError[];
  line?: number;
}

/** A row as it was taken in: a user, or why it is none. */
export type StoredRow = { user: ImportedUser } | WrongRow;

/** A row of an import, and what became of it. */
export interface Row {
  /** From 1. */
  number: number;
  stored: StoredRow;
  mark: Mark;
}

/** Rows on their way into a chunk. */
export interface PlainChunk {
  /** A line for each row: a user as JSON, or `!` and as JSON why it is none. */
  lines: string[];
  /** Lines that come before those, deflated by `deflatePart`: where rows are long, a chunk's text would be megabytes. */
  parts?: readonly Buffer[];
  /** A byte for each row. */
  marks: string;
}

const WRONG = '!';

export function plainChunk(rows: readonly StoredRow[]): PlainChunk {
  return {
    lines: rows.map((row) => lineOf(row)),
    marks: rows.map((row) => firstMark('error' in row)).join(''),
  };
}

/** @param text the user as JSON, in one line, where that is there already: to write JSON anew is a third of the work of taking it in */
export function lineOf(row: StoredRow, text?: string): string {
  return 'user' in row ? (text ?? JSON.stringify(row.user)) : WRONG + JSON.stringify(row);
}

function readLine(line: string): StoredRow {
  return line.startsWith(WRONG) ? parseJson<WrongRow>(line.slice(WRONG.length)) : { user: parseJson(line) };
}

export const firstMark = (isWrong: boolean): '.' | 'f' => (isWrong ? 'f' : '.');

export const chunkOf = (row: number): number => Math.floor((row - 1) / CHUNK_ROWS);
export const firstRowOf = (chunk: number): number => chunk * CHUNK_ROWS + 1;

/** The quickest: it already makes them a fifth. What it comes in is asked for in small pieces, as most fit into one. */
const DEFLATE = { level: 1, chunkSize: 8_192 };

const place = (id: string, chunk: number) => `import:${id}:rows:${chunk}`;

/** Lines of a chunk that is not full yet. A deflate stream that ends at a byte's edge, so that another may follow (RFC 1951 section 3.2.4). */
export function deflatePart(lines: readonly string[], isFirst: boolean): Buffer {
  return deflateRawSync((isFirst ? '' : '\n') + lines.join('\n'), {
    ...DEFLATE,
    finishFlush: constants.Z_SYNC_FLUSH,
  });
}

/** Deflated on the spot: to hand it to another thread and back takes Node several times as long as to do it. */
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
