/** Turns an upload from bytes into chunks: reads, validates, packs and stores it, at the pace of the slowest step. */
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
  /** For fair scheduling between tenants. */
  tenantId: string;
  format: UploadFormat;
  isGzip: boolean;
  charset: string | undefined;
  /** Content-Length, if the sender gave one. */
  expectedBytes?: number | undefined;
  limits: UploadLimits;
  /** Processor time, whatever the size of the upload. */
  maxCpuSeconds: number;
  assignable: readonly string[];
  /** Those of them that the caller may assign. */
  grantable: readonly string[];
}

/** Destination of chunks. */
export interface ChunkWriter {
  pack(number: number, rows: PlainChunk): PackedChunk;
  write(chunks: readonly PackedChunk[]): Promise<void>;
}

/** Chunks per command: a command to Redis costs a fifth of packing a chunk. */
const TOGETHER = 4;
/** Concurrent writes. */
const WRITES = 4;

/** What reading rows needs; created once per thread. */
export interface RowReading {
  /** Validator of the contract's schema for a row. */
  check: Check;
  columns: Columns;
  held: HeldBytes;
}

/**
 * @param writer left out: the rows are only validated
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

  /** @returns a promise to await; usually none, as the next chunk may be packed before this one is stored */
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
      // Also after a piece without rows: blank lines cost time, too.
      const turn = pace.check();
      if (turn) await turn;
    }
    if (chunk.size() > 0) await store();
  } finally {
    duplicates.close();
    // Also after a broken upload: all writes must have ended before it is discarded.
    await writes.settled();
  }
  await writes.end();
  return found;
}

/** The user as received, in one line; undefined if it came in another format, or something was added to it. */
function textOf(row: ReadRow, checked: StoredRow): string | undefined {
  return 'text' in row && 'user' in checked && checked.user === row.value ? row.text : undefined;
}

/** Estimated from the length of the first rows. */
function expectedRows({ lines, parts = [] }: PlainChunk, bytes: number, max: number): number {
  // Long rows are few: their tables may grow on demand.
  if (parts.length > 0 || lines.length < CHUNK_ROWS) return 0;
  return Math.min(max, (bytes * CHUNK_ROWS) / lines.join('\n').length);
}

/** Chunks of long rows are written one at a time. */
const LONG_BYTES = 1_048_576;

function createWrites(writer: ChunkWriter | undefined, held: HeldBytes) {
  const underWay: Promise<void>[] = [];
  let count = 0;
  let packed: PackedChunk[] = [];
  /** Bytes of the open chunk, and of packed chunks. */
  let pendingBytes = 0;

  async function flush(to: ChunkWriter): Promise<void> {
    const bytes = pendingBytes;
    const writing = to.write(packed).finally(() => held.remove(bytes));
    [packed, pendingBytes] = [[], 0];
    // Awaited later; until then a rejection must not count as unhandled.
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
    /** Counts a part of the open chunk. @throws Problem `overloaded` */
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
