/** Converts an upload of any encoding to UTF-8 without a byte order mark. */
import { TextDecoder } from 'node:util';
import { Problem } from '../../problem.ts';

/** Length of the longest byte order mark. */
const SNIFFED_BYTES = 3;

/**
 * A byte order mark overrides `charset`, as in the Encoding standard (section 6); the default is UTF-8. UTF-8 is passed on unvalidated,
 * so that one invalid row does not affect the rest; any other encoding is validated here, as a whole.
 * @param charset a label of the Encoding standard, from the media type
 * @throws Problem `unsupported_media_type`, `malformed_body`
 */
export async function* toUtf8(source: AsyncIterable<Buffer>, charset?: string): AsyncGenerator<Buffer> {
  const label = charset?.trim().toLowerCase();
  let decode = label ? decoderFor(label) : passOn;
  let head: Buffer | undefined = Buffer.alloc(0);
  for await (const chunk of source) {
    if (!head) {
      yield decode(chunk);
      continue;
    }
    head = head.length === 0 ? chunk : Buffer.concat([head, chunk]);
    if (head.length < SNIFFED_BYTES) continue;
    const found = sniff(head, label);
    if (found.encoding) decode = decoderFor(found.encoding);
    yield decode(head.subarray(found.skip));
    head = undefined;
  }
  if (head && head.length > 0) {
    const found = sniff(head, label);
    if (found.encoding) decode = decoderFor(found.encoding);
    yield decode(head.subarray(found.skip));
  }
  yield decode(undefined);
}

type Decode = (chunk: Buffer | undefined) => Buffer;

const NOTHING = Buffer.alloc(0);
const passOn: Decode = (chunk) => chunk ?? NOTHING;

function decoderFor(label: string): Decode {
  // ASCII is UTF-8 already; the Encoding standard would read it as windows-1252.
  if (label === 'us-ascii' || label === 'ascii') return passOn;
  let decoder: TextDecoder;
  try {
    decoder = new TextDecoder(label, { fatal: true });
  } catch (cause) {
    throw new Problem('unsupported_media_type', { detail: 'This charset is not known.', cause });
  }
  if (decoder.encoding === 'utf-8') return passOn;
  return (chunk) => {
    try {
      return Buffer.from(chunk ? decoder.decode(chunk, { stream: true }) : decoder.decode());
    } catch (cause) {
      throw new Problem('malformed_body', { detail: `The upload is not ${decoder.encoding}.`, cause });
    }
  };
}

/** Binary formats by their first bytes, with advice for each. */
const NO_TEXT: [begins: readonly number[], hint: string][] = [
  [[0x1f, 0x8b], 'gzip: send it with `Content-Encoding: gzip`, once for each time that it was packed.'],
  [[0x50, 0x4b, 0x03], 'a ZIP archive or a workbook (.xlsx, .ods): unpack it, or save it as CSV.'],
  [[0xd0, 0xcf, 0x11], 'an old workbook (.xls): save it as CSV.'],
  [[0x28, 0xb5, 0x2f], 'zstd: unpack it, or pack it by gzip.'],
  [[0x42, 0x5a, 0x68], 'bzip2: unpack it, or pack it by gzip.'],
  [[0xfd, 0x37, 0x7a], 'xz: unpack it, or pack it by gzip.'],
];

function refuseNoText(head: Buffer): void {
  const found = NO_TEXT.find(([begins]) => begins.every((byte, index) => head[index] === byte));
  if (found) throw new Problem('malformed_body', { detail: `This looks like ${found[1]}` });
}

function sniff(head: Buffer, label: string | undefined): { skip: number; encoding?: string } {
  refuseNoText(head);
  const [a, b, c] = head;
  if (a === 0xef && b === 0xbb && c === 0xbf) return { skip: 3, encoding: 'utf-8' };
  if (a === 0xff && b === 0xfe) return { skip: 2, encoding: 'utf-16le' };
  if (a === 0xfe && b === 0xff) return { skip: 2, encoding: 'utf-16be' };
  // No row of any format begins with NUL beside ASCII, but UTF-16 does: say so instead of reporting an invalid first row.
  if (!label && head.length > 1 && (a === 0) !== (b === 0)) {
    const detail = 'This looks like UTF-16 without a byte order mark: name the charset.';
    throw new Problem('malformed_body', { detail });
  }
  return { skip: 0 };
}
