import { expect } from 'chai';
import { reportDryRun } from '../../src/command-line/dry-run.ts';

describe('what a dry run says', () => {
  it('names the wrong rows, and lets nothing of theirs rewrite the terminal', () => {
    const error = { code: 'invalid_body', message: 'must match\u001b[2J format', pointer: '/email' };
    const rows = [{ row: 7, status: 'failed', error }];
    expect(reportDryRun({ dry_run: true, total: 1_200, valid: 1_198, failed: 2, rows })).to.deep.equal({
      ending: 'someFailed',
      lines: [
        'Dry run: 1,200 rows, 1,198 valid, 2 wrong.',
        '  row 7: /email must match [2J format',
        '  and 1 more',
      ],
    });
    expect(reportDryRun({ dry_run: true, total: 1, valid: 1, failed: 0, rows: [] }).ending).to.equal('done');
  });

  it('names each fault of a row, by the row and by the line of the file', () => {
    const faults = [
      { code: 'invalid_body', message: 'must match format "email"', pointer: '/email' },
      { code: 'invalid_body', message: 'must be true or false', pointer: '/email_verified' },
    ];
    const rows = [{ row: 8, line: 9, status: 'failed', error: faults[0], errors: faults }];
    expect(reportDryRun({ dry_run: true, total: 9, valid: 8, failed: 1, rows }).lines.slice(1)).to.deep.equal(
      [
        '  row 8: /email must match format "email" (line 9)',
        '  row 8: /email_verified must be true or false (line 9)',
      ],
    );
  });

  it('is no import that was taken for one', () => {
    expect(() => reportDryRun({ id: 'i', status: 'queued' })).to.throw('does not support dry runs');
  });
});
