import { expect } from 'chai';
import { until } from '../../support/api-keys.ts';
import { DuplicateFinder } from '../../../src/imports/parsing/duplicates.ts';

describe('duplicate finder', () => {
  it('tells the first row of an email, however it is written', () => {
    const finder = new DuplicateFinder();
    const firsts = (from: number, ...emails: (string | undefined)[]) => finder.firstRows(emails, from);
    expect(firsts(1, 'ada@x.example', 'bob@x.example')).to.deep.equal([1, 2]);
    expect(firsts(3, 'ADA@X.example', 'ada@x.example', 'bob@x.example')).to.deep.equal([1, 1, 2]);
    // Also within what is asked for together.
    expect(firsts(6, 'eve@x.example', 'Eve@x.example', 'bob@x.example')).to.deep.equal([6, 6, 2]);
    // Beyond ASCII, too; and where a row has none.
    expect(firsts(9, 'Zoë@x.example', undefined, 'zoË@X.example')).to.deep.equal([9, 10, 9]);
  });

  for (const expected of [0, 1_000, 300_000])
    it(`keeps apart emails that are much alike, and finds each again, past every growth of its table (${expected} expected)`, () => {
      const finder = new DuplicateFinder();
      const rows = 300_000;
      const lot = 100;
      for (const again of [0, rows])
        for (let from = 1; from <= rows; from += lot) {
          if (again === 0 && from === 1 + 5 * lot) finder.expect(expected);
          const lots = Array.from({ length: lot }, (_, i) => from + i);
          const emails = lots.map((row) => `user${row}@import.example`);
          expect(finder.firstRows(emails, again + from)).to.deep.equal(lots);
        }
    });

  it('gives its memory back at the next chance, without waiting until all that is old is collected', async () => {
    const finder = new DuplicateFinder();
    finder.expect(1_000_000);
    for (let row = 1; row <= 20_000; row += 1) finder.firstRows([`user${row}@import.example`], row);
    // As old as they get.
    const makeYoung = () => Array.from({ length: 100 }, () => new Array<object>(1_000).fill({}));
    for (let i = 0; i < 200; i += 1) makeYoung();
    const before = process.memoryUsage().arrayBuffers;
    finder.close();
    await until(() => {
      makeYoung();
      return process.memoryUsage().arrayBuffers < before - 10_000_000;
    });
  });
});
