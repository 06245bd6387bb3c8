/** Content codings of request bodies (RFC 9110 sections 8.4 and 12.5.3). */
import { promisify } from 'node:util';
import { brotliDecompress, gunzip, inflate } from 'node:zlib';
import { Problem } from '../problem.ts';

const decoders = {
  gzip: promisify(gunzip),
  deflate: promisify(inflate),
  br: promisify(brotliDecompress),
};

export const CODINGS = ['gzip', 'deflate', 'br'] as const satisfies (keyof typeof decoders)[];
export type Coding = (typeof CODINGS)[number];

/**
 * @param field value of `Content-Encoding`
 * @returns undefined for a body without a coding
 * @throws Problem `unsupported_media_type` with `Accept-Encoding`, also for several codings applied in sequence
 */
export function readCoding<Supported extends Coding>(
  field: string,
  supported: readonly Supported[],
): Supported | undefined {
  const [name, ...others] = field
    .toLowerCase()
    .split(',')
    .map((one) => one.trim())
    .filter((one) => one !== '' && one !== 'identity')
    .map((one) => (one === 'x-gzip' ? 'gzip' : one));
  if (name === undefined) return undefined;
  const known = supported.find((one) => one === name);
  if (known === undefined || others.length > 0)
    throw new Problem('unsupported_media_type', {
      detail: `Content-Encoding must be absent or one of ${supported.join(', ')}.`,
      headers: { 'Accept-Encoding': supported.join(', ') },
    });
  return known;
}

/** With the option `info`, zlib also returns its engine, which counts the input bytes used; Node's types omit it. */
interface Decoded {
  buffer: Buffer;
  engine: { bytesWritten: number };
}

/**
 * @param maxBytes limit for the decoded body
 * @throws Problem `malformed_body`, also for trailing data; `body_too_large`
 */
export async function decodeCoding(bytes: Buffer, coding: Coding, maxBytes: number): Promise<Buffer> {
  const options = { maxOutputLength: maxBytes, info: true };
  const { buffer, engine } = await (
    decoders[coding](bytes, options) as Promise<unknown> as Promise<Decoded>
  ).catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === 'ERR_BUFFER_TOO_LARGE')
      throw new Problem('body_too_large', { detail: `At most ${maxBytes} bytes when decoded.` });
    throw malformed(coding, cause);
  });
  if (engine.bytesWritten !== bytes.length) throw malformed(coding);
  return buffer;
}

const malformed = (coding: Coding, cause?: unknown) =>
  new Problem('malformed_body', {
    detail: `The body is not valid ${coding}, as Content-Encoding declares.`,
    cause,
  });
