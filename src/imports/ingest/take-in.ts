/** An upload, from bytes to chunks: read, checked, packed and stored, at the pace of the slowest of these. */
import type { Check } from '../../contract/validators.ts';
import { CHUNK_ROWS } from '../chunks.ts';
import type { PlainChunk, StoredRow } from '../chunks.ts';
import type { PackedChunk } from '../upload-store.ts';
import { createDuplicateFinder } from '../parsing/duplicates.ts';
import { readUpload } from '../parsing/read-upload.ts';
import type { ReadRow, UploadFormat, UploadLimits } from '../parsing/read-upload.ts';
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
  /** Those of them that the caller may give. */
  grantable: readonly string[];
}

/** Where chunks go. */
export interface ChunkWriter {
  pack(number: number, rows: PlainChunk): PackedChunk;
  write(chunks: readonly PackedChunk[]): Promise<void>;
}

/** Chunks that are written together: a command to Redis costs as much as a fifth of what it takes to pack a chunk. */
const TOGETHER = 4;
/** Writes that are on their way at once. */
const WRITES = 4;

/** @param writer left out: the rows are only looked at. @throws Problem as `readUpload` does */
export async function takeIn(
  source: AsyncIterable<Uint8Array>,
  upload: UploadDescription,
  check: Check,
  writer: ChunkWriter | undefined,
): Promise<TakenIn> {
  const { charset, assignable, grantable, expectedBytes = 0, ...options } = upload;
  const rules = { check, assignable, grantable };
  const found: TakenIn = { total: 0, failed: 0, withPassword: 0, withHash: 0, wrong: [] };
  const writes = createWrites(writer);
  const duplicates = createDuplicateFinder();
  const chunk = createOpenChunk(found, duplicates);
  try {
    for await (const batch of readUpload(source, {
      ...options,
      ...(charset === undefined ? {} : { charset }),
    })) {
      for (const row of batch) {
        const checked = checkRow(row, rules);
        chunk.add(checked, textOf(row, checked));
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
    duplicates.close();
    // Also of an upload that broke off: nothing may be written any more when it is cleared away.
    await writes.settled();
  }
  await writes.end();
  return found;
}

/** The user as it came, in one line; undefined where it came in another form, or something was added to it. */
function textOf(row: ReadRow, checked: StoredRow): string | undefined {
  return 'text' in row && 'user' in checked && checked.user === row.value ? row.text : undefined;
}

function createWrites(writer: ChunkWriter | undefined) {
  const underWay: Promise<void>[] = [];
  let count = 0;
  let packed: PackedChunk[] = [];

  async function flush(): Promise<void> {
    const writing = writer!.write(packed);
    packed = [];
    // Somebody looks at it later; until then a failure must not count as one that nobody looks at.
    writing.catch(() => undefined);
    underWay.push(writing);
    if (underWay.length >= WRITES) await underWay.shift();
  }

  return {
    async add(rows: PlainChunk): Promise<void> {
      if (!writer) return;
      packed.push(writer.pack(count, rows));
      count += 1;
      if (packed.length === TOGETHER) await flush();
    },
    settled: async () => void (await Promise.allSettled(underWay)),
    async end(): Promise<void> {
      if (packed.length > 0) await flush();
      await Promise.all(underWay);
    },
  };
}
