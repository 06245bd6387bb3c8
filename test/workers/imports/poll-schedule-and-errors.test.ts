/** Pure parts: the poll schedule, and the parsing of a job’s errors. */
import { expect } from 'chai';
import { rowUserId } from '../../../src/imports/row-outcome.ts';
import { firstPollMs, nextPollMs } from '../../../workers/imports/import-jobs/poll-schedule.ts';
import { readErrors } from '../../../workers/imports/import-jobs/read-errors.ts';

describe('polling an import job', () => {
  it('begins when it should be done, and goes by its percentage from there', () => {
    expect(firstPollMs(1_000, 100)).to.be.within(9_500, 10_000);
    expect(firstPollMs(1_000, undefined)).to.be.below(1_000);
    expect(nextPollMs(10_000, 50)).to.be.within(9_000, 10_000);
    expect(nextPollMs(10_000, 99)).to.be.within(50, 200);
    // However long it takes, a few dozen polls in two hours for a job without reported progress.
    let polls = 0;
    for (let at = 500; at < 7_200_000; at += nextPollMs(at, undefined)) polls += 1;
    expect(polls).to.be.below(300);
  });
});

describe('errors of an import job', () => {
  const id = '3c0f9b0a-1111-4222-8333-444455556666';
  const entry = (row: number, code: string) => ({
    user: { user_id: rowUserId(id, row) },
    errors: [{ code, message: 'said by the authority' }],
  });

  it('are brought back to rows by the ids that we chose', () => {
    const told = [entry(11, 'DUPLICATED_USER'), entry(12, 'FORMAT'), entry(13, 'CONFLICT_EMAIL')];
    const { byRow, unclear } = readErrors(told, id, { from: 11, to: 20 });
    expect([...byRow]).to.deep.equal([
      [11, 'exists'],
      [12, 'refused'],
      [13, 'exists'],
    ]);
    expect(unclear).to.equal(0);
  });

  it('of nobody, of rows that were not sent and of any other shape are unclear', () => {
    const told = [entry(9, 'FORMAT'), {}, null, 'text', { user: null, errors: {} }];
    expect(readErrors(told, id, { from: 11, to: 20 })).to.deep.equal({ byRow: new Map(), unclear: 5 });
  });
});
