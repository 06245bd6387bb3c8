/** Where a row stands in its file: by its number, and by the line that an editor or a spreadsheet shows. */
import { expect } from 'chai';
import { gzipSync } from 'node:zlib';
import { readUpload, type UploadFormat } from '../../../src/imports/parsing/read-upload.ts';
import { pieces, read, WIDE } from './read.ts';

async function linesOf(file: string, format: UploadFormat, size: number): Promise<(number | undefined)[]> {
  const lines: (number | undefined)[] = [];
  const upload = readUpload(pieces(Buffer.from(file), size), { format, isGzip: false, limits: WIDE });
  for await (const batch of upload) for (const { line } of batch) lines.push(line);
  return lines;
}

describe('the line of a row', () => {
  const files: [about: string, format: UploadFormat, file: string, lines: (number | undefined)[]][] = [
    ['is its number and one for the header', 'csv', 'email\na@x.example\nb@x.example\n', [2, 3]],
    [
      'counts blank lines and rows of empty cells',
      'csv',
      '\nemail,name\n\na@x.example,\n,\nb@x.example,\n',
      [4, 6],
    ],
    ['counts CRLF once', 'csv', 'email\r\na@x.example\r\n\r\nb@x.example\r\n', [2, 4]],
    ['counts CR alone', 'csv', 'email\ra@x.example\rb@x.example', [2, 3]],
    ['counts a sep= line', 'csv', 'sep=;\nemail;name\na@x.example;A\n', [3]],
    ['is the first of several', 'csv', 'email,name\na@x.example,"A\nB\nC"\nb@x.example,B\n', [2, 5]],
    ['counts CR alone in a cell, too', 'csv', 'email,name\ra@x.example,"A\r\rB"\rb@x.example,B\r', [2, 5]],
    ['counts CRLF in a cell once', 'csv', 'email,name\r\na@x.example,"A\r\nB"\r\nb@x.example,B\r\n', [2, 4]],
    ['counts blank lines of NDJSON', 'ndjson', '{}\n\n{}\nno JSON\n{}', [1, 3, 4, 5]],
    ['is not said of an array', 'json', '[{},\n{}]', [undefined, undefined]],
  ];
  for (const [about, format, file, lines] of files)
    it(`${about}: ${format}`, async () => {
      for (const size of [1, 2, 3, 7, 65_536])
        expect(await linesOf(file, format, size), `in pieces of ${size}`).to.deep.equal(lines);
    });
});

describe('what is no text', () => {
  const files: [about: string, bytes: Uint8Array, hint: RegExp][] = [
    [
      'gzip without its coding',
      gzipSync('email\n'),
      /^This looks like gzip: send it with `Content-Encoding: gzip`/,
    ],
    ['a workbook', Buffer.from('504b0304', 'hex'), /workbook/],
    ['an old workbook', Buffer.from('d0cf11e0', 'hex'), /workbook/],
    ['zstd', Buffer.from('28b52ffd', 'hex'), /zstd/],
    ['bzip2', Buffer.from('BZh91AY'), /bzip2/],
    ['xz', Buffer.from('fd377a585a00', 'hex'), /xz/],
  ];
  for (const [about, bytes, hint] of files)
    it(`${about} is refused as a whole, and named, whatever it is sent as`, async () => {
      for (const format of ['csv', 'ndjson', 'json'] as const)
        for (const charset of [undefined, 'utf-8', 'windows-1252'])
          for (const size of [1, 2, 65_536]) {
            const { problem } = await read(bytes, { format, ...(charset && { charset }) }, size);
            expect(problem?.[0], format).to.equal('malformed_body');
            expect(problem?.[1]).to.match(hint);
          }
    });
});
