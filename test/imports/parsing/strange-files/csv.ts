import { a, b, bytes, fault, problem, rows, utf16le, utf8, type Line } from './strange-file.ts';

export const csv: Line[] = [
  ['nothing', utf8(''), problem('empty_import')],
  ['white space only', utf8(' \r\n \r\n'), problem('empty_import')],
  ['a header only', utf8('email,name\r\n'), problem('empty_import')],
  [
    'every kind of column',
    utf8(
      'email,name,email_verified,roles,user_metadata.plan,user_metadata.address.city\n' +
        'a@x.example,Ada,TRUE,admin|member,pro,Paris\n' +
        'b@x.example,,no,admin  member,,\n' +
        'c@x.example,"",0,,"",Rome\n',
    ),
    rows(
      {
        email: 'a@x.example',
        name: 'Ada',
        email_verified: true,
        roles: ['admin', 'member'],
        user_metadata: { plan: 'pro', address: { city: 'Paris' } },
      },
      { email: 'b@x.example', email_verified: false, roles: ['admin', 'member'] },
      { email: 'c@x.example', email_verified: false, user_metadata: { address: { city: 'Rome' } } },
    ),
  ],
  [
    'a mark, CRLF, quoted line ends, doubled quotation marks, emoji',
    utf8('\uFEFFemail,name\r\na@x.example,"Ada\r\n""the first"", 👩‍💻"\r\n"b@x.example",Bob\r\n'),
    rows({ email: 'a@x.example', name: 'Ada\r\n"the first", 👩‍💻' }, { email: 'b@x.example', name: 'Bob' }),
  ],
  [
    'semicolons',
    utf8('email;name\na@x.example;Ada, the first\n'),
    rows({ email: 'a@x.example', name: 'Ada, the first' }),
  ],
  ['tabs', utf8('Email\tName\na@x.example\tAda\n'), rows({ email: 'a@x.example', name: 'Ada' })],
  [
    'a sep= line',
    utf8('sep=;\r\nemail;name\r\na@x.example;Ada\r\n'),
    rows({ email: 'a@x.example', name: 'Ada' }),
  ],
  [
    'CR alone',
    utf8('email,name\ra@x.example,Ada\r\rb@x.example,Bob'),
    rows({ email: 'a@x.example', name: 'Ada' }, { email: 'b@x.example', name: 'Bob' }),
  ],
  ['blank lines and rows of empty cells', utf8('\nemail,name\n\n,\n"",\na@x.example,\n'), rows(a)],
  ['one column', utf8('email\na@x.example\nb@x.example'), rows(a, b)],
  [
    'UTF-16 as spreadsheets write it',
    utf16le('\uFEFFemail\tname\r\na@x.example\t"Zoë\n👩"\r\n'),
    rows({ email: 'a@x.example', name: 'Zoë\n👩' }),
  ],
  [
    'windows-1252 by charset',
    bytes('email;name\na@x.example;Zo', [0xeb]),
    rows({ email: 'a@x.example', name: 'Zoë' }),
    { charset: 'windows-1252' },
  ],
  [
    'rows that are wrong, each by itself',
    bytes(
      'email,name,email_verified\n',
      'a@x.example,Ada\n',
      'b@x.example,Bob,true,more\n',
      'c@x.example,5" pipe,true\n',
      'd@x.example,"D"D,true\n',
      'e@x.example,E,perhaps\n',
      'f@x.example,F\0F,true\n',
      'g@x.example,',
      [0xe9],
      ',true\nnobody,Nobody\n',
      'z@x.example,Zed,true\n',
    ),
    {
      rows: [
        {
          number: 1,
          email: 'a@x.example',
          ...fault('malformed_body', 'The row has 2 cells, the header has 3 cells.'),
        },
        {
          number: 2,
          email: 'b@x.example',
          ...fault('malformed_body', 'The row has 4 cells, the header has 3 cells.'),
        },
        {
          number: 3,
          email: 'c@x.example',
          ...fault('malformed_body', 'A quotation mark stands inside an unquoted text in cell 2.'),
        },
        {
          number: 4,
          email: 'd@x.example',
          ...fault('malformed_body', 'Something follows the closing quotation mark in cell 2.'),
        },
        {
          number: 5,
          value: { email: 'e@x.example', name: 'E' },
          faults: [{ code: 'invalid_body', message: 'must be true or false', pointer: '/email_verified' }],
        },
        {
          number: 6,
          value: { email: 'f@x.example', email_verified: true },
          faults: [{ code: 'invalid_body', message: 'must not contain NUL', pointer: '/name' }],
        },
        { number: 7, ...fault('malformed_body', 'The row is not UTF-8.') },
        { number: 8, ...fault('malformed_body', 'The row has 2 cells, the header has 3 cells.') },
        { number: 9, value: { email: 'z@x.example', name: 'Zed', email_verified: true } },
      ] as never,
    },
  ],
  [
    'a quotation mark that is never closed',
    utf8('email,name\na@x.example,Ada\nb@x.example,"Bob\nc@x.example,Cyd\n'),
    problem('malformed_body', 'A quotation mark in the row that begins in line 3 is never closed.'),
  ],
  [
    'one that is not closed for long',
    utf8(`email,name\na@x.example,"\n${'b@x.example,Bob\n'.repeat(5_000)}`),
    problem(
      'import_too_large',
      'At most 65536 bytes in a row: the one in line 2 is longer. Perhaps a quotation mark in it is not closed.',
    ),
  ],
  [
    'no header',
    utf8('ada@x.example,Ada\n'),
    problem('invalid_columns', 'There is no column email. The first row must name the columns.'),
  ],
  [
    'a column twice',
    utf8('email,name,EMAIL\n'),
    problem('invalid_columns', 'Column 3 (email) occurs twice.'),
  ],
  [
    'empty columns behind the last one',
    utf8(
      'email,name,,\na@x.example,Ada,,\nb@x.example,Bob\nc@x.example,Cyd, ,""\nd@x.example,Dan,,x\ne@x.example,Eve,,,x\n',
    ),
    {
      rows: [
        { number: 1, value: { email: 'a@x.example', name: 'Ada' } },
        { number: 2, value: { email: 'b@x.example', name: 'Bob' } },
        { number: 3, value: { email: 'c@x.example', name: 'Cyd' } },
        {
          number: 4,
          value: { email: 'd@x.example', name: 'Dan' },
          faults: [{ code: 'malformed_body', message: 'Cell 4 stands in a column that has no name.' }],
        },
        {
          number: 5,
          email: 'e@x.example',
          ...fault('malformed_body', 'The row has 5 cells, the header has 4 cells.'),
        },
      ] as never,
    },
  ],
  [
    'empty columns behind the last one, with semicolons',
    utf8('email;name;;;\r\na@x.example;Ada;;;\r\n'),
    rows({ email: 'a@x.example', name: 'Ada' }),
  ],
  ['empty columns behind the only one, with tabs', utf8('email\t\t\na@x.example\t\t\n'), rows(a)],
  [
    'a workbook',
    bytes([0x50, 0x4b, 0x03, 0x04, 0x14, 0x00]),
    problem(
      'malformed_body',
      'This looks like a ZIP archive or a workbook (.xlsx, .ods): unpack it, or save it as CSV.',
    ),
  ],
  ['a column without a name', utf8('email,,name\n'), problem('invalid_columns', 'Column 2 has no name.')],
  [
    'a column inside another',
    utf8('email,user_metadata.a,user_metadata.a.b\n'),
    problem(
      'invalid_columns',
      'Column 3 (user_metadata.a.b) does not go with user_metadata.a: one of them is a part of the other.',
    ),
  ],
  [
    'a header that is not UTF-8',
    bytes('email,', [0xe9], '\n'),
    problem('malformed_body', 'The header row is not UTF-8.'),
  ],
];
