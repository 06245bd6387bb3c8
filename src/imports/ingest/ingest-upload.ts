/** An upload, from bytes to chunks: read, checked, packed and stored, at the pace of the slowest of these. */
import type { Check } from '../../contract/validators.ts';
import { CHUNK_ROWS, type PlainChunk, type StoredRow } from '../chunks.ts';
import type { PackedChunk } from '../upload-store.ts';
import type { Columns } from '../parsing/csv-columns.ts';
import { DuplicateFinder } from '../parsing/duplicates.ts';
import { readUpload, type ReadRow, type UploadFormat, type UploadLimits } from '../parsing/read-upload.ts';
import { checkRow } from './check-row.ts';
import type { HeldBytes } from './held-bytes.ts';
import { OpenChunk, type IngestSummary } from './open-chunk.ts';
import { ROWS_PER_CHECK, type Pace } from './pace.ts';

export type { IngestSummary } from './open-chunk.ts';

export interface UploadDescription {
  /** Whose turn it is when its rows are read. */
  tenantId: string;
  format: UploadFormat;
  isGzip: boolean;
  charset: string | undefined;
  /** How long it is, if its sender said so. */
  expectedBytes?: number | undefined;
  limits: UploadLimits;
  /** Of the processor, however large the upload is. */
  maxCpuSeconds: number;
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

/** What it takes to read rows; made once for a thread. */
export interface RowReading {
  /** Of the contract's schema for a row. */
  check: Check;
  columns: Columns;
  held: HeldBytes;
}

/**
 * @param writer left out: the rows are only looked at
 * @throws Problem as `readUpload` and `Pace` do; BrokenUpload
 */
export async function ingestUpload(
  source: AsyncIterable<Uint8Array>,
  upload: UploadDescription,
  { check, columns, held }: RowReading,
  pace: Pace,
  writer: ChunkWriter | undefined,
): Promise<IngestSummary> {
  const { charset, assignable, grantable, expectedBytes = 0, format, isGzip, limits } = upload;
  const rules = { check, assignable, grantable };
  const found: IngestSummary = { total: 0, failed: 0, withPassword: 0, withHash: 0, wrong: [] };
  const writes = createWrites(writer, held);
  const duplicates = new DuplicateFinder();
  const chunk = new OpenChunk(found, duplicates, writer !== undefined);
  const options = { format, isGzip, limits, columns, charset };

  /** @returns what to wait for; mostly the next one may be packed before that is stored */
  function store(): Promise<void> | undefined {
    const isFirst = found.total < CHUNK_ROWS;
    const rows = chunk.take();
    if (isFirst) duplicates.expect(expectedRows(rows, expectedBytes, limits.rows));
    return writes.add(rows);
  }

  try {
    let rowsSeen = 0;
    for await (const batch of readUpload(source, options)) {
      pace.resume();
      for (const row of batch) {
        const checked = checkRow(row, rules);
        const part = chunk.add(checked, textOf(row, checked), row.line);
        if (part !== undefined) writes.hold(part);
        rowsSeen += 1;
        const turn = rowsSeen % ROWS_PER_CHECK === 0 ? pace.check() : undefined;
        if (turn) await turn;
        const stored = chunk.isFull() ? store() : undefined;
        if (!stored) continue;
        pace.pause();
        await stored;
        pace.resume();
      }
      // Also after a piece without a row: blank lines are work, too.
      const turn = pace.check();
      if (turn) await turn;
    }
    if (chunk.size() > 0) await store();
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

/** By the length of the first ones. */
function expectedRows({ lines, parts = [] }: PlainChunk, bytes: number, max: number): number {
  // Long rows are few: their tables may grow as they come.
  if (parts.length > 0 || lines.length < CHUNK_ROWS) return 0;
  return Math.min(max, (bytes * CHUNK_ROWS) / lines.join('\n').length);
}

/** Chunks of long rows are written one at a time. */
const LONG_BYTES = 1_048_576;

function createWrites(writer: ChunkWriter | undefined, held: HeldBytes) {
  const underWay: Promise<void>[] = [];
  let count = 0;
  let packed: PackedChunk[] = [];
  /** Of the chunk that is open, and of those that are packed. */
  let pendingBytes = 0;

  async function flush(to: ChunkWriter): Promise<void> {
    const bytes = pendingBytes;
    const writing = to.write(packed).finally(() => held.remove(bytes));
    [packed, pendingBytes] = [[], 0];
    // Somebody looks at it later; until then a failure must not count as one that nobody looks at.
    writing.catch(() => undefined);
    underWay.push(writing);
    if (bytes > LONG_BYTES) await Promise.all(underWay.splice(0));
    else if (underWay.length >= WRITES) await underWay.shift();
  }

  return {
    add(rows: PlainChunk): Promise<void> | undefined {
      if (!writer) return undefined;
      packed.push(writer.pack(count, rows));
      count += 1;
      return packed.length === TOGETHER || pendingBytes > LONG_BYTES ? flush(writer) : undefined;
    },
    /** A part of the chunk that is open has so many bytes. @throws Problem `overloaded` */
    hold(bytes: number): void {
      held.add(bytes);
      pendingBytes += bytes;
    },
    async settled(): Promise<void> {
      await Promise.allSettled(underWay);
      held.remove(pendingBytes);
      pendingBytes = 0;
    },
    async end(): Promise<void> {
      if (writer && packed.length > 0) await flush(writer);
      await Promise.all(underWay);
    },
  };
}
