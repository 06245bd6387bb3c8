import { gzipSync } from 'node:zlib';
import { TEN_MB, a, b, c, lineOf, problem, rows, utf8, type Line } from './strange-file.ts';

const packed = gzipSync(`${lineOf(a)}\n${lineOf(b)}\n`);
const broken = Buffer.from(packed);
broken[broken.length - 6]! ^= 0xff; // in the checksum

export const gzip: Line[] = [
  ['gzip', packed, rows(a, b)],
  ['gzip in two members', Buffer.concat([packed, gzipSync(lineOf(c))]), rows(a, b, c)],
  ['gzip of nothing', gzipSync(''), problem('empty_import')],
  ['gzip that is cut off', packed.subarray(0, packed.length - 12), problem('truncated_gzip')],
  ['gzip with a wrong checksum', broken, problem('corrupt_gzip')],
  [
    'gzip of gzip',
    gzipSync(packed),
    problem(
      'malformed_body',
      'This looks like gzip: send it with `Content-Encoding: gzip`, once for each time that it was packed.',
    ),
  ],
  ['no gzip', utf8(lineOf(a)), problem('corrupt_gzip')],
  [
    'a gzip bomb',
    gzipSync(Buffer.alloc(TEN_MB, '{}\n')),
    problem('import_too_large', 'At most 1000000 bytes when unpacked.'),
    { limits: { inflatedBytes: 1_000_000, rows: 10_000_000 } },
  ],
];
