import {
  a,
  b,
  bytes,
  emoji,
  lineOf,
  fault,
  problem,
  rows,
  utf16be,
  utf8,
  type Line,
} from './strange-file.ts';

export const json: Line[] = [
  ['nothing', utf8(''), problem('empty_import')],
  ['white space only', utf8(' \n\t'), problem('empty_import')],
  ['an empty array', utf8(' [ ] \n'), problem('empty_import')],
  [
    'a mark, white space, nesting, brackets in strings, escapes',
    utf8('\uFEFF [ {"a":"]},{\\"\\\\","b":[[1],{}]} \r\n,\t{ } , 7,"x,]", null ]\n'),
    rows({ a: ']},{"\\', b: [[1], {}] }, {}, 7, 'x,]', null),
  ],
  ['emoji', utf8(`[${lineOf(emoji)}]`), rows(emoji)],
  ['UTF-16', utf16be(`\uFEFF[${lineOf(emoji)},${lineOf(b)}]`), rows(emoji, b)],
  [
    'an element that is not UTF-8',
    bytes('[{"name":"', [0xe9], `"},${lineOf(b)}]`),
    {
      rows: [
        { number: 1, ...fault('malformed_body', 'The row is not UTF-8.') } as never,
        { number: 2, value: b },
      ],
    },
  ],
  [
    'an array that is cut off',
    utf8(`[${lineOf(a)},`),
    problem('malformed_body', 'It ends before its array does.'),
  ],
  [
    'an element that is cut off',
    utf8(`[${lineOf(a)},{"email":`),
    problem('malformed_body', 'It ends before its array does.'),
  ],
  [
    'an element that is broken',
    utf8(`[${lineOf(a)},{oops},${lineOf(b)}]`),
    problem('malformed_body', 'In element 2 it is not JSON.'),
  ],
  [
    'a comma too many',
    utf8(`[${lineOf(a)},]`),
    problem('malformed_body', 'There is no element 2 beside a comma.'),
  ],
  [
    'a comma at the beginning',
    utf8('[,{}]'),
    problem('malformed_body', 'There is no element 1 beside a comma.'),
  ],
  [
    'a comma too few',
    utf8(`[${lineOf(a)} ${lineOf(b)}]`),
    problem('malformed_body', 'A comma is missing after element 1.'),
  ],
  [
    'more after the end',
    utf8(`[${lineOf(a)}]]`),
    problem('malformed_body', 'Something follows the end of its array.'),
  ],
  ['no array', utf8('"users"'), problem('malformed_body', 'It is not a JSON array.')],
  [
    'NDJSON after all',
    utf8(lineOf(a)),
    problem(
      'malformed_body',
      'It is not a JSON array. Is it one user a line? Then its type is application/x-ndjson.',
    ),
  ],
];
