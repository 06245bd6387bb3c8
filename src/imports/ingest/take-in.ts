/** An upload, from bytes to chunks: read, checked, packed and stored, at the pace of the slowest of these. */
import type { Check } from '../../contract/validators.ts';
import { CHUNK_ROWS, firstMark, lineOf } from '../chunks.ts';
import type { PlainChunk, StoredRow } from '../chunks.ts';
import { createDuplicateFinder } from '../parsing/duplicates.ts';
import { readUpload } from '../parsing/read-upload.ts';
import type { UploadFormat, UploadLimits } from '../parsing/read-upload.ts';
import type { RowError } from '../row-outcome.ts';
import { checkRow } from './check-row.ts';

export interface UploadDescription {
  format: UploadFormat;
  isGzip: boolean;
  charset: string | undefined;
  limits: UploadLimits;
  assignable: readonly string[];
}

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

export type WriteChunk = (chunk: number, rows: PlainChunk) => Promise<void>;

const WRONG_SHOWN = 100;
/** Chunks that are on their way to Redis at once. */
const WRITES = 16;

/** @param write left out: the rows are only looked at. @throws Problem as `readUpload` does */
export async function takeIn(
  source: AsyncIterable<Uint8Array>,
  upload: UploadDescription,
  check: Check,
  write: WriteChunk | undefined,
): Promise<TakenIn> {
  const { charset, assignable, ...options } = upload;
  const rules = { check, assignable, duplicates: createDuplicateFinder() };
  const found: TakenIn = { total: 0, failed: 0, withPassword: 0, withHash: 0, wrong: [] };
  const writes = createWrites(write);
  let rows: PlainChunk = { lines: [], marks: '' };
  try {
    for await (const batch of readUpload(source, {
      ...options,
      ...(charset === undefined ? {} : { charset }),
    })) {
      for (const row of batch) {
        const stored = checkRow(row, rules);
        count(found, row.number, stored);
        rows.lines.push(lineOf(stored, 'text' in row ? row.text : undefined));
        rows.marks += firstMark(stored);
        if (rows.lines.length < CHUNK_ROWS) continue;
        await writes.add(rows);
        rows = { lines: [], marks: '' };
      }
    }
    if (rows.lines.length > 0) await writes.add(rows);
  } finally {
    // Also of an upload that broke off: nothing may be written any more when it is cleared away.
    await writes.settled();
  }
  await writes.end();
  return found;
}

function count(found: TakenIn, number: number, stored: StoredRow): void {
  found.total = number;
  if ('error' in stored) {
    found.failed += 1;
    if (found.wrong.length < WRONG_SHOWN) found.wrong.push({ number, ...stored });
    return;
  }
  const { password, password_hash, custom_password_hash } = stored.user;
  if (password !== undefined) found.withPassword += 1;
  if (password_hash !== undefined || custom_password_hash !== undefined) found.withHash += 1;
}

function createWrites(write: WriteChunk | undefined) {
  const underWay: Promise<void>[] = [];
  let chunk = 0;
  return {
    async add(rows: PlainChunk): Promise<void> {
      if (!write) return;
      const writing = write(chunk, rows);
      // Somebody looks at it later; until then a failure must not count as one that nobody looks at.
      writing.catch(() => undefined);
      underWay.push(writing);
      chunk += 1;
      if (underWay.length >= WRITES) await underWay.shift();
    },
    settled: async () => void (await Promise.allSettled(underWay)),
    end: async () => void (await Promise.all(underWay)),
  };
}
