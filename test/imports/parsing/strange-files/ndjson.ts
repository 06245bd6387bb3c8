import {
  TEN_MB,
  a,
  b,
  bytes,
  c,
  emoji,
  lineOf,
  fault,
  problem,
  rows,
  utf16be,
  utf16le,
  utf8,
  type Line,
} from './strange-file.ts';

export const ndjson: Line[] = [
  ['nothing', utf8(''), problem('empty_import')],
  ['white space only', utf8(' \r\n\t\n\n  '), problem('empty_import')],
  ['a byte order mark only', bytes([0xef, 0xbb, 0xbf]), problem('empty_import')],
  [
    'a byte order mark, CRLF, blank lines',
    utf8(`\uFEFF${lineOf(a)}\r\n\r\n \t\r\n${lineOf(b)}\r\n`),
    rows(a, b),
  ],
  ['no line end at the end', utf8(`${lineOf(a)}\n${lineOf(b)}`), rows(a, b)],
  ['emoji', utf8(lineOf(emoji)), rows(emoji)],
  ['the replacement character itself', utf8('{"name":"\uFFFD"}'), rows({ name: '\uFFFD' })],
  ['rows that are no objects', utf8('null\n7\n"x"\n[]'), rows(null, 7, 'x', [])],
  [
    'broken lines between good ones',
    utf8(`${lineOf(a)}\n{"email": "b@x.example", oops\n${lineOf(c)}`),
    {
      rows: [
        { number: 1, value: a },
        { number: 2, email: 'b@x.example', ...fault('malformed_body', 'The line is not JSON.') } as never,
        { number: 3, value: c },
      ],
    },
  ],
  [
    'a line that is not UTF-8',
    bytes('{"name":"', [0xe9], `"}\n${lineOf(b)}`),
    {
      rows: [
        { number: 1, ...fault('malformed_body', 'The row is not UTF-8.') } as never,
        { number: 2, value: b },
      ],
    },
  ],
  [
    'NUL',
    utf8(`{"name":"a\0b"}\n${lineOf(b)}`),
    {
      rows: [
        { number: 1, ...fault('malformed_body', 'The line is not JSON.') } as never,
        { number: 2, value: b },
      ],
    },
  ],
  [
    'UTF-16, little end first, by its mark',
    utf16le(`\uFEFF${lineOf(emoji)}\r\n${lineOf(b)}`),
    rows(emoji, b),
  ],
  ['UTF-16, big end first, by its mark', utf16be(`\uFEFF${lineOf(emoji)}\n${lineOf(b)}`), rows(emoji, b)],
  ['UTF-16 by charset', utf16le(lineOf(emoji)), rows(emoji), { charset: 'utf-16le' }],
  ['UTF-16BE by charset', utf16be(lineOf(emoji)), rows(emoji), { charset: 'UTF-16BE' }],
  ['a mark that beats the charset', utf16be(`\uFEFF${lineOf(a)}`), rows(a), { charset: 'utf-8' }],
  [
    'UTF-16 of which nothing tells',
    utf16le(lineOf(a)),
    problem('malformed_body', 'This looks like UTF-16 without a byte order mark: name the charset.'),
  ],
  [
    'UTF-16 that ends in half a character',
    bytes([0xff, 0xfe, 0x7b, 0x00, 0x7d]),
    problem('malformed_body', 'The upload is not utf-16le.'),
  ],
  [
    'Latin 1 by charset',
    bytes('{"name":"Zo', [0xeb], '"}'),
    rows({ name: 'Zoë' }),
    { charset: 'iso-8859-1' },
  ],
  [
    'a charset nobody knows',
    utf8(lineOf(a)),
    problem('unsupported_media_type', 'This charset is not known.'),
    { charset: 'klingon' },
  ],
  [
    'a line of 10 MB',
    utf8(`${lineOf(a)}\n{"name":"${'x'.repeat(TEN_MB)}"}\n${lineOf(b)}`),
    problem('import_too_large', 'At most 65536 bytes in a row: the one in line 2 is longer.'),
  ],
];
