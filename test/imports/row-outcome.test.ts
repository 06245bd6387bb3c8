import { expect } from 'chai';
import { statusOf } from '../../src/imports/each-row.ts';
import { isOpenMark, markOf, MARKS } from '../../src/imports/row-outcome.ts';

describe("a row's mark", () => {
  it('is read from its byte', () => {
    for (const mark of MARKS) expect(markOf(mark.charCodeAt(0))).to.equal(mark);
  });

  it('is none of another byte', () => {
    for (const byte of [0, 'z'.charCodeAt(0), 255, undefined]) expect(() => markOf(byte)).to.throw();
  });

  it('says how the row stands', () => {
    const statuses = MARKS.map((mark) => [mark, statusOf(mark)].join(' '));
    expect(statuses).to.deep.equal([
      '. pending',
      'o pending',
      'm pending',
      'f failed',
      'c created',
      's skipped',
      'u unknown',
      'w failed',
      'i failed',
      'h failed',
      'j failed',
      'n failed',
      'e failed',
      'x failed',
    ]);
    expect(MARKS.filter(isOpenMark)).to.deep.equal(['.', 'o']);
  });
});
