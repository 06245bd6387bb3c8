/** The bytes of an upload, counted and unpacked, with backpressure. */
import { isRecord } from '../../json.ts';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { Problem } from '../../problem.ts';
import { tooLarge } from './read-row.ts';

/** Size of the pieces that readers get: it bounds their work, whatever the size of the pieces that arrive. */
const PIECE_BYTES = 65_536;

/** @throws Problem `import_too_large` at the first byte too many */
export async function* counted(
  source: AsyncIterable<Uint8Array>,
  limit: number,
  what: string,
): AsyncGenerator<Buffer> {
  let total = 0;
  for await (const chunk of source) {
    total += chunk.byteLength;
    if (total > limit) throw tooLarge(`At most ${limit} bytes${what}.`);
    for (let at = 0; at < chunk.byteLength; at += PIECE_BYTES) {
      const size = Math.min(PIECE_BYTES, chunk.byteLength - at);
      yield Buffer.from(chunk.buffer, chunk.byteOffset + at, size);
    }
  }
}

/**
 * RFC 1952, including several members in a row. Errors of the source are thrown unchanged: the upload broke off, which says nothing about
 * the gzip.
 * @throws Problem `truncated_gzip`, `corrupt_gzip`
 */
export async function* unpacked(source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const gunzip = createGunzip({ chunkSize: PIECE_BYTES });
  const feeding = pipeline(Readable.from(source, { highWaterMark: 1 }), gunzip);
  // Readers of `gunzip` get the same error; nobody awaits this promise when the reader stops early.
  feeding.catch(() => undefined);
  try {
    for await (const chunk of gunzip) yield chunk;
    await feeding;
  } catch (error) {
    throw asProblem(error);
  } finally {
    gunzip.destroy();
  }
}

function asProblem(error: unknown): unknown {
  const code = isRecord(error) ? error['code'] : undefined;
  if (code === 'Z_BUF_ERROR') return new Problem('truncated_gzip', { cause: error });
  if (code === 'Z_DATA_ERROR') return new Problem('corrupt_gzip', { cause: error });
  return error;
}
