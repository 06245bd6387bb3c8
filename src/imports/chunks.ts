/**
 * Rows in chunks: one deflated, sealed value for a hundred of them. A value for each row would cost Redis more for keeping it apart
 * than for what is in it, and rows are much alike, so that together they deflate well.
 */
import { deflateRawSync, inflateRawSync } from 'node:zlib';
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

export const chunkOf = (row: number): number => Math.floor((row - 1) / CHUNK_ROWS);
export const firstRowOf = (chunk: number): number => chunk * CHUNK_ROWS + 1;

/** The quickest: it already makes them a fifth. */
const DEFLATE = { level: 1 };

const place = (id: string, chunk: number) => `import:${id}:rows:${chunk}`;

export function packChunk(seal: Seal, id: string, chunk: number, rows: readonly StoredRow[]): Buffer {
  return seal.sealBytes(deflateRawSync(JSON.stringify(rows), DEFLATE), place(id, chunk));
}

export function unpackChunk(seal: Seal, id: string, chunk: number, sealed: Buffer): StoredRow[] {
  return JSON.parse(inflateRawSync(seal.openBytes(sealed, place(id, chunk))).toString('utf8')) as StoredRow[];
}
