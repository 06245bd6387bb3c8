import { expect } from 'chai';
import { loadContract } from '../../src/contract/load-contract.ts';
import { createValidators } from '../../src/contract/validators.ts';
import { MAX_ROWS, parseRows } from '../../src/imports/row-parsers.ts';
import { Problem } from '../../src/problem.ts';

const check = createValidators(loadContract()).forSchema('NewUser');
const roles = ['admin', 'member'];
const ndjson = (text: string) => parseRows(text, 'application/x-ndjson', check, roles);
const json = (rows: unknown[]) => parseRows(rows, 'application/json', check, roles);

describe('row parsers', () => {
  it('reads NDJSON with a byte order mark, CRLF and empty lines', () => {
    const rows = ndjson('\uFEFF{"email":"a@x.example"}\r\n\r\n{"email":"b@x.example"}\n');
    expect(rows).to.have.length(2);
    expect(rows.every((row) => 'user' in row)).to.equal(true);
  });

  it('keeps a line that is not JSON as a failed row in its place', () => {
    const rows = ndjson('{"email":"a@x.example"}\n{oops\n{"email":"b@x.example"}');
    expect(rows[1]).to.deep.equal({ error: { code: 'malformed_body', message: 'The line is not JSON.' } });
    expect(rows[2]).to.have.property('user');
  });

  it('refuses a role that the tenant may not assign, and takes the others', () => {
    const rows = parseRows(
      [
        { email: 'a@x.example', roles: ['member', 'admin'] },
        { email: 'b@x.example', roles: ['member'] },
      ],
      'application/json',
      check,
      ['member'],
    );
    expect(rows[0]).to.have.nested.property('error.code', 'role_not_assignable');
    expect(rows[0]).to.have.nested.property('error.pointer', '/roles/1');
    expect(rows[1]).to.have.property('user');
  });

  it('points to the wrong field of a row, and keeps its email', () => {
    expect(json([{ email: 'a@x.example', app_metadata: { tenant_id: 'other' } }])[0]).to.deep.equal({
      email: 'a@x.example',
      error: {
        code: 'invalid_body',
        message: 'must NOT have additional properties',
        pointer: '/app_metadata',
      },
    });
    expect(json([null, 7, 'x', {}]).every((row) => 'error' in row)).to.equal(true);
  });

  it('refuses nothing at all, and too much', () => {
    expect(() => ndjson('\n\n'))
      .to.throw(Problem)
      .with.property('code', 'empty_import');
    expect(() => json(Array(MAX_ROWS + 1).fill({})))
      .to.throw(Problem)
      .with.property('code', 'too_many_rows');
  });
});
