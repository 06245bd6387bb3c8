/** All that is wrong with a row is said at once, so that nobody mends a file fault by fault. */
import { expect } from 'chai';
import { loadContract } from '../../../src/contract/load-contract.ts';
import { createSchemaCheck, schemaOf } from '../../../src/contract/validators.ts';
import { checkRow } from '../../../src/imports/ingest/check-row.ts';
import { read } from '../parsing/read.ts';
import type { UploadFormat } from '../../../src/imports/parsing/read-upload.ts';

const rules = {
  check: createSchemaCheck(schemaOf(loadContract(), 'ImportedUser')),
  assignable: ['admin', 'member'],
  grantable: ['member'],
};

async function faultsOf(file: string, format: UploadFormat) {
  const { rows } = await read(file, { format });
  const checked = checkRow(rows![0]!, rules);
  if (!('error' in checked)) return [];
  const { error, errors = [error] } = checked;
  expect(errors[0]).to.deep.equal(error);
  return errors.map(({ code, pointer }) => [code, pointer]);
}

describe('a row', () => {
  it('that is good has no fault', async () => {
    expect(await faultsOf('{"email":"a@x.example","roles":["member"]}', 'ndjson')).to.deep.equal([]);
  });

  const wrong: [about: string, format: UploadFormat, file: string, faults: [string, string | undefined][]][] =
    [
      ['one field', 'ndjson', '{"email":"none"}', [['invalid_body', '/email']]],
      [
        'several fields, and members that there are not',
        'ndjson',
        '{"email":"none","password":"short","picture":5,"nosuch":1}',
        ['/nosuch', '/email', '/password', '/picture'].map((pointer) => ['invalid_body', pointer]),
      ],
      [
        'its fields and its roles',
        'json',
        '[{"name":"A","roles":["member","admin"]}]',
        [
          ['invalid_body', '/email'],
          ['role_not_grantable', '/roles/1'],
        ],
      ],
      [
        'two secrets too many',
        'ndjson',
        '{"email":"a@x.example","password":"long enough","password_hash":"x","custom_password_hash":5}',
        ['/password_hash', '/custom_password_hash'].map((pointer) => ['invalid_body', pointer]),
      ],
      [
        'cells that are no values, and values that are not allowed',
        'csv',
        'email,name,email_verified,roles,picture\nnone,A\0,perhaps,admin member,x\n',
        [
          ['invalid_body', '/name'],
          ['invalid_body', '/email_verified'],
          ['invalid_body', '/email'],
          ['invalid_body', '/picture'],
          ['role_not_grantable', '/roles/0'],
        ],
      ],
      [
        'a cell under no name, and of the others',
        'csv',
        'email,email_verified,,\nnone,perhaps,,x\n',
        [
          ['malformed_body', undefined],
          ['invalid_body', '/email_verified'],
          ['invalid_body', '/email'],
        ],
      ],
      ['a cell that is needed, once', 'csv', 'email,name\na\0@x.example,A\n', [['invalid_body', '/email']]],
      ['no object', 'ndjson', '[]', [['invalid_body', '']]],
    ];
  for (const [about, format, file, faults] of wrong)
    it(`tells of ${about}`, async () => {
      expect(await faultsOf(file, format)).to.have.deep.members(faults);
    });

  it('tells of ten faults at most, and of one only where there may be thousands', async () => {
    const unknown = (count: number) =>
      JSON.stringify(Object.fromEntries(Array.from({ length: count }, (_, i) => [`member${i}`, i])));
    expect(await faultsOf(unknown(50), 'ndjson')).to.have.length(10);
    expect(await faultsOf(unknown(3_000), 'ndjson')).to.have.length(1);
  });
});
