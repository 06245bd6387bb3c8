import { expect } from 'chai';
import { createDuplicateFinder } from '../../../src/imports/parsing/duplicates.ts';

describe('duplicate finder', () => {
  it('tells the first row of an email, however it is written', () => {
    const finder = createDuplicateFinder();
    expect(finder.seenAt('ada@x.example', 1)).to.equal(undefined);
    expect(finder.seenAt('bob@x.example', 2)).to.equal(undefined);
    expect(finder.seenAt('ADA@X.example', 3)).to.equal(1);
    expect(finder.seenAt('ada@x.example', 4)).to.equal(1);
    expect(finder.seenAt('bob@x.example', 5)).to.equal(2);
  });

  it('keeps apart emails that are much alike, and finds each again, past every growth of its table', () => {
    const finder = createDuplicateFinder();
    const rows = 300_000;
    const email = (row: number) => `user${row}@import.example`;
    for (let row = 1; row <= rows; row += 1)
      expect(finder.seenAt(email(row), row) === undefined).to.equal(true);
    for (let row = 1; row <= rows; row += 1) {
      if (finder.seenAt(email(row), rows + row) !== row) expect.fail(`row ${row} was not found again`);
    }
  });
});
