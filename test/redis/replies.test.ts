/** What Redis answers is read in one place. */
import { expect } from 'chai';
import { parseStored, toPairs, toTexts } from '../../src/redis/replies.ts';

describe('replies of Redis', () => {
  it('hold a record, or none', () => {
    expect(parseStored('{"a":1}')).to.deep.equal({ a: 1 });
    expect([parseStored(null), parseStored(undefined)]).to.deep.equal([undefined, undefined]);
    expect(() => parseStored('{')).to.throw(SyntaxError);
  });

  for (const [reply, texts] of [
    [
      ['a', 1, null],
      ['a', '1', ''],
    ],
    [[], []],
    [null, []],
    ['a', []],
  ])
    it(`hold the texts ${JSON.stringify(texts)} in ${JSON.stringify(reply)}`, () => {
      expect(toTexts(reply)).to.deep.equal(texts);
    });

  it('hold member and value in turn', () => {
    expect(toPairs(['a', '1', 'b', '2'])).to.deep.equal([
      ['a', '1'],
      ['b', '2'],
    ]);
    expect(toPairs([])).to.deep.equal([]);
  });
});
