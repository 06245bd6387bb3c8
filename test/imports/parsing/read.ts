/** Reads uploads as the API does, for tests: in one piece, in pieces, whole or until something is wrong. */
import { expect } from 'chai';
import {
  readUpload,
  type ReadRow,
  type UploadFormat,
  type UploadLimits,
  type UploadOptions,
} from '../../../src/imports/parsing/read-upload.ts';
import { Problem } from '../../../src/problem.ts';

export const WIDE: UploadLimits = { rows: 1_000, bytes: 1e8, inflatedBytes: 1e8, lineBytes: 65_536 };

export interface Told {
  rows?: ReadRow[];
  /** Code and detail of the problem of the whole file. */
  problem?: [string, string | undefined];
}

// eslint-disable-next-line @typescript-eslint/require-await -- what is read is an asynchronous source
export async function* pieces(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

export async function readAll(
  source: AsyncIterable<Uint8Array>,
  options: Partial<UploadOptions> & { format: UploadFormat },
): Promise<Told> {
  const rows: ReadRow[] = [];
  try {
    for await (const batch of readUpload(source, { isGzip: false, limits: WIDE, ...options }))
      rows.push(...[...batch].map(withoutText));
    return { rows };
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return { problem: [error.code, error.parts.detail] };
  }
}

/** What a row was read from must be what it is: it is kept in its place. Where lines are: `lines.test.ts`. */
function withoutText({ line: _, ...row }: ReadRow): ReadRow {
  if (!('value' in row) || row.text === undefined) return row;
  const { text, ...rest } = row;
  expect(JSON.parse(text)).to.deep.equal(rest.value);
  return rest;
}

export function read(
  file: string | Uint8Array,
  options: Partial<UploadOptions> & { format: UploadFormat },
  pieceBytes = 65_536,
): Promise<Told> {
  const bytes = typeof file === 'string' ? Buffer.from(file) : file;
  return readAll(pieces(bytes, pieceBytes), options);
}
