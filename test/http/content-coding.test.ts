import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { expect } from 'chai';
import { CODINGS, decodeCoding, readCoding } from '../../src/http/content-coding.ts';
import { Problem } from '../../src/problem.ts';

const CODED = { gzip: gzipSync, deflate: deflateSync, br: brotliCompressSync };

describe('a content coding', () => {
  const fields: [field: string, read: string | undefined][] = [
    ['', undefined],
    ['identity', undefined],
    ['gzip', 'gzip'],
    ['GZip', 'gzip'],
    ['x-gzip', 'gzip'],
    [' identity , br ', 'br'],
    ['deflate', 'deflate'],
  ];
  for (const [field, read] of fields)
    it(`is read: "${field}"`, () => expect(readCoding(field, CODINGS)).to.equal(read));

  for (const field of ['zstd', 'gzip, br', 'gzip, gzip', 'compress'])
    it(`is refused, with those that are known: "${field}"`, () => {
      expect(() => readCoding(field, ['gzip', 'br']))
        .to.throw(Problem)
        .with.deep.nested.property('parts.headers', { 'Accept-Encoding': 'gzip, br' });
    });

  for (const coding of CODINGS) {
    const packed = CODED[coding]('{"a":1}');
    const codeOf = (bytes: Buffer, max: number) =>
      decodeCoding(bytes, coding, max).then(String, ({ code }: Problem) => code);

    it(`is taken off: ${coding}`, async () => expect(await codeOf(packed, 7)).to.equal('{"a":1}'));
    it(`hides no more than is allowed: ${coding}`, async () =>
      expect(await codeOf(packed, 6)).to.equal('body_too_large'));
    it(`must be what it says, to its end: ${coding}`, async () => {
      const broken = [
        packed.subarray(0, -1),
        Buffer.concat([packed, Buffer.from('x')]),
        Buffer.from('{"a":1}'),
      ];
      for (const bytes of broken) expect(await codeOf(bytes, 100)).to.equal('malformed_body');
    });
  }
});
