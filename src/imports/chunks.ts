/**
 * Rows in chunks: one deflated, sealed value for a hundred of them. A value for each row would cost Redis more for keeping it apart
 * than for what is in it, and rows are much alike, so that together they deflate well.
 */
import { promisify } from 'node:util';
import { deflateRaw, inflateRawSync } from 'node:zlib';
import type { NewUserRecord } from '../relay/user-record.ts';
import type { Seal } from '../secrets/seal.ts';
import type { RowError } from './row-outcome.ts';

export const CHUNK_ROWS = 100;

/** What an import may say of a user besides: a hash instead of a password. */
export interface ImportedUser extends NewUserRecord {
  password_hash?: string;
  custom_password_hash?: Record<string, unknown>;
}

/** A row as it was taken in: a user, or why it is none. */
export type StoredRow = { user: ImportedUser } | { email?: string; error: RowError };

/** Rows on their way into a chunk. */
export interface PlainChunk {
  /** Each row as JSON. */
  texts: string[];
  /** A byte for each row. */
  marks: string;
}

export function plainChunk(rows: readonly StoredRow[]): PlainChunk {
  return { texts: rows.map((row) => JSON.stringify(row)), marks: rows.map(firstMark).join('') };
}

export const firstMark = (row: StoredRow): '.' | 'f' => ('user' in row ? '.' : 'f');

export const chunkOf = (row: number): number => Math.floor((row - 1) / CHUNK_ROWS);
export const firstRowOf = (chunk: number): number => chunk * CHUNK_ROWS + 1;

const deflate = promisify<string, object, Buffer>(deflateRaw);
/** The quickest: it already makes them a fifth. */
const DEFLATE = { level: 1 };

const place = (id: string, chunk: number) => `import:${id}:rows:${chunk}`;

/** Deflated on another thread: whoever packs many has other things to do meanwhile. */
export async function packChunk(
  seal: Seal,
  id: string,
  chunk: number,
  texts: readonly string[],
): Promise<Buffer> {
  return seal.sealBytes(await deflate(`[${texts.join()}]`, DEFLATE), place(id, chunk));
}

export function unpackChunk(seal: Seal, id: string, chunk: number, sealed: Buffer): StoredRow[] {
  return JSON.parse(inflateRawSync(seal.openBytes(sealed, place(id, chunk))).toString('utf8')) as StoredRow[];
}
