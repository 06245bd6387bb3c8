import { expect } from 'chai';
import { chooseChannel } from '../../src/imports/choose-channel.ts';

const plain = { total: 5_000, failed: 0, withPassword: 0, withHash: 0, wrong: [] };
const wishes = { sendsMail: false, jobsFromRows: 2_000 };
const unknown = { calls: undefined, job: undefined };

describe('the channel that is chosen', () => {
  for (const [what, channel, found, wish, speeds] of [
    ['many rows, nothing known', 'import_jobs', plain, wishes, unknown],
    ['few rows', 'row_by_row', { ...plain, total: 100 }, wishes, unknown],
    ['few rows that are right', 'row_by_row', { ...plain, failed: 4_000 }, wishes, unknown],
    ['a clear-text password', 'row_by_row', { ...plain, withPassword: 1 }, wishes, unknown],
    [
      'a hash, in a small one',
      'import_jobs',
      { ...plain, total: 2, withHash: 1, withPassword: 1 },
      wishes,
      unknown,
    ],
    ['a mail is wanted', 'row_by_row', plain, { ...wishes, sendsMail: true }, unknown],
    ['jobs are quicker', 'import_jobs', plain, wishes, { calls: 16, job: 55 }],
    ['calls are quicker than two jobs', 'row_by_row', plain, wishes, { calls: 50, job: 20 }],
  ] as const)
    it(`${what}: ${channel}`, () => {
      expect(chooseChannel({ ...found, wrong: [] }, wish, speeds)).to.equal(channel);
    });
});
