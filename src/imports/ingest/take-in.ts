/** An upload, from bytes to chunks: read, checked, packed and stored, at the pace of the slowest of these. */
import type { Check } from '../../contract/validators.ts';
import { CHUNK_ROWS } from '../chunks.ts';
import type { PlainChunk } from '../chunks.ts';
import { createDuplicateFinder } from '../parsing/duplicates.ts';
import { readUpload } from '../parsing/read-upload.ts';
import type { UploadFormat, UploadLimits } from '../parsing/read-upload.ts';
import { checkRow } from './check-row.ts';
import { createOpenChunk } from './open-chunk.ts';
import type { TakenIn } from './open-chunk.ts';

export type { TakenIn } from './open-chunk.ts';

export interface UploadDescription {
  format: UploadFormat;
  isGzip: boolean;
  charset: string | undefined;
  /** How long it is, if its sender said so. */
  expectedBytes?: number | undefined;
  limits: UploadLimits;
  assignable: readonly string[];
}

export type WriteChunk = (chunk: number, rows: PlainChunk) => Promise<void>;

/** Chunks that are on their way to Redis at once. */
const WRITES = 16;

/** @param write left out: the rows are only looked at. @throws Problem as `readUpload` does */
export async function takeIn(
  source: AsyncIterable<Uint8Array>,
  upload: UploadDescription,
  check: Check,
  write: WriteChunk | undefined,
): Promise<TakenIn> {
  const { charset, assignable, expectedBytes = 0, ...options } = upload;
  const rules = { check, assignable };
  const found: TakenIn = { total: 0, failed: 0, withPassword: 0, withHash: 0, wrong: [] };
  const writes = createWrites(write);
  const duplicates = createDuplicateFinder();
  const chunk = createOpenChunk(found, duplicates);
  try {
    for await (const batch of readUpload(source, {
      ...options,
      ...(charset === undefined ? {} : { charset }),
    })) {
      for (const row of batch) {
        chunk.add(row.number, checkRow(row, rules), 'text' in row ? row.text : undefined);
        if (!chunk.isFull()) continue;
        const rows = chunk.take();
        if (found.total === CHUNK_ROWS) {
          const bytesPerRow = rows.lines.join('\n').length / CHUNK_ROWS;
          duplicates.expect(Math.min(options.limits.rows, expectedBytes / bytesPerRow));
        }
        await writes.add(rows);
      }
    }
    if (chunk.size() > 0) await writes.add(chunk.take());
  } finally {
    // Also of an upload that broke off: nothing may be written any more when it is cleared away.
    await writes.settled();
  }
  await writes.end();
  return found;
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
