/** The file to import: its format, and its bytes as a stream. It is never read as a whole. */
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Readable } from 'node:stream';
import { Failure } from './exit-codes.ts';

export type Format = 'csv' | 'ndjson' | 'json';

export interface InputFile {
  /** For display. */
  name: string;
  format: Format;
  /** undefined: standard input, whose size is unknown. */
  bytes: number | undefined;
  /** Whether it is gzip already. */
  isGzip: boolean;
  stream(): Readable;
  /** SHA-256 of its content; undefined for standard input, which can be read only once. */
  fingerprint(signal: AbortSignal): Promise<string | undefined>;
}

const byEnding: [RegExp, Format][] = [
  [/\.(csv|tsv)$/i, 'csv'],
  [/\.(ndjson|jsonl)$/i, 'ndjson'],
  [/\.json$/i, 'json'],
];

/** RFC 1952 section 2.3.1. */
const GZIP_MAGIC = Buffer.from([0x1f, 0x8b]);

/** @throws Failure */
export async function inputFile(path: string, format: Format | undefined): Promise<InputFile> {
  if (path === '-') {
    if (!format)
      throw new Failure('usage', ['What comes on standard input? Give --format csv, ndjson or json.']);
    const isGzip = isMagic(await firstBytes(process.stdin));
    const fingerprint = () => Promise.resolve(undefined);
    return {
      name: 'standard input',
      format,
      bytes: undefined,
      isGzip,
      stream: () => process.stdin,
      fingerprint,
    };
  }
  const known = format ?? byEnding.find(([ending]) => ending.test(path.replace(/\.gz$/i, '')))?.[1];
  if (!known) throw new Failure('usage', [`What is in ${path}? Give --format csv, ndjson or json.`]);
  const absolute = resolve(path);
  try {
    const { size, ...info } = await stat(absolute).then((found) => ({
      size: found.size,
      isFile: found.isFile(),
    }));
    if (!info.isFile) throw new Failure('usage', [`${path} is not a file.`]);
    return {
      name: path,
      format: known,
      bytes: size,
      isGzip: await beginsAsGzip(absolute),
      stream: () => createReadStream(absolute),
      fingerprint: (signal) => sha256(absolute, signal),
    };
  } catch (error) {
    throw explained(path, error);
  }
}

async function beginsAsGzip(path: string): Promise<boolean> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(GZIP_MAGIC.length), 0, GZIP_MAGIC.length, 0);
    return isMagic(buffer.subarray(0, bytesRead));
  } finally {
    await file.close();
  }
}

const isMagic = (bytes: Buffer) => bytes.subarray(0, GZIP_MAGIC.length).equals(GZIP_MAGIC);

/** Peeks at the first bytes. */
async function firstBytes(stream: Readable): Promise<Buffer> {
  await once(stream, 'readable');
  const first = stream.read() as Buffer | null;
  if (first) stream.unshift(first);
  return first ?? Buffer.alloc(0);
}

async function sha256(path: string, signal: AbortSignal): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path, { signal })) hash.update(chunk as Buffer);
  return hash.digest('hex');
}

function explained(path: string, error: unknown): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'ENOENT') return new Failure('usage', [`There is no file ${path}.`], { cause: error });
  if (code === 'EACCES') return new Failure('usage', [`${path} may not be read.`], { cause: error });
  return error;
}
