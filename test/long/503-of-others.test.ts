import { expect } from 'chai';
import { expectNothing, idsOfOthers, trialsOfOthers } from './nothing-happened.ts';

describe('503 means that nothing happened', () => {
  expectNothing(trialsOfOthers);

  it('is tried with every operation that changes something', () => {
    expect(trialsOfOthers.map(({ id }) => id)).to.include.members(idsOfOthers);
  });
});
